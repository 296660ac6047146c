"""Find out which unchanged files must be read to compare two states of a dossier.

Given the claims of the changed files in both states, :func:`affected_ids` returns ids of claims and
issues: every other file that mentions one of them must be read too, which can add further ids.
When no more are added, the statuses of all claims affected by the change can be computed.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from claimcli.core.party_trees import party_trees
from claimcli.core.positions import compatible_pairs, position_key
from claimcli.core.records import Claim, Dossier
from claimcli.core.without_locations import without_locations


def affected_ids(before: Dossier, after: Dossier) -> set[str]:
    """Return the ids to search for; for a nested claim, whose id is derived, its parent's id."""
    related, edited = set(), set()
    for name in before.by_id.keys() | after.by_id.keys():
        old, new = before.by_id.get(name), after.by_id.get(name)
        if _relations(old) != _relations(new):
            related.add(name)
        elif old and new and without_locations(old) != without_locations(new):
            edited.add(name)
    sides = (before, after)
    parties, issues = _changed_trees(before, after), _changed_compatibility(before, after)
    related |= {
        claim.id
        for side in sides
        for claim in side.by_id.values()
        if not parties.isdisjoint(claim.parties) or claim.issue in issues
    }
    ids = {name for side in sides for name in _answered(side, edited | related)}
    ids |= {name for side in sides for name in _issue_givers(side, edited | ids)}
    if related or parties or issues:
        ids |= {*parties, *issues, *_STATUS_FIELDS}
        ids |= _needed_for_statuses([_Side(side) for side in sides], related)
    return {name.partition("/")[0] for name in ids}


_STATUS_FIELDS = ("part_of", "compatible")
"""Fields of parties and issues on which the statuses of claims in other files depend."""


def _changed_trees(before: Dossier, after: Dossier) -> set[str]:
    """Return the parties whose tree has changed."""
    old, new = party_trees(before), party_trees(after)
    return {party for party in {*old, *new} if old.get(party) != new.get(party)}


def _changed_compatibility(before: Dossier, after: Dossier) -> set[str]:
    """Return the issues of which the pairs of compatible positions have changed."""
    names = before.issues.keys() | after.issues.keys()
    return {
        name
        for name in names
        if compatible_pairs(before.issues.get(name)) != compatible_pairs(after.issues.get(name))
    }


def _relations(claim: Claim | None) -> tuple[Any, ...] | None:
    """Return the fields on which statuses and the issues of answers depend."""
    if claim is None:
        return None
    return (
        frozenset(claim.parties), claim.issue, position_key(claim.position), claim.about,
        claim.withdrawn is None, claim.restates, claim.supersedes,
        frozenset((answer.claim, answer.kind) for answer in claim.responds_to),
    )  # fmt: skip


def _references(claim: Claim) -> set[str]:
    ids = (claim.restates, claim.supersedes, *(answer.claim for answer in claim.responds_to))
    return {name for name in ids if name}


def _answered(side: Dossier, names: Iterable[str]) -> set[str]:
    """Return the claims that some claims answer; they are shown together."""
    claims = (side.by_id[name] for name in names if name in side.by_id)
    return {answer.claim for claim in claims for answer in claim.responds_to}


def _issue_givers(side: Dossier, names: Iterable[str]) -> set[str]:
    """Return the unread claims from which claims without an issue inherit one."""
    unread = set()
    for name in names:
        seen: set[str] = set()
        at: str | None = name
        while at and at not in seen:
            seen.add(at)
            claim = side.by_id.get(at)
            if claim is None:
                unread.add(at)
                break
            if claim.issue:
                break
            at = claim.responds_to[0].claim if claim.responds_to else claim.restates
    return unread - set(names)


class _Side:
    """The claims of one state, by the claims they refer to, and by issue."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.by_id = dossier.by_id
        self.referring: dict[str, set[str]] = defaultdict(set)
        self.restating: dict[str, set[str]] = defaultdict(set)
        self.on_issue: dict[str, set[str]] = defaultdict(set)
        for claim in dossier.by_id.values():
            for name in _references(claim):
                self.referring[name].add(claim.id)
            if claim.restates:
                self.restating[claim.restates].add(claim.id)
                self.restating[claim.id].add(claim.restates)
            if claim.issue:
                self.on_issue[claim.issue].add(claim.id)

    def neighbours(self, names: Iterable[str]) -> set[str]:
        """Return the claims that some claims refer to, and those that refer to them."""
        neighbours: set[str] = set()
        for name in names:
            neighbours |= self.referring.get(name, set())
            if name in self.by_id:
                neighbours |= _references(self.by_id[name])
        return neighbours

    def issues(self, names: Iterable[str]) -> set[str]:
        """Return the issues on which some claims take a position."""
        claims = (self.by_id[name] for name in names if name in self.by_id)
        return {claim.issue for claim in claims if claim.issue and claim.position}

    def with_restatements(self, names: Iterable[str]) -> set[str]:
        """Return claims with all that restate the same claim, directly or indirectly."""
        group = set(names)
        todo = list(group)
        while todo:
            new = self.restating.get(todo.pop(), set()) - group
            group |= new
            todo += new
        return group


def _needed_for_statuses(sides: Iterable[_Side], changed: set[str]) -> set[str]:
    """Return the ids needed to recompute the status of every claim affected by a change."""
    superseded = {
        claim.supersedes
        for side in sides
        for name in changed & side.by_id.keys()
        if (claim := side.by_id[name]).supersedes
    }
    changed = changed | superseded  # a superseded claim no longer opposes
    linked = changed.union(*(side.neighbours(changed) for side in sides))
    disputed = set().union(*(side.issues(linked) for side in sides))
    holders = {name for side in sides for issue in disputed for name in side.on_issue[issue]}
    affected = set().union(*(side.with_restatements(linked | holders) for side in sides))
    issues = set().union(*(side.issues(affected) for side in sides))
    rivals = {name for side in sides for issue in issues for name in side.on_issue[issue]}
    known = affected | rivals
    references = {
        other
        for side in sides
        for name in known & side.by_id.keys()
        for other in _references(side.by_id[name])
    }
    inherited = {name for side in sides for name in _issue_givers(side.dossier, known)}
    answers = set().union(*(side.neighbours(affected) for side in sides))  # may be superseded
    return known | references | inherited | issues | answers
