"""The dossier as an argumentation framework: which claims its answers defeat or defend."""

from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Mapping
from enum import StrEnum

from claimcli.analysis.argumentation.extensions import MAX_EXTENSIONS, Extensions, Semantics
from claimcli.analysis.argumentation.framework import Framework, Label, Neighbours, framework
from claimcli.core.problems import ClaimcliError
from claimcli.core.records import Claim, Dossier, opposition_of
from claimcli.core.relations import answer_links
from claimcli.core.short_repr import ShortRepr
from claimcli.core.table import Table
from claimcli.core.text.suggestions import did_you_mean


class Standing(StrEnum):
    """The label of a claim."""

    STANDS = "stands"
    FALLS = "falls"
    CONTESTED = "contested"


class Reasoning(StrEnum):
    """Whether a claim must be in all extensions or in one of them."""

    SKEPTICAL = "skeptical"
    CREDULOUS = "credulous"


class NeutralLink(ShortRepr, frozen=True):
    """A link between claims that is no attack, such as an agreement or a restatement."""

    source: str
    target: str
    kind: str


class Standings(ShortRepr, frozen=True):
    """The labels of claims under one semantics. ``count`` is the number of extensions.

    ``extensions`` lists them unless there are too many. ``shown`` are the selected claims,
    ``labels`` the labels of all claims. ``without`` are the requested ids to remove, ``struck`` the
    claims that are removed with them, ``before`` the previous labels that this changes.
    ``withdrawn`` are the selected claims that were withdrawn. ``links`` have no effect on labels.
    ``rivals`` counts the selected claims with a rival position, which is no attack.
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
    rivals: int = 0

    def table(self) -> Table:
        """Return each selected claim with its label, its previous label and its attackers.

        ``attacked_by`` are attacking claims that do not fall, ``linked`` are the claims that it
        supports, qualifies or restates.
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
                self._attackers(attackers, numbers[name]),
                tuple(linked[name]),
            )
            for name in self.shown
        )
        return Table("claims", ("id", "standing", "before", "attacked_by", "linked"), rows)

    def _before(self, name: str) -> str | None:
        """Return the label that a claim had before claims were removed, if it differs."""
        old = self.before.get(name)
        return old.value if old else None

    def _attackers(self, attackers: Neighbours, number: int) -> tuple[str, ...]:
        names = sorted({self.framework.arguments[other] for other in attackers.of(number)})
        return tuple(name for name in names if self.labels[name] is not Standing.FALLS)


def build_framework(claims: Collection[Claim], superseded: Mapping[str, str]) -> Framework:
    """Return the framework of some claims without the withdrawn ones.

    A claim that another one of these supersedes is attacked by others, but attacks nothing.
    """
    known = {claim.id: claim for claim in claims if claim.withdrawn is None}
    numbers = {name: number for number, name in enumerate(sorted(known))}
    present = {claim.id for claim in claims}
    attacks = []
    for link in answer_links(known.values(), known):
        if link.kind and link.kind.opposes:
            pairs = [(link.source, link.target)]
            if link.kind.effect.mutual:
                pairs.append((link.target, link.source))
            attacks += [
                (numbers[one], numbers[other])
                for one, other in pairs
                if superseded.get(one) not in present and superseded.get(other) != one
            ]
    return framework(tuple(numbers), sorted(attacks))


def struck_claims(dossier: Dossier, names: Iterable[str]) -> frozenset[str]:
    """Return the claims with these ids, and the claims that rest only on sources with these ids.

    Raises ClaimcliError if an id is neither a claim's nor a source's.
    """
    struck: set[str] = set()
    sources: set[str] = set()
    for name in names:
        if name in dossier.by_id:
            struck.add(name)
        elif name in dossier.sources:
            sources.add(name)
        else:
            known = (*dossier.by_id, *dossier.sources)
            hint = did_you_mean(name, known, "write the id of a claim or a source")
            raise ClaimcliError(f"no claim or source '{name}'", hint)
    for claim in dossier.by_id.values() if sources else ():
        if claim.citations and all(_rests_on(dossier, s, sources) for s in claim.source_ids):
            struck.add(claim.id)
    return frozenset(struck)


def _rests_on(dossier: Dossier, source: str, struck: Container[str]) -> bool:
    """Return whether a source is struck, or derives only from struck sources."""
    origins = dossier.origins.get(source, (source,))
    return source in struck or all(origin in struck for origin in origins)


Solve = Callable[[Framework], Extensions]


def standing(
    dossier: Dossier,
    semantics: Semantics,
    reasoning: Reasoning,
    *,
    solve: Solve,
    without: Iterable[str] = (),
) -> Standings:
    """Return the labels of the dossier's claims.

    ``without`` removes the claims with these ids, or those that rest only on these sources.
    """
    names = tuple(without)
    struck = struck_claims(dossier, names)
    remaining = [claim for claim in dossier.by_id.values() if claim.id not in struck]
    result = framework_standing(
        build_framework(remaining, dossier.superseded), semantics, reasoning, solve=solve
    )
    shown = tuple(c.id for c in dossier.claims if c.id in result.labels)
    before: dict[str, Standing | None] = {}
    if names:
        whole = framework_standing(
            build_framework(dossier.by_id.values(), dossier.superseded),
            semantics,
            reasoning,
            solve=solve,
        )
        before = {
            name: whole.labels[name]
            for name, label in result.labels.items()
            if whole.labels[name] is not label
        }
    return Standings(
        semantics, reasoning, result.framework, result.count, result.extensions, result.labels,
        shown, _neutral_links(remaining), names, before, tuple(sorted(struck)),
        tuple(claim.id for claim in dossier.claims if claim.withdrawn and claim.id not in struck),
        sum(_has_rival(dossier, name, struck) for name in shown),
    )  # fmt: skip


def _has_rival(dossier: Dossier, name: str, struck: Container[str]) -> bool:
    return any(rival.id not in struck for rival in opposition_of(dossier, name).rivals)


def _neutral_links(claims: Iterable[Claim]) -> tuple[NeutralLink, ...]:
    """Return the supporting, qualifying and restating links between the claims."""
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
    """Return the labels of the arguments of a framework."""
    extensions = solve(given)
    names = given.arguments
    listed: tuple[tuple[str, ...], ...] = ()
    if extensions.count <= MAX_EXTENSIONS:
        listed = tuple(sorted(tuple(sorted(names[n] for n in one)) for one in extensions.all()))
    labels = _labels(given, extensions, reasoning)
    return Standings(
        semantics, reasoning, given, extensions.count, listed, labels, tuple(sorted(names))
    )


def _labels(given: Framework, extensions: Extensions, reasoning: Reasoning) -> dict[str, Standing]:
    """Return the label of each argument over all extensions, part by part.

    Skeptical: an argument in all extensions stands, one attacked by all extensions falls.
    Credulous: an argument in some extension stands, one in none that some extension attacks
    falls. Without any extension all arguments are contested.
    """
    if not extensions.count:
        return dict.fromkeys(given.arguments, Standing.CONTESTED)
    of_label = {Label.IN: Standing.STANDS, Label.OUT: Standing.FALLS}
    labels = [of_label.get(Label(label), Standing.CONTESTED) for label in extensions.labels]
    attackers = given.attackers()
    join = all if reasoning is Reasoning.SKEPTICAL else any
    for part, members in zip(extensions.parts, extensions.members, strict=True):
        for number in members:
            others = set(attackers.of(number))
            if join(number in one for one in part):
                labels[number] = Standing.STANDS
            elif join(not others.isdisjoint(one) for one in part):
                labels[number] = Standing.FALLS
    return dict(zip(given.arguments, labels, strict=True))
