"""A data file has at most 10,000 problems.

A longer list is no use, and the file is probably not a dossier. Fix the first problems and check
again.

This rule has no example, because it would be ten thousand lines long.
"""
