"""Briefings as PDF and Word documents.

``content.py`` makes a document of blocks from a briefing, once for all formats; ``blocks.py`` has
their types. The writers lay the blocks out; they import their libraries when they write.
"""
