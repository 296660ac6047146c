"""A record has only the keys of its kind.

A mistyped key would otherwise drop what stands under it without a word.

Bad:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statment: The main is sound.
        statement: The main is sound.

Good:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
"""

from claimcli.core.problems import Severity

SEVERITY = Severity.ERROR
FIXABLE = True
