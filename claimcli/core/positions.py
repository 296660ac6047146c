"""When two positions on an issue are the same, and when they do not exclude each other."""

from collections.abc import Iterable

from claimcli.core.records import Claim, Issue
from claimcli.core.text.normal_forms import QUOTES, fold_typography

CompatiblePairs = frozenset[frozenset[str]]
"""Pairs of positions that do not exclude each other, each position by its key."""
_FULL_STOPS = (".", "\u3002")


def position_key(position: str | None) -> str:
    """Return a text that is the same for all spellings of one position, "" for none.

    Ignores case, width, ligatures, the kind of hyphen or minus, runs of white space, quotation
    marks at the ends and one full stop at the end. Signs, currencies, decimal points, superscripts
    and vowel signs make a difference.
    """
    text = " ".join(fold_typography(position or "").split()).strip(f" {QUOTES}")
    return text[:-1].rstrip(f" {QUOTES}") if text.endswith(_FULL_STOPS) else text


def distinct_positions(claims: Iterable[Claim]) -> tuple[str, ...]:
    """Return the positions of some claims in order, each in its first spelling."""
    spellings: dict[str, str] = {}
    for claim in claims:
        if claim.position:
            spellings.setdefault(position_key(claim.position), claim.position)
    return tuple(spellings.values())


def compatible_pairs(issue: Issue | None) -> CompatiblePairs:
    """Return the pairs of positions that an issue declares compatible, none without an issue."""
    return pairs_of_keys(issue.compatible if issue else ())


def pairs_of_keys(pairs: Iterable[tuple[str, str]]) -> CompatiblePairs:
    """Return pairs of positions as pairs of their keys."""
    return frozenset(frozenset(map(position_key, pair)) for pair in pairs)
