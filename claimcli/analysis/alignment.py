"""Which claim of one dossier is which of another: by id, and where that is gone by what it says."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from claimcli.core.records import Claim, Dossier

Pair = tuple[Claim | None, Claim | None]
_COUNT = re.compile(r"-\d+$")


def align_claims(before: Dossier, after: Dossier) -> Iterator[Pair]:
    """Yield all claims of both, each once, in no order; with None what the other does not have.

    Claims of the same words and parties, of which one is gone and one new, are one that was
    renamed. The ids of answers that have none of their own count them, so that an answer put before
    another would take its id: there too what they say counts more.
    """
    counted = _moved(before, after)
    kept = (before.by_id.keys() & after.by_id.keys()) - counted
    for name in kept:
        yield before.by_id[name], after.by_id[name]
    gone = [claim for name, claim in before.by_id.items() if name not in kept]
    new = [claim for name, claim in after.by_id.items() if name not in kept]
    for key in (_same, _said, _identity):
        matched, gone, new = _matched(gone, new, key)
        yield from matched
    yield from ((claim, None) for claim in gone)
    yield from ((None, claim) for claim in new)


def collapse_spaces(text: str) -> str:
    """Return a text with line breaks and runs of spaces as one space."""
    return " ".join(text.split())


def _moved(before: Dossier, after: Dossier) -> set[str]:
    """Return the counted ids of answers beside one another, where one now says something else."""
    beside: dict[str, set[str]] = defaultdict(set)
    for name in before.by_id.keys() | after.by_id.keys():
        if "/" in name:
            beside[_COUNT.sub("", name)].add(name)
    moved = set()
    for names in beside.values():
        both = names & before.by_id.keys() & after.by_id.keys()
        if len(names) > 1 and any(
            _said(before.by_id[name]) != _said(after.by_id[name]) for name in both
        ):
            moved |= names
    return moved


def _said(claim: Claim) -> object:
    return collapse_spaces(claim.statement), tuple(sorted(set(claim.parties)))


def _same(claim: Claim) -> object:
    return _said(claim), claim.id


def _identity(claim: Claim) -> object:
    return claim.id


def _matched(
    gone: Iterable[Claim], new: Iterable[Claim], key: Callable[[Claim], object]
) -> tuple[list[Pair], list[Claim], list[Claim]]:
    """Return the pairs that have the same key, in order, and what is left of both."""
    waiting: dict[object, list[Claim]] = defaultdict(list)
    for claim in sorted(new, key=lambda claim: claim.order, reverse=True):
        waiting[key(claim)].append(claim)
    matched: list[Pair] = []
    left = []
    for claim in sorted(gone, key=lambda claim: claim.order):
        if found := waiting.get(key(claim)):
            matched.append((claim, found.pop()))
        else:
            left.append(claim)
    return matched, left, [claim for claims in waiting.values() for claim in claims]
