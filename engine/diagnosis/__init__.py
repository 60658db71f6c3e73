"""What this machine and this installation can do, and a report of it for support."""

from engine.diagnosis.report import save_report, suggested_name

__all__ = ["save_report", "suggested_name"]
