"""A record has only keys that its kind defines.

The value of a mistyped key would otherwise be lost without notice.

Bad:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statment: The main is sound.
        statement: The main is sound.

Good:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
"""

FIXABLE = True
