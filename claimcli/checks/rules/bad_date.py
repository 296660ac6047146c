"""A date follows the Extended Date/Time Format and exists in the calendar.

Dates such as ``2021``, ``2021-12``, ``2021-12-30``, ``2021-12-30T15:35-05:00``, ``2021-12?``,
``202X`` and ``A/B`` can be compared with each other. ``5/4/23`` means different days in different
countries.

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

FIXABLE = True
