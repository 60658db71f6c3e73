"""Files and folders by their format: GGUF headers, atomic writes, run folders."""
