"""The commands, one a file; the folder is the registry."""
