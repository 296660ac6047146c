"""The dossier as an argumentation framework: what stands if its answers are taken at face value."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping
from enum import StrEnum

from claimcli.analysis.argumentation.extensions import MOST_EXTENSIONS, Extensions, Semantics
from claimcli.analysis.argumentation.framework import Framework, Label, Neighbours, framework
from claimcli.core.problems import ClaimcliError
from claimcli.core.records import Claim, Dossier
from claimcli.core.relations import answer_links
from claimcli.core.short_repr import ShortRepr
from claimcli.core.table import Table
from claimcli.core.text.suggestions import did_you_mean


class Standing(StrEnum):
    """What becomes of a claim."""

    STANDS = "stands"
    FALLS = "falls"
    CONTESTED = "contested"


class Reasoning(StrEnum):
    """Over several extensions: what all of them have, or what some of them has."""

    SKEPTICAL = "skeptical"
    CREDULOUS = "credulous"


class NeutralLink(ShortRepr, frozen=True):
    """A link on file that attacks nothing: from which claim to which, and its kind in a word."""

    source: str
    target: str
    kind: str


class Standings(ShortRepr, frozen=True):
    """What stands under one semantics. ``count`` is how many extensions there are.

    ``extensions`` lists them unless there are too many. ``shown`` are the claims asked for;
    ``labels`` are those of all. ``without`` names what was struck, ``struck`` are the claims that
    this takes away, ``before`` gives the labels of the claims of which it changes the label.
    ``withdrawn`` are claims asked for that are not put forward any more. ``links`` attack nothing
    and are only told.
    """

    semantics: Semantics
    reasoning: Reasoning
    framework: Framework
    count: int
    extensions: tuple[tuple[str, ...], ...]
    labels: Mapping[str, Standing]
    shown: tuple[str, ...]
    links: tuple[NeutralLink, ...] = ()
    without: tuple[str, ...] = ()
    before: Mapping[str, Standing | None] = {}
    struck: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()

    def table(self) -> Table:
        """Return each claim asked for with its label, the old one where it changed, and why.

        ``attacked_by`` are the claims that attack it and do not fall, ``linked`` what it supports,
        qualifies or restates.
        """
        linked: dict[str, list[str]] = defaultdict(list)
        for link in self.links:
            linked[link.source].append(f"{link.kind} {link.target}")
        numbers = {name: number for number, name in enumerate(self.framework.arguments)}
        attackers = self.framework.attackers()
        rows = tuple(
            (
                name,
                self.labels[name].value,
                self._before(name),
                self._rivals(attackers, numbers[name]),
                tuple(linked[name]),
            )
            for name in self.shown
        )
        return Table("claims", ("id", "standing", "before", "attacked_by", "linked"), rows)

    def _before(self, name: str) -> str | None:
        """Return the label that a claim had before something was struck, where it is another."""
        old = self.before.get(name)
        return old.value if old else None

    def _rivals(self, attackers: Neighbours, number: int) -> tuple[str, ...]:
        names = sorted({self.framework.arguments[other] for other in attackers.of(number)})
        return tuple(name for name in names if self.labels[name] is not Standing.FALLS)


def build_framework(claims: Iterable[Claim]) -> Framework:
    """Return the framework of some claims; withdrawn ones are no longer put forward."""
    known = {claim.id: claim for claim in claims if claim.withdrawn is None}
    numbers = {name: number for number, name in enumerate(sorted(known))}
    attacks = []
    for link in answer_links(known.values(), known):
        if link.kind and link.kind.opposes:
            pair = numbers[link.source], numbers[link.target]
            attacks.append(pair)
            if link.kind.effect.mutual:
                attacks.append(pair[::-1])
    return framework(tuple(numbers), sorted(attacks))


def struck_claims(dossier: Dossier, names: Iterable[str]) -> frozenset[str]:
    """Return the claims of these ids, and those that rest on these sources alone.

    Raises ClaimcliError where an id is neither a claim's nor a source's.
    """
    gone: set[str] = set()
    sources: set[str] = set()
    for name in names:
        if name in dossier.by_id:
            gone.add(name)
        elif name in dossier.sources:
            sources.add(name)
        else:
            known = (*dossier.by_id, *dossier.sources)
            hint = did_you_mean(name, known, "write the id of a claim or a source")
            raise ClaimcliError(f"no claim or source '{name}'", hint)
    for claim in dossier.by_id.values():
        cited = {citation.source for citation in claim.citations}
        if cited and all(_rests_on(dossier, source, sources) for source in cited):
            gone.add(claim.id)
    return frozenset(gone)


def _rests_on(dossier: Dossier, source: str, struck_ones: Container[str]) -> bool:
    """Return whether a source is one of some, or goes back to nothing but them."""
    found = dossier.origins.get(source, (source,))
    return source in struck_ones or all(origin in struck_ones for origin in found)


Solve = Callable[[Framework], Extensions]


def standing(
    dossier: Dossier,
    semantics: Semantics,
    reasoning: Reasoning,
    *,
    solve: Solve,
    without: Iterable[str] = (),
) -> Standings:
    """Return how the dossier's claims stand; ``without`` strikes claims, or those of sources."""
    names = tuple(without)
    gone = struck_claims(dossier, names)
    left = [claim for claim in dossier.by_id.values() if claim.id not in gone]
    found = framework_standing(build_framework(left), semantics, reasoning, solve=solve)
    shown = tuple(c.id for c in dossier.claims if c.id in found.labels)
    before: dict[str, Standing | None] = {}
    if names:
        whole = framework_standing(
            build_framework(dossier.by_id.values()), semantics, reasoning, solve=solve
        )
        before = {
            name: whole.labels[name]
            for name, label in found.labels.items()
            if whole.labels[name] is not label
        }
    return Standings(
        semantics, reasoning, found.framework, found.count, found.extensions, found.labels,
        shown, _links(left), names, before, tuple(sorted(gone)),
        tuple(claim.id for claim in dossier.claims if claim.withdrawn and claim.id not in gone),
    )  # fmt: skip


def _links(claims: Iterable[Claim]) -> tuple[NeutralLink, ...]:
    """Return what supports, qualifies or restates among the claims."""
    known = {claim.id: claim for claim in claims if claim.withdrawn is None}
    answers = (
        NeutralLink(link.source, link.target, link.kind.value)
        for link in answer_links(known.values(), known)
        if link.kind and not link.kind.opposes
    )
    restated = (
        NeutralLink(c.id, c.restates, "restates") for c in known.values() if c.restates in known
    )
    return tuple(sorted((*answers, *restated), key=lambda one: (one.source, one.target)))


def framework_standing(
    given: Framework, semantics: Semantics, reasoning: Reasoning, *, solve: Solve
) -> Standings:
    """Return what stands in a framework."""
    found = solve(given)
    names = given.arguments
    listed: tuple[tuple[str, ...], ...] = ()
    if found.count <= MOST_EXTENSIONS:
        listed = tuple(sorted(tuple(sorted(names[n] for n in one)) for one in found.all()))
    labels = _labels(given, found, reasoning)
    return Standings(semantics, reasoning, given, found.count, listed, labels, tuple(sorted(names)))


def _labels(given: Framework, found: Extensions, reasoning: Reasoning) -> dict[str, Standing]:
    """Return what becomes of each argument over all extensions, part by part.

    Skeptically one stands that is in all extensions and one falls that all attack; credulously one
    stands that some has in, and one falls that none has in and some attacks. Where there is no
    extension at all, nothing is decided.
    """
    if not found.count:
        return dict.fromkeys(given.arguments, Standing.CONTESTED)
    of_label = {Label.IN: Standing.STANDS, Label.OUT: Standing.FALLS}
    labels = [of_label.get(Label(label), Standing.CONTESTED) for label in found.labels]
    attackers = given.attackers()
    join = all if reasoning is Reasoning.SKEPTICAL else any
    for part, members in zip(found.parts, found.members, strict=True):
        for number in members:
            others = set(attackers.of(number))
            if join(number in one for one in part):
                labels[number] = Standing.STANDS
            elif join(not others.isdisjoint(one) for one in part):
                labels[number] = Standing.FALLS
    return dict(zip(given.arguments, labels, strict=True))
