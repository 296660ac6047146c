"""An id belongs to one record of its kind in the whole dossier.

If two claims had the same id, an answer or a citation could refer to either. The first one, ordered
by path and line, is used; the other is not read.

Bad:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
      - id: pipe-was-sound
        party: residents
        statement: Nobody has looked at the main.

Good:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
      - id: nobody-looked
        party: residents
        statement: Nobody has looked at the main.
"""
