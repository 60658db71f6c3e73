"""What the window can do: each controller drives engine verbs through the job runner."""
