"""A key must stand once in a record.

Of two values one would be lost in silence; the first is kept until it is mended.

Bad:

    claims:
      - id: a
        party: p
        statement: The bridge is safe.
        statement: The bridge is sound.

Good:

    claims:
      - id: a
        party: p
        statement: The bridge is safe.
        source: {title: Letter, published: 2023}
"""

from claimcli.problems import Severity

SEVERITY = Severity.ERROR
