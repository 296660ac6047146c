"""Briefings as Word documents (ECMA-376, Office Open XML).

``writer.py`` is the entrance. The text is written as XML here; python-docx keeps the package of
parts. A user's Word document can give styles and page: ``house_style.py`` reads it with limits.
"""
