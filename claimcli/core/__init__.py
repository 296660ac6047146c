"""What a dossier is: records, dates, problems, relations, queries and tables.

Owns the data types that all other packages use; imports no other package of claimcli. Start
reading in ``schema.py``, the table of record kinds and fields, then ``records.py``.
"""
