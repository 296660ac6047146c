"""Opposing answers are in ``rebuttals``, all others in ``responses``.

The name of the list shows a reader of the file who opposes whom. ``qualifies``, ``declines`` and
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
