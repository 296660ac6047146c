"""Everything that writes users' files: add, set, edit, automatic fixes, init, fmt and fetch.

May import every package from ``history`` down. Start reading in ``commands.py``; every change of a
record goes through ``transaction.py``.
"""
