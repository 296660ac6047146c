"""One module per format, with the name of the format; ``-`` is ``_`` in the name of a module."""
