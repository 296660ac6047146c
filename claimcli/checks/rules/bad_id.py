"""An id consists of a-z, 0-9, dot, underscore and hyphen, and begins with a letter or digit.

Ids are typed on command lines, used in links, and sorted the same way everywhere. With capitals or
spaces, two ids could look like one to a reader. A slash occurs only in derived ids.

Bad:

    claims:
      - id: Pipe was sound
        party: waterworks
        statement: The main is sound.

Good:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
"""

FIXABLE = True
