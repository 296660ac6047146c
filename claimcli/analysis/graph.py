"""Claims as a graph of answers, rival positions, restatements and superseding claims.

A graph always has every answer to its claims and every claim that its answers respond to, even
those outside the selection. Only a requested depth leaves some out; each claim then counts them.
Rival positions add no claims: they are edges between claims of the graph, or named by the claims.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from claimcli.analysis.rival_lines import RivalLines, rival_lines
from claimcli.core.notation import ORDINARY, Notation
from claimcli.core.opposition import BY_POSITION, Opposer
from claimcli.core.problems import ClaimcliError
from claimcli.core.records import Claim, Dossier, Status, opposition_of, party_label
from claimcli.core.registry_order import order_key
from claimcli.core.relations import inclusion_marks
from claimcli.core.response_kinds import Kind
from claimcli.core.short_repr import ShortRepr
from claimcli.core.text.suggestions import did_you_mean


class GraphNode(ShortRepr, frozen=True):
    """A claim in a graph, with the names of its parties.

    ``selected`` is false for claims that were only added to the selected ones. ``hidden_answers``
    are answers to the claim that the graph leaves out, ``hidden_targets`` claims that it answers,
    ``unlinked_rivals`` claims with another position that no edge leads to. ``marks`` say that it is
    internal, or that answers on file are not included.
    """

    claim: Claim
    names: tuple[str, ...]
    status: Status
    selected: bool
    superseded_by: str | None = None
    hidden_answers: tuple[str, ...] = ()
    hidden_targets: tuple[str, ...] = ()
    unlinked_rivals: tuple[Opposer, ...] = ()
    marks: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The claim's id."""
        return self.claim.id


class GraphEdge(ShortRepr, frozen=True):
    """A claim's link to another that it answers, opposes, restates or supersedes.

    ``kind`` is the kind of the answer, "position" for a rival position, "restates" or "supersedes".
    """

    source: str
    target: str
    kind: str

    @property
    def answer(self) -> Kind | None:
        """The kind of the answer, None for another link."""
        return _KINDS.get(self.kind)

    @property
    def label(self) -> str:
        """The kind in words."""
        if self.kind == BY_POSITION:
            return "holds another position"
        return self.answer.label if self.answer else self.kind


_KINDS = {kind.value: kind for kind in Kind}


class Graph(ShortRepr, frozen=True):
    """Claims in order, and the edges between them.

    ``names`` has the names of their parties by id; ``issues`` has the ids of the issues, and
    ``questions`` their questions. All have the order of the dossier.
    """

    dossier: Dossier
    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]
    names: Mapping[str, str]
    issues: tuple[str, ...]
    questions: Mapping[str, str]
    notation: Notation = ORDINARY

    @property
    def added_count(self) -> int:
        """The number of claims that were added to the selected ones."""
        return sum(not node.selected for node in self.nodes)

    @property
    def hidden_answer_count(self) -> int:
        """The number of answers that the graph leaves out."""
        return len({name for node in self.nodes for name in node.hidden_answers})


def graph(dossier: Dossier) -> Graph:
    """Return the graph of the selected claims and of their whole threads."""
    shown = _reached(dossier, (claim.id for claim in dossier.claims), None)
    return GraphMaker(dossier).graph(shown)


def neighbourhood(dossier: Dossier, names: Iterable[str], depth: int) -> Graph:
    """Return the graph of some claims and of all claims at most ``depth`` edges away.

    Raises ClaimcliError if a claim is unknown.
    """
    centers = [name.lower() for name in names]
    for name in centers:
        if name not in dossier.by_id:
            hint = did_you_mean(name, dossier.by_id, "'claimcli list' shows the claims on file")
            raise ClaimcliError(f"no claim '{name}'", hint)
    return GraphMaker(dossier).graph(_reached(dossier, centers, depth))


def _reached(dossier: Dossier, start: Iterable[str], depth: int | None) -> set[str]:
    """Return the claims at most ``depth`` edges away in either direction, all if it is None."""
    reached = set(start)
    if len(reached) == len(dossier.by_id):
        return reached
    again = defaultdict(list)
    for claim in dossier.by_id.values():
        for name in filter(None, (claim.restates, claim.supersedes)):
            again[name].append(claim.id)

    def neighbours(name: str) -> Iterator[str | None]:
        claim = dossier.by_id[name]
        yield from (answer.claim for answer in claim.responds_to)
        yield from (claim.restates, claim.supersedes, *again.get(name, ()))
        yield from (answer for answer, _ in dossier.answers.get(name, ()))

    frontier = reached
    while frontier and depth != 0:
        depth = None if depth is None else depth - 1
        around = {other for name in frontier for other in neighbours(name)}
        frontier = {name for name in around if name and name in dossier.by_id} - reached
        reached |= frontier
    return reached


def _edges(dossier: Dossier, among: Iterable[str]) -> Iterator[GraphEdge]:
    """Yield the edges between some claims, each once; references to missing claims are ignored."""
    known = dict.fromkeys(among)
    for name in known:
        claim = dossier.by_id[name]
        edges = [GraphEdge(name, answer.claim, answer.kind.value) for answer in claim.responds_to]
        edges += [GraphEdge(name, claim.restates, "restates")] if claim.restates else []
        edges += [GraphEdge(name, claim.supersedes, "supersedes")] if claim.supersedes else []
        yield from (edge for edge in dict.fromkeys(edges) if edge.target in known)


class GraphMaker:
    """Makes graphs of claims of one dossier, with what all of them need computed once."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.selected = {claim.id for claim in dossier.claims}
        self.party_place = order_key(dossier.parties)
        self.issue_place = order_key(dossier.issues)

    def dispute_graph(self, names: Iterable[str]) -> Graph | None:
        """Return the graph of the linked claims among some, None if no claim opposes another."""
        among = dict.fromkeys(names)
        edges = list(_edges(self.dossier, among))
        rivals = [
            (name, rival.id)
            for name in among
            for rival in opposition_of(self.dossier, name).rivals
            if rival.id in among
        ]
        if not rivals and not any(edge.answer and edge.answer.opposes for edge in edges):
            return None
        pairs = [*rivals, *((edge.source, edge.target) for edge in edges)]
        return self.graph({end for pair in pairs for end in pair})

    def graph(self, shown: set[str]) -> Graph:
        """Return the graph of some claims."""
        dossier = self.dossier
        claims = sorted((dossier.by_id[name] for name in shown), key=lambda claim: claim.order)
        speaking = sorted({p for claim in claims for p in claim.parties}, key=self.party_place)
        names = {party: party_label(dossier, party) for party in speaking}
        issues = sorted({claim.issue for claim in claims if claim.issue}, key=self.issue_place)
        edges = list(_edges(dossier, [claim.id for claim in claims]))
        answers = [(edge.source, edge.target) for edge in edges if edge.answer]
        rivals = rival_lines(dossier, claims, answers)
        return Graph(
            dossier,
            nodes=tuple(self._node(claim, names, shown, rivals) for claim in claims),
            edges=(*edges, *(GraphEdge(*pair, BY_POSITION) for pair in rivals.pairs)),
            names=names,
            issues=tuple(issues),
            questions={
                issue: record.question
                for issue in issues
                if (record := dossier.issues.get(issue)) and record.question
            },
        )

    def _node(
        self, claim: Claim, names: Mapping[str, str], shown: set[str], rivals: RivalLines
    ) -> GraphNode:
        dossier = self.dossier
        return GraphNode(
            claim,
            tuple(names[party] for party in claim.parties),
            dossier.statuses[claim.id],
            claim.id in self.selected,
            dossier.superseded.get(claim.id),
            _hidden_answers(dossier, claim.id, shown),
            _hidden_targets(dossier, claim, shown),
            rivals.unlinked[claim.id],
            inclusion_marks(dossier, claim),
        )


def _hidden_targets(dossier: Dossier, claim: Claim, shown: set[str]) -> tuple[str, ...]:
    targets = dict.fromkeys(answer.claim for answer in claim.responds_to)
    return tuple(name for name in targets if name in dossier.by_id and name not in shown)


def _hidden_answers(dossier: Dossier, name: str, shown: set[str]) -> tuple[str, ...]:
    answers = dict.fromkeys(answer for answer, _ in dossier.answers.get(name, ()))
    return tuple(answer for answer in answers if answer not in shown)
