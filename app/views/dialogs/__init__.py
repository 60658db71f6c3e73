"""Dialogs. All are window-modal and open without blocking the event loop."""
