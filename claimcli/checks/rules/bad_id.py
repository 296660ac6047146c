"""An id is made of a-z, 0-9, dot, underscore and hyphen, and begins with a letter or digit.

Ids are typed on command lines, stand in links and sort the same everywhere; capitals and blanks
make two ids of what a reader takes for one. A slash stands only in ids that were derived.

Bad:

    claims:
      - id: Pipe was sound
        party: waterworks
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
