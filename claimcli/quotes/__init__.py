"""Check quotes against source texts: find a quote, how it differs, and what could mislead.

May import ``dossier`` and ``core``. Start reading in ``verdict.py``.
"""
