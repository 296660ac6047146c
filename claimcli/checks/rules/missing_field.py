"""A record has the fields that it cannot do without.

A claim needs an id, a party and a statement; a source an id and a title (written inside a claim,
a title); an issue its question; an event its title. An answer needs no id, and among
``responses`` it needs its kind. A record that lacks one of these is not read.

Bad:

    claims:
      - id: pipe-was-sound
        statement: The main is sound.

Good:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
"""

from claimcli.core.problems import Severity

SEVERITY = Severity.ERROR
