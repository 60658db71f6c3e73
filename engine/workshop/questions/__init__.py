"""Question files: read, divided, made from documents, scored."""
