"""Documents as PDF, and as the Typst source that makes it.

``source.py`` makes the source: our template and the data as JSON, which Typst never interprets as
markup. ``pdf.py`` compiles it.
"""
