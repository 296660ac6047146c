"""A date must be one of the Extended Date/Time Format.

2021, 2021-12, 2021-12-30, 2021-12-30T15:35-05:00, approximate 2021-12-30~, uncertain 2021-12?,
unspecified 202X, and intervals A/B, ../B, A/.. are read.

Bad:

    claims:
      - id: a
        party: p
        statement: The bridge is safe.
        said: 30.12.2021

Good:

    claims:
      - id: a
        party: p
        statement: The bridge is safe.
        said: 2021-12-30
"""

from claimcli.problems import Severity

SEVERITY = Severity.ERROR
