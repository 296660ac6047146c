"""Claims as a graph: what answers, restates or supersedes what.

No claim stands in it without every answer to it, and no answer without what it answers, whoever
gave it and however far the selection went. Only a depth that is asked for leaves answers out, and
then each claim says how many.
"""

from collections.abc import Iterable, Iterator, Mapping

from claimcli.core.problems import ClaimcliError
from claimcli.core.records import Claim, Dossier, Status, party_label
from claimcli.core.schema import Kind
from claimcli.core.short_repr import ShortRepr
from claimcli.core.text.suggestions import did_you_mean


class GraphNode(ShortRepr, frozen=True):
    """A claim in a graph, with its parties by name.

    ``asked`` is one that was asked for, and not only belongs to those. ``beyond`` are the claims on
    file that answer it and are not in the graph, ``above`` those that it answers and are not.
    """

    claim: Claim
    names: tuple[str, ...]
    status: Status
    selected: bool
    superseded_by: str | None = None
    hidden_answers: tuple[str, ...] = ()
    hidden_targets: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The claim's id."""
        return self.claim.id


class GraphEdge(ShortRepr, frozen=True):
    """That one claim answers another, or says it again, or takes its place.

    ``kind`` is that of the answer, or "restates" or "supersedes".
    """

    source: str
    target: str
    kind: str

    @property
    def answer(self) -> Kind | None:
        """The kind of the answer, None where it restates or supersedes."""
        return Kind(self.kind) if self.kind in tuple(Kind) else None

    @property
    def label(self) -> str:
        """The kind as a reader meets it."""
        return self.answer.label if self.answer else self.kind


class Graph(ShortRepr, frozen=True):
    """Claims in order and the edges among them.

    ``names`` gives the name of each party by its id, and may have more than speak here, so that
    several pictures can tell parties apart in the same way; ``questions`` those of issues.
    """

    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]
    names: Mapping[str, str]
    questions: Mapping[str, str]

    @property
    def speaking_parties(self) -> tuple[str, ...]:
        """The ids of the parties that speak, in the order of ``names``."""
        found = {party for node in self.nodes for party in node.claim.parties}
        return tuple(party for party in self.names if party in found)

    @property
    def added_count(self) -> int:
        """How many claims were not asked for and belong to those that were."""
        return sum(not node.selected for node in self.nodes)

    @property
    def hidden_answer_count(self) -> int:
        """How many claims that answer those in the graph are not in it."""
        return len({name for node in self.nodes for name in node.hidden_answers})


def graph(dossier: Dossier) -> Graph:
    """Return the graph of the claims asked for, with the whole threads they stand in."""
    return _graph(dossier, _reached(dossier, (claim.id for claim in dossier.claims), None))


def neighbourhood(dossier: Dossier, names: Iterable[str], depth: int) -> Graph:
    """Return the graph of some claims and of what lies at most so many edges from them.

    Raises ClaimcliError where there is no such claim.
    """
    chosen = [name.lower() for name in names]
    for name in chosen:
        if name not in dossier.by_id:
            hint = did_you_mean(name, dossier.by_id, "'claimcli list' shows the claims on file")
            raise ClaimcliError(f"no claim '{name}'", hint)
    return _graph(dossier, _reached(dossier, chosen, depth))


def dispute_graph(dossier: Dossier, names: Iterable[str], parties: Iterable[str]) -> Graph | None:
    """Return the graph of those of some claims that edges connect, None where no answer opposes.

    ``parties`` are all that speak where the graph is to stand.
    """
    edges = list(_edges(dossier, names))
    if not any(edge.answer and edge.answer.opposes for edge in edges):
        return None
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    return _graph(dossier, ends, parties)


def _reached(dossier: Dossier, start: Iterable[str], depth: int | None) -> set[str]:
    """Return the claims within so many edges of some, in both directions; None is any number."""
    beside: dict[str, list[str]] = {}
    for edge in _edges(dossier, dossier.by_id):
        beside.setdefault(edge.source, []).append(edge.target)
        beside.setdefault(edge.target, []).append(edge.source)
    found = set(start)
    rim = sorted(found)
    while rim and depth != 0:
        depth = None if depth is None else depth - 1
        rim = sorted({other for name in rim for other in beside.get(name, ())} - found)
        found.update(rim)
    return found


def _edges(dossier: Dossier, among: Iterable[str]) -> Iterator[GraphEdge]:
    """Yield the edges among some claims, each once; what refers to nothing on file gives none."""
    known = dict.fromkeys(among)
    for name in known:
        claim = dossier.by_id[name]
        found = [GraphEdge(name, answer.claim, answer.kind.value) for answer in claim.responds_to]
        found += [GraphEdge(name, claim.restates, "restates")] if claim.restates else []
        found += [GraphEdge(name, claim.supersedes, "supersedes")] if claim.supersedes else []
        yield from (edge for edge in dict.fromkeys(found) if edge.target in known)


def _graph(dossier: Dossier, drawn: set[str], beside: Iterable[str] = ()) -> Graph:
    asked = {claim.id for claim in dossier.claims}
    claims = sorted((dossier.by_id[name] for name in drawn), key=lambda claim: claim.order)
    parties = sorted({*beside, *(party for claim in claims for party in claim.parties)})
    names = {party: party_label(dossier, party) for party in parties}
    issues = {claim.issue for claim in claims if claim.issue}
    return Graph(
        nodes=tuple(
            GraphNode(
                claim,
                tuple(names[party] for party in claim.parties),
                dossier.statuses[claim.id],
                claim.id in asked,
                dossier.superseded.get(claim.id),
                _beyond(dossier, claim.id, drawn),
                _above(dossier, claim, drawn),
            )
            for claim in claims
        ),
        edges=tuple(_edges(dossier, [claim.id for claim in claims])),
        names=names,
        questions={
            issue: found.question
            for issue in sorted(issues)
            if (found := dossier.issues.get(issue)) and found.question
        },
    )


def _above(dossier: Dossier, claim: Claim, drawn: set[str]) -> tuple[str, ...]:
    targets = dict.fromkeys(answer.claim for answer in claim.responds_to)
    return tuple(name for name in targets if name in dossier.by_id and name not in drawn)


def _beyond(dossier: Dossier, name: str, drawn: set[str]) -> tuple[str, ...]:
    answers = dict.fromkeys(answer for answer, _ in dossier.answers.get(name, ()))
    return tuple(answer for answer in answers if answer not in drawn)
