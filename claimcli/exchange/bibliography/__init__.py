"""Sources from and to the items of reference managers.

Every format is converted to items of CSL-JSON (``items.py``); ``item_fields.py`` reads the fields
of a source from an item, ``source_items.py`` writes one, and ``imported_sources.py`` makes the
records of an import. Start reading in ``items.py``.
"""
