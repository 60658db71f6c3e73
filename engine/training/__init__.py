"""Training of attention adapters: the GGUF itself in torch, frozen, and small weights beside it."""
