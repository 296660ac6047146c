"""From files to a dossier: configuration, finding and reading files, the index, opening.

May import ``syntax`` and ``core``. Start reading in ``open.py``; the SQLite index is in ``index/``.
"""
