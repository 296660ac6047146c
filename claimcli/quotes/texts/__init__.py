"""Read the texts of sources: from the bytes of a file to the text that a reader sees.

May import ``dossier`` and ``core``. Start reading in ``source_texts.py``; ``extract.py`` runs the
extraction from web pages and PDF in a process with limits, of pages with ``page.py``.
"""
