"""A key must be one that the record has.

A mistyped key would hide what it says.

Bad:

    claims:
      - id: a
        party: p
        statment: The bridge is safe.
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
