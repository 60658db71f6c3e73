"""Plain text, CSV, Markdown, web pages and mail."""
