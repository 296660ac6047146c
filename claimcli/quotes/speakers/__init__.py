"""Who says quoted words according to the text: labels of transcripts, and names next to quotations.

Start reading in ``attribution.py``. The folder ``words`` has the verbs, pronouns and titles that it
needs, one file per language; in other languages only names on file are found.
"""
