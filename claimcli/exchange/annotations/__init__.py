"""Annotations of web pages, from which claims with quotes are made, and the reverse.

``annotation.py`` has what a converter reads, and makes records of it; ``validity.py`` has the rules
of the W3C's Web Annotation Data Model; ``output.py`` makes annotations of claims.
"""
