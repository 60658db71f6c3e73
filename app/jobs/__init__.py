"""Background work: one runner, named lanes, immutable events."""

from app.jobs.runner import Job, JobRunner

__all__ = ["Job", "JobRunner"]
