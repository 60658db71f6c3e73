"""The window's widgets: they draw, and say what the user did; they decide nothing."""
