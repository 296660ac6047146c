"""A value must be of the kind that its key takes.

Text, a list or a mapping: each key takes one of them.

Bad:

    claims:
      - id: a
        party: p
        statement: [The bridge is safe.]

Good:

    claims:
      - id: a
        party: p
        statement: The bridge is safe.
        source: {title: Letter, published: 2023}
"""

from claimcli.problems import Severity

SEVERITY = Severity.ERROR
