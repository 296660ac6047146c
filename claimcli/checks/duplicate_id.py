"""An id must stand for one record of its kind.

References would otherwise mean one or the other; the first is kept until it is mended.

Bad:

    claims:
      - id: a
        party: p
        statement: The bridge is safe.
        source: {title: Letter, published: 2023}
      - id: a
        party: q
        statement: The bridge is old.

Good:

    claims:
      - id: a
        party: p
        statement: The bridge is safe.
        source: {title: Letter, published: 2023}
"""

from claimcli.problems import Severity

SEVERITY = Severity.ERROR
