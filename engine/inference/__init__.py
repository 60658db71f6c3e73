"""llama.cpp: loading a chat model, switching its attention, writing text."""
