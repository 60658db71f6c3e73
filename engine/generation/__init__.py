"""From evidence to an answer: llama.cpp, the prompt, verified citations."""
