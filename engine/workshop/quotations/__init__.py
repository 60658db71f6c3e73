"""Learns which sentence is to be quoted; ``python -m engine.workshop.quotations`` runs it."""
