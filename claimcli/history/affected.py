"""Which claims elsewhere the statuses of changed claims hang on, and theirs on them.

Of two dossiers of which only the files that differ are known, these are the words that stand in
every further file that must be known too: ids of claims, and of issues on which positions are held.
What they lead to can name more words; where none is new, the statuses of all claims that a change
can touch are as they are in the whole.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from claimcli.core.records import Claim, Dossier, without_locations
from claimcli.core.relations import position_key


def words_of(before: Dossier, after: Dossier) -> set[str]:
    """Return the ids that must be looked for; of a derived id the one that is written."""
    names = before.by_id.keys() | after.by_id.keys()
    relating, telling = set(), set()
    for name in names:
        old, new = before.by_id.get(name), after.by_id.get(name)
        if _relations(old) != _relations(new):
            relating.add(name)
        elif old and new and without_locations(old) != without_locations(new):
            telling.add(name)
    answered = {name for side in (before, after) for name in _answered(side, telling | relating)}
    words = {
        word for side in (before, after) for word in _inherited(side, telling | answered)
    } | answered
    if relating:
        sides = [_Side(before), _Side(after)]
        words |= _around(sides, relating)
    return {word.partition("/")[0] for word in words}


def _relations(claim: Claim | None) -> tuple[Any, ...] | None:
    """Return the fields that statuses and the issues of answers follow from."""
    if claim is None:
        return None
    return (
        frozenset(claim.parties), claim.issue, position_key(claim.position), claim.about,
        claim.withdrawn is None, claim.restates, claim.supersedes,
        frozenset((answer.claim, answer.kind) for answer in claim.responds_to),
    )  # fmt: skip


def _referred(claim: Claim) -> set[str]:
    named = (claim.restates, claim.supersedes, *(answer.claim for answer in claim.responds_to))
    return {name for name in named if name}


def _answered(side: Dossier, names: Iterable[str]) -> set[str]:
    """Return the claims that some claims answer, which are told with them."""
    claims = (side.by_id[name] for name in names if name in side.by_id)
    return {answer.claim for claim in claims for answer in claim.responds_to}


def _inherited(side: Dossier, names: Iterable[str]) -> set[str]:
    """Return the claims that would say which issue some claims without one are on."""
    found = set()
    for name in names:
        seen: set[str] = set()
        at: str | None = name
        while at and at not in seen:
            seen.add(at)
            claim = side.by_id.get(at)
            if claim is None:
                found.add(at)
                break
            if claim.issue:
                break
            at = claim.responds_to[0].claim if claim.responds_to else claim.restates
    return found - set(names)


class _Side:
    """The claims of a dossier by what they refer to, and by issue."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.by_id = dossier.by_id
        self.referring: dict[str, set[str]] = defaultdict(set)
        self.restating: dict[str, set[str]] = defaultdict(set)
        self.on_issue: dict[str, set[str]] = defaultdict(set)
        for claim in dossier.by_id.values():
            for name in _referred(claim):
                self.referring[name].add(claim.id)
            if claim.restates:
                self.restating[claim.restates].add(claim.id)
                self.restating[claim.id].add(claim.restates)
            if claim.issue:
                self.on_issue[claim.issue].add(claim.id)

    def near(self, names: Iterable[str]) -> set[str]:
        """Return the claims that some refer to, and those that refer to them."""
        found: set[str] = set()
        for name in names:
            found |= self.referring.get(name, set())
            if name in self.by_id:
                found |= _referred(self.by_id[name])
        return found

    def issues(self, names: Iterable[str]) -> set[str]:
        """Return the issues on which some claims hold a position."""
        claims = (self.by_id[name] for name in names if name in self.by_id)
        return {claim.issue for claim in claims if claim.issue and claim.position}

    def grouped(self, names: Iterable[str]) -> set[str]:
        """Return claims with all that restate the same, directly or not."""
        found = set(names)
        todo = list(found)
        while todo:
            new = self.restating.get(todo.pop(), set()) - found
            found |= new
            todo += new
        return found


def _around(sides: Iterable[_Side], changed: set[str]) -> set[str]:
    """Return the ids by which all is found that the statuses around changed claims follow from."""
    linked = changed.union(*(side.near(changed) for side in sides))
    disputed = set().union(*(side.issues(linked) for side in sides))
    holders = {name for side in sides for issue in disputed for name in side.on_issue[issue]}
    touched = set().union(*(side.grouped(linked | holders) for side in sides))
    issues = set().union(*(side.issues(touched) for side in sides))
    rivals = {name for side in sides for issue in issues for name in side.on_issue[issue]}
    known = touched | rivals
    referred = {
        other
        for side in sides
        for name in known & side.by_id.keys()
        for other in _referred(side.by_id[name])
    }
    inherited = {name for side in sides for name in _inherited(side.dossier, known)}
    return known | referred | inherited | issues
