"""A key occurs only once in a record.

YAML does not define which of two equal keys counts. The first is used; the other is often a second
source of the claim, or a line that a merge left behind.

Bad:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
        note: Said at noon.
        note: Said again in the evening.

Good:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
        note: Said at noon, and again in the evening.
"""
