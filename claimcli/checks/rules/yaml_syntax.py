"""A data file is YAML that can be parsed.

From the first mistake on, a parser can only guess what was meant. The rest of that document is
not read; reading goes on at the next line that is ``---``.

Bad:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The minister said: the main is sound.

Good:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: "The minister said: the main is sound."
"""

from claimcli.core.problems import Severity

SEVERITY = Severity.ERROR
