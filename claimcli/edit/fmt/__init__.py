"""The canonical form of YAML files: the same records and comments in one style.

Start reading in ``format.py``; it parses with ``commented_parser`` and writes with ``document``.
"""
