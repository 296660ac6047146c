"""A field holds what it is for: a text, a list, or a mapping.

A list where one text belongs cannot be shown as anybody's words, and a text where a list belongs
is often one whose ``- `` is missing.

Bad:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
        tags: water, pipes

Good:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
        tags: [water, pipes]
"""

from claimcli.core.problems import Severity

SEVERITY = Severity.ERROR
