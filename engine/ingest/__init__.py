"""From folders to searchable passages."""

from engine.ingest.run import index

__all__ = ["index"]
