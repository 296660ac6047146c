"""A data file is valid YAML.

After a syntax error, a parser can only guess what was meant. The rest of that document is not read;
reading continues after the next line ``---``.

Bad:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The minister said: the main is sound.

Good:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: "The minister said: the main is sound."
"""
