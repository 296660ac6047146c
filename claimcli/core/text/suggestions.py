"""Near matches of mistyped words, and words that must be one of a set."""

import re
from collections.abc import Iterable, Sequence
from os.path import commonprefix

from claimcli.core.problems import ClaimcliError

MIN_SIMILARITY = 70.0
"""Per cent; suggestions that are less similar confuse more than they help."""
MIN_LETTERS = 4
"""Shorter words are too often words of their own to be taken for misspellings."""
_LONG_WORD = "[a-z]{6,}"
MAX_SUGGESTIONS = 20
"""Problems of a rule that suggest a similar id: each search compares every registered id."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word most similar to ``word``, or "" if none is similar.

    Similarity is rapidfuzz's ratio (normalised indel distance), ignoring case; of equally similar
    words the first in alphabetical order is returned.
    """
    return next(iter(similar(word, known, most=1)), "")


def similar(word: str, known: Iterable[str], *, most: int = 3) -> tuple[str, ...]:
    """Return the known words that are as similar as in ``nearest``, most similar first."""
    from rapidfuzz import fuzz, process

    matches = process.extract(
        word.casefold()[:200],
        sorted(set(known)),
        scorer=fuzz.ratio,
        processor=str.casefold,
        score_cutoff=MIN_SIMILARITY,
        limit=most,
    )
    return tuple(str(match[0]) for match in matches)


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return "did you mean 'x'?" for the nearest known word, else ``otherwise``."""
    match = nearest(word, known)
    return f"did you mean '{match}'?" if match else otherwise


def typo_of(word: str, known: Iterable[str], *, within: int = 1) -> str:
    """Return the one known word that ``word`` must be a misspelling of, or "" if that is doubtful.

    It has at most ``within`` letters missing, added, replaced or swapped (optimal string alignment)
    and the same digits, ignoring case, and no other known word is as close.
    """
    from rapidfuzz.distance import OSA

    if len(word) < MIN_LETTERS or len(word) > 200:
        return ""
    folded, digits = word.casefold(), _digits(word)
    matches = sorted(
        (distance, other)
        for other in set(known)
        if (distance := OSA.distance(folded, other.casefold(), score_cutoff=within)) <= within
        and _digits(other) == digits
    )
    if not matches or (len(matches) > 1 and matches[1][0] <= matches[0][0]):
        return ""
    return matches[0][1]


def _digits(word: str) -> str:
    return "".join(char for char in word if char.isdigit())


def misspelled_id(name: str, known: Iterable[str]) -> str:
    """Return the one known id that ``name`` must be a misspelling of, or "" if that is doubtful.

    Ids such as letter-a and letter-b, part-i and part-ii, or ivanov and ivanova are different ids.
    So ``name`` may only have a letter doubled, missing, or transposed with the next, which is
    neither the first nor the last of a word of at least six letters, and only one known id may
    differ from it in that way.
    """
    matches = [other for other in set(known) if _is_slip(name, other)]
    return matches[0] if len(matches) == 1 else ""


def _is_slip(name: str, other: str) -> bool:
    """Return whether an id differs from another by one slip of the keyboard inside a word."""
    more = len(name) - len(other)
    if abs(more) > 1 or name == other:
        return False
    first = len(commonprefix((name, other)))  # noqa: RUF071 - letters are compared
    if more == 0:
        end = first + 2
        swapped = other[first:end] == name[first:end][::-1]
        return swapped and name[end:] == other[end:] and _is_inside(other, first, end)
    longer, shorter = (name, other) if more > 0 else (other, name)
    if longer[first + 1 :] != shorter[first:]:
        return False
    start = first  # of the equal letters, any of which may be the one that is missing or too many
    while start and longer[start - 1] == longer[first]:
        start -= 1
    if more > 0:
        return start < first and _is_inside(other, start, first)
    return _is_inside(other, start, first + 1)


def _is_inside(name: str, start: int, end: int) -> bool:
    """Return whether all letters of a range are inside one long word of an id."""
    words = (match.span() for match in re.finditer(_LONG_WORD, name))
    return any(first < start and end < last for first, last in words)


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
    return f"the {what} are {list_some(every)}"


def list_some(names: Sequence[str]) -> str:
    """Return names with commas, the first eight of many."""
    more = f" and {len(names) - 8:,} more" if len(names) > 8 else ""
    return f"{', '.join(names[:8])}{more}"
