"""PDF files: text, layout, scans, pictures of pages."""
