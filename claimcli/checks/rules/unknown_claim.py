"""A claim that another answers, restates or supersedes is on file.

An answer to nothing would drop out of every comparison.

Bad:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
      - id: main-leaks
        party: residents
        statement: The main leaks.
        responds_to: pipe-is-sound

Good:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
      - id: main-leaks
        party: residents
        statement: The main leaks.
        responds_to: pipe-was-sound
"""

from claimcli.core.problems import Severity

SEVERITY = Severity.ERROR
FIXABLE = True
