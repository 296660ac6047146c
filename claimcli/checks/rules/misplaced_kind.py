"""An opposing answer stands in ``rebuttals``, any other in ``responses``.

Who reads the file sees from the list alone who opposes whom. ``qualifies``, ``declines`` and
``confirms`` do not oppose; every other kind does.

Bad:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
        rebuttals:
          - kind: confirms
            party: inspector
            statement: I found the main sound.

Good:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
        responses:
          - kind: confirms
            party: inspector
            statement: I found the main sound.
"""

from claimcli.core.problems import Severity

SEVERITY = Severity.ERROR
