"""Questions for lists, numbers of things and documents, answered from all that is stored."""
