"""Reading in a child process that may be killed."""
