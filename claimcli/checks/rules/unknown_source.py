"""A source that a claim cites, or another source is derived from, is on file.

A citation of nothing is a claim without a source that looks like one with a source.

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

from claimcli.core.problems import Severity

SEVERITY = Severity.ERROR
FIXABLE = True
