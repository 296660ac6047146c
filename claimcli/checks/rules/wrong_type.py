"""A field has a value of its type: text, a list or a mapping.

A list in place of a text cannot be shown as anybody's words, and a text in place of a list is often
a list whose ``- `` is missing.

Bad:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
        tags: water, pipes

Good:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
        tags: [water, pipes]
"""
