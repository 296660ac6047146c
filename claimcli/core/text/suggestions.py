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


def slip_of(word: str, known: Iterable[str], *, within: int = 1, alone: int = 0) -> str:
    """Return the one known word that ``word`` can only be a slip of, or "" where there is a doubt.

    That is the nearest by at most ``within`` letters missing, added, exchanged or swapped (optimal
    string alignment), letter case aside, with the same digits; no other may be as near, or nearer
    than ``alone`` letters more.
    """
    from rapidfuzz.distance import OSA

    if len(word) < LEAST_LETTERS or len(word) > 200:
        return ""
    folded, digits = word.casefold(), _digits(word)
    far = within + alone
    found = sorted(
        (distance, other)
        for other in set(known)
        if (distance := OSA.distance(folded, other.casefold(), score_cutoff=far)) <= far
        and _digits(other) == digits
    )
    if not found or found[0][0] > within:
        return ""
    if len(found) > 1 and found[1][0] <= found[0][0] + alone:
        return ""
    return found[0][1]


LEAST_LETTERS = 4
"""Of a word that may be taken for a slip: shorter ones are too often words of their own."""


def _digits(word: str) -> str:
    return "".join(char for char in word if char.isdigit())
