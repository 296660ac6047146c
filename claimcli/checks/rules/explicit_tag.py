"""No value carries a YAML tag.

Every value is text until its field gives it a type, so a tag such as ``!!int`` has no effect. Tags
that name objects of a program are a known way to attack programs that read YAML.

Bad:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: !!str The main is sound.

Good:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
"""
