"""Pair the claims of two states of a dossier: by id, else by statement and parties."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from claimcli.core.records import Claim, Dossier

Pair = tuple[Claim | None, Claim | None]
_COUNT = re.compile(r"-\d+$")


def align_claims(before: Dossier, after: Dossier) -> Iterator[Pair]:
    """Yield each claim of both states once, in no order, paired with None if the other lacks it.

    A missing and a new claim with the same statement and parties are one renamed claim. Answers
    without an id have numbered ids, which shift when an answer is inserted before them; those are
    also paired by statement.
    """
    renumbered = _renumbered_ids(before, after)
    kept = (before.by_id.keys() & after.by_id.keys()) - renumbered
    for name in kept:
        yield before.by_id[name], after.by_id[name]
    gone = [claim for name, claim in before.by_id.items() if name not in kept]
    new = [claim for name, claim in after.by_id.items() if name not in kept]
    for key in (_statement_and_id, _statement, _id):
        matched, gone, new = _match(gone, new, key)
        yield from matched
    yield from ((claim, None) for claim in gone)
    yield from ((None, claim) for claim in new)


def collapse_spaces(text: str) -> str:
    """Return a text in Unicode normal form C, with each run of white space as one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _renumbered_ids(before: Dossier, after: Dossier) -> set[str]:
    """Return the numbered ids of sibling answers if one of them has another statement now."""
    siblings: dict[str, set[str]] = defaultdict(set)
    for name in before.by_id.keys() | after.by_id.keys():
        if "/" in name:
            siblings[_COUNT.sub("", name)].add(name)
    renumbered = set()
    for names in siblings.values():
        both = names & before.by_id.keys() & after.by_id.keys()
        if len(names) > 1 and any(
            _statement(before.by_id[name]) != _statement(after.by_id[name]) for name in both
        ):
            renumbered |= names
    return renumbered


def _statement(claim: Claim) -> object:
    return collapse_spaces(claim.statement), tuple(sorted(set(claim.parties)))


def _statement_and_id(claim: Claim) -> object:
    return _statement(claim), claim.id


def _id(claim: Claim) -> object:
    return claim.id


def _match(
    gone: Iterable[Claim], new: Iterable[Claim], key: Callable[[Claim], object]
) -> tuple[list[Pair], list[Claim], list[Claim]]:
    """Return the pairs with the same key, in order, and the unpaired claims of both states."""
    waiting: dict[object, list[Claim]] = defaultdict(list)
    for claim in sorted(new, key=lambda claim: claim.order, reverse=True):
        waiting[key(claim)].append(claim)
    matched: list[Pair] = []
    left = []
    for claim in sorted(gone, key=lambda claim: claim.order):
        if candidates := waiting.get(key(claim)):
            matched.append((claim, candidates.pop()))
        else:
            left.append(claim)
    return matched, left, [claim for claims in waiting.values() for claim in claims]
