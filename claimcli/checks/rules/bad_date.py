"""A date follows the Extended Date/Time Format and is in the calendar.

``2021``, ``2021-12``, ``2021-12-30``, ``2021-12-30T15:35-05:00``, ``2021-12?``, ``202X`` and
``A/B`` can be compared with one another; ``5/4/23`` is read one way in one country and another
way in the next.

Bad:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
        said: 5/4/23

Good:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
        said: 2023-05-04
"""

from claimcli.core.problems import Severity

SEVERITY = Severity.ERROR
FIXABLE = True
