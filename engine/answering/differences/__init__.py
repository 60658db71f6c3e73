"""What differs between two documents, two versions, or two parts of one document."""
