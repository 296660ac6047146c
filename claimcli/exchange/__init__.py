"""Records from and to the formats of other tools: spreadsheets, bibliographies, annotations.

A module of ``converters/`` is a format. It reads files into ``records.Imported`` or writes a
``records.Selection`` as ``records.Exported``, both with the losses of the conversion;
``import_records.py`` adds what was read to a dossier. Start reading in ``records.py``.
"""
