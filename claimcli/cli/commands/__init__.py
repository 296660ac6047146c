"""One module per command; its function has the module's name, and its docstring is the help."""
