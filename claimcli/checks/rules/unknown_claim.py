"""A claim that another answers, restates or supersedes exists in the dossier.

An answer to a missing claim would be absent from every comparison.

Bad:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
      - id: main-leaks
        party: residents
        statement: The main leaks.
        responds_to: pipe-is-sound

Good:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
      - id: main-leaks
        party: residents
        statement: The main leaks.
        responds_to: pipe-was-sound
"""

FIXABLE = True
