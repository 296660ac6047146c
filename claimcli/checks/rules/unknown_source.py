"""A source that a claim cites, or that a source is derived from, exists in the dossier.

A claim that cites a missing source looks as if it had a source.

Bad:

    sources:
      - id: ministry-letter
        title: Letter of the ministry
        published: 2023-05-02
    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
        source: minstry-letter

Good:

    sources:
      - id: ministry-letter
        title: Letter of the ministry
        published: 2023-05-02
    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
        source: ministry-letter
"""

FIXABLE = True
