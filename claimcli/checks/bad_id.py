"""An id must be made of a-z, 0-9, '.', '_' and '-'.

Ids stand in commands, file names and links; names for people go into `name`.

Bad:

    claims:
      - id: a
        party: City Council
        statement: The bridge is safe.

Good:

    claims:
      - id: a
        party: p
        statement: The bridge is safe.
        source: {title: Letter, published: 2023}
"""

from claimcli.problems import Severity

SEVERITY = Severity.ERROR
