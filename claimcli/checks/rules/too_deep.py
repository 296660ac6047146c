"""Data is nested at most 100 levels deep.

Answers to answers take some four levels of YAML each. Data below level 100 is ignored, and reading
stops at level 1,000, because the parser's time grows with the square of the depth. Write a deep
answer as a separate claim that names its target in ``responds_to``.

This rule has no example, because it would be a hundred levels deep.
"""
