"""A record must have the fields that it cannot do without.

A claim without a party or a statement says nothing that anybody could answer.

Bad:

    claims:
      - id: a
        statement: The bridge is safe.

Good:

    claims:
      - id: a
        party: p
        statement: The bridge is safe.
        source: {title: Letter, published: 2023}
"""

from claimcli.problems import Severity

SEVERITY = Severity.ERROR
