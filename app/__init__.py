"""Sabun's desktop window: everything that knows Qt."""
