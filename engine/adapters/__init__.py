"""Adapter files: small trained tensors that change a model's attention."""
