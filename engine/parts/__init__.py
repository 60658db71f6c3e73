"""What an engine owns, by subject; :class:`engine.facade.Engine` puts the parts together."""
