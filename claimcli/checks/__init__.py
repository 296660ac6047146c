"""Checks of a dossier: one rule per file in ``rules/``.

May import every package from ``analysis`` down. Start reading in ``registry.py``.
"""
