"""Texts and writers of the sample collection."""
