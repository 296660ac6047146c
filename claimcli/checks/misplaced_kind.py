"""An answer must stand in the list that its kind belongs to.

`rebuttals` holds what opposes a claim, `responses` all other answers.

Bad:

    claims:
      - id: a
        party: p
        statement: The bridge is safe.
        rebuttals:
          - {party: q, kind: confirms, statement: The bridge is not safe.}

Good:

    claims:
      - id: a
        party: p
        statement: The bridge is safe.
        responses:
          - {party: q, kind: confirms, statement: The bridge is not safe.}
"""

from claimcli.problems import Severity

SEVERITY = Severity.ERROR
