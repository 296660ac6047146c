"""A record has all its required fields.

A claim requires an id, a party and a statement; a source an id and a title (inside a claim only a
title); an issue its question; an event its title. An answer needs no id, but in ``responses`` it
requires its kind. A record without a required field is not read.

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
