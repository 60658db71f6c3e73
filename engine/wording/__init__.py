"""The English of the command line, of errors and of exports; the window has words of its own."""
