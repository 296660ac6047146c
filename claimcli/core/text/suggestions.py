"""Near matches of mistyped words, and words that must be one of a set."""

from collections.abc import Iterable

from claimcli.core.problems import ClaimcliError

MIN_SIMILARITY = 70.0
"""Per cent; suggestions that are less similar confuse more than they help."""
MIN_LETTERS = 4
"""Shorter words are too often words of their own to be taken for misspellings."""
MAX_SUGGESTIONS = 20
"""Problems of a rule that suggest a similar id: each search compares every registered id."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word most similar to ``word``, or "" if none is similar.

    Similarity is rapidfuzz's ratio (normalised indel distance), ignoring case; of equally similar
    words the first in alphabetical order is returned.
    """
    from rapidfuzz import fuzz, process

    match = process.extractOne(
        word.casefold()[:200],
        sorted(set(known)),
        scorer=fuzz.ratio,
        processor=str.casefold,
        score_cutoff=MIN_SIMILARITY,
    )
    return str(match[0]) if match else ""


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return "did you mean 'x'?" for the nearest known word, else ``otherwise``."""
    match = nearest(word, known)
    return f"did you mean '{match}'?" if match else otherwise


def typo_of(word: str, known: Iterable[str], *, within: int = 1, alone: int = 0) -> str:
    """Return the one known word that ``word`` must be a misspelling of, or "" if that is doubtful.

    It has at most ``within`` letters missing, added, replaced or swapped (optimal string alignment)
    and the same digits, ignoring case. No other known word may be as close, or within ``alone``
    letters of that distance.
    """
    from rapidfuzz.distance import OSA

    if len(word) < MIN_LETTERS or len(word) > 200:
        return ""
    folded, digits = word.casefold(), _digits(word)
    far = within + alone
    matches = sorted(
        (distance, other)
        for other in set(known)
        if (distance := OSA.distance(folded, other.casefold(), score_cutoff=far)) <= far
        and _digits(other) == digits
    )
    if not matches or matches[0][0] > within:
        return ""
    if len(matches) > 1 and matches[1][0] <= matches[0][0] + alone:
        return ""
    return matches[0][1]


def _digits(word: str) -> str:
    return "".join(char for char in word if char.isdigit())


def one_of(word: str, known: Iterable[str], what: str, otherwise: str = "") -> str:
    """Return the known word that equals ``word``, ignoring case.

    Raises ClaimcliError if no word matches; its hint is a near match, or else ``otherwise``.
    """
    words = list(known)
    if word.lower() in words:
        return word.lower()
    hint = did_you_mean(word, words, otherwise or f"write one of {', '.join(words)}")
    raise ClaimcliError(f"no {what} '{word}'", hint)


def several_of(
    words: Iterable[str], known: Iterable[str], what: str, otherwise: str = ""
) -> set[str]:
    """Return the known words that are named; each of ``words`` may name several, with commas.

    Raises ClaimcliError as :func:`one_of` does, and if no word is named.
    """
    choices, given = list(known), list(words)
    names = {part.strip() for word in given for part in word.split(",")} - {""}
    if given and not names:
        names = {""}
    return {one_of(name, choices, what, otherwise) for name in sorted(names)}


def list_names(what: str, names: Iterable[str]) -> str:
    """Return a hint that lists the available names, the first eight of many."""
    every = list(names)
    if not every:
        return f"this dossier has no {what}"
    more = f" and {len(every) - 8} more" if len(every) > 8 else ""
    return f"the {what} are {', '.join(every[:8])}{more}"
