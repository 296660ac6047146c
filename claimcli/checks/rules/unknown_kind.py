"""The kind of an answer, party or source is one of its closed list.

What an answer does to a claim decides how the two accounts are compared, so it is said in words
that have one meaning.

Bad:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
        rebuttals:
          - kind: refutes
            party: residents
            statement: The main leaks.

Good:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
        rebuttals:
          - kind: denies
            party: residents
            statement: The main leaks.
"""

from claimcli.core.problems import Severity

SEVERITY = Severity.ERROR
FIXABLE = True
