"""The index: all records in SQLite, in memory or in a cache file, from which dossiers are selected.

It does not read YAML: rows come from a function that callers pass. Start reading in ``tables.py``
and ``rows.py``, then ``build.py`` (files to index) and ``load.py`` (index to dossier).
"""
