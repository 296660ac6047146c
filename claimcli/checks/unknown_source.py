"""A source that is cited must be on file.

Register it under `sources`, or write it inline with a title.

Bad:

    claims:
      - {id: a, party: p, statement: The bridge is safe., source: letter}

Good:

    sources:
      - {id: letter, title: Letter, published: 2023}
    claims:
      - {id: a, party: p, statement: The bridge is safe., source: letter}
"""

from claimcli.problems import Severity

SEVERITY = Severity.ERROR
