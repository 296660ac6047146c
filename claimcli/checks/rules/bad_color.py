"""A color is written as ``#`` and six hexadecimal digits.

It goes into pictures and pages as it is. YAML reads ``#`` after a space as the start of a comment,
so a color is in quotation marks.

Bad:

    parties:
      - id: waterworks
        name: City Waterworks
        color: dark blue

Good:

    parties:
      - id: waterworks
        name: City Waterworks
        color: "#1d4e89"
"""

FIXABLE = True
