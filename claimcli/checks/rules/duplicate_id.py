"""An id names one record of its kind in the whole dossier.

Two claims with one id could not be told apart in an answer or a citation. The first in order of
path and line stands; the other is not read.

Bad:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
      - id: pipe-was-sound
        party: residents
        statement: Nobody has looked at the main.

Good:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
      - id: nobody-looked
        party: residents
        statement: Nobody has looked at the main.
"""

from claimcli.core.problems import Severity

SEVERITY = Severity.ERROR
