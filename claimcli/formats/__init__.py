"""Output forms of results, one a file."""
