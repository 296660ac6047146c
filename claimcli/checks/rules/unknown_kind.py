"""The kind of an answer, party or source is one of a fixed list.

The kind of an answer decides how two accounts are compared, so each kind has one defined meaning.

Bad:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
        rebuttals:
          - kind: refutes
            party: residents
            statement: The main leaks.

Good:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
        rebuttals:
          - kind: denies
            party: residents
            statement: The main leaks.
"""

FIXABLE = True
