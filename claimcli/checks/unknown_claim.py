"""A claim that is answered, restated or superseded must be on file.

Otherwise the answer hangs nowhere, and a denial is left out of every account.

Bad:

    claims:
      - id: b
        party: q
        statement: The bridge is not safe.
        responds_to: a

Good:

    claims:
      - {id: a, party: p, statement: The bridge is safe.}
      - {id: b, party: q, statement: The bridge is not safe., responds_to: a}
"""

from claimcli.problems import Severity

SEVERITY = Severity.ERROR
