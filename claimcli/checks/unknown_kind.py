"""A kind must be one of the words there are for it.

Kinds of answers, parties and sources are closed sets, so that everybody's mean the same.

Bad:

    claims:
      - id: a
        party: p
        statement: The bridge is safe.
        rebuttals:
          - {party: q, kind: denys, statement: The bridge is not safe.}

Good:

    claims:
      - id: a
        party: p
        statement: The bridge is safe.
        rebuttals:
          - {party: q, kind: denies, statement: The bridge is not safe.}
"""

from claimcli.problems import Severity

SEVERITY = Severity.ERROR
