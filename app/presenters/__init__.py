"""Between controllers and views: what the user asks for is done, what happens is shown."""
