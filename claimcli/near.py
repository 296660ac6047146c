"""Near matches: what a mistyped word was probably meant to be."""

from collections.abc import Iterable

LEAST_LIKENESS = 70.0
"""Per cent; below it a suggestion puzzles more than it helps."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word most like ``word``, or "" when none is like it.

    Likeness is rapidfuzz's ratio (normalised indel distance), letter case aside; of equals
    the first in alphabetical order is taken.
    """
    from rapidfuzz import fuzz, process

    found = process.extractOne(
        word.casefold()[:200],
        sorted(set(known)),
        scorer=fuzz.ratio,
        processor=str.casefold,
        score_cutoff=LEAST_LIKENESS,
    )
    return str(found[0]) if found else ""


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return "did you mean 'x'?" for the nearest known word, else ``otherwise``."""
    match = nearest(word, known)
    return f"did you mean '{match}'?" if match else otherwise
