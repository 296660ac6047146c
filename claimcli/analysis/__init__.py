"""The commands' results: pure functions from a dossier to a frozen result with a table.

Each module is named after its command; start with ``list.py`` and ``diff.py``. Nothing here
formats or prints.
"""
