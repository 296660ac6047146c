"""The briefing: what was said on each issue, by whom, when, in which source, and who answered.

A briefing always has every answer to its claims and every claim that its answers respond to,
even those outside the selection.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from msgspec.structs import replace

from claimcli.analysis.findings import Verification
from claimcli.analysis.graph import Graph, GraphMaker
from claimcli.analysis.internal import without_internal
from claimcli.analysis.positions import PositionSummary, ordered_parties
from claimcli.analysis.roll_up import positions_by_issue
from claimcli.analysis.verify import verify
from claimcli.core.dates import Date, date_span
from claimcli.core.notation import ORDINARY, Notation
from claimcli.core.party_trees import By, grouping
from claimcli.core.problems import Problem, Severity
from claimcli.core.provenance import claim_origins
from claimcli.core.records import Claim, Dossier, Source, Status
from claimcli.core.registry_order import in_order, order_key
from claimcli.core.relations import covered_claims
from claimcli.core.response_kinds import Kind
from claimcli.core.short_repr import ShortRepr

MOST_GAPS = 20
"""Maximum number of problems that a briefing lists; the others are counted."""


class BriefingEntry(ShortRepr, frozen=True):
    """A claim in a thread: its depth, the claim that it answers there, its footnotes.

    A ``repeated`` entry only refers to the claim's full entry elsewhere.
    """

    claim: Claim
    status: Status
    depth: int = 0
    target: str | None = None
    kind: Kind | None = None
    repeated: bool = False
    footnotes: tuple[int, ...] = ()


class Section(ShortRepr, frozen=True):
    """One issue with its threads; each claim has one full entry over all sections.

    ``picture`` is the graph of its related claims, None if no claim opposes another.
    """

    issue: str | None
    question: str | None
    note: str | None
    entries: tuple[BriefingEntry, ...]
    picture: Graph | None = None


class Footnote(ShortRepr, frozen=True):
    """A numbered source; ``source`` is None if the id is not on file."""

    number: int
    id: str
    source: Source | None


class Coverage(ShortRepr, frozen=True):
    """What a briefing covers; ``said`` and ``published`` are the first and the last date, if any.

    ``origins`` counts the independent origins of the sources.
    """

    claims: int
    added: int
    rebuttals: int
    sources: int
    origins: int
    speaking_parties: tuple[str, ...]
    said: tuple[Date, Date] | None
    published: tuple[Date, Date] | None


class Briefing(ShortRepr, frozen=True):
    """The parts of a briefing, in order.

    ``parties`` are those of ``positions``; ``trees`` has the topmost party of the others if each
    party tree has one position.
    """

    title: str
    dossier: Dossier
    coverage: Coverage
    parties: tuple[str, ...]
    trees: Mapping[str, str]
    positions: tuple[tuple[str, tuple[PositionSummary, ...]], ...]
    sections: tuple[Section, ...]
    unanswered: tuple[BriefingEntry, ...]
    timeline: tuple[BriefingEntry, ...]
    superseded: Mapping[str, str]
    verification: Verification
    footnotes: tuple[Footnote, ...]
    gaps: tuple[Problem, ...]
    more_gaps: int
    notation: Notation = ORDINARY


def briefing(
    dossier: Dossier,
    *,
    title: str = "",
    texts: Path | None = None,
    by: By = By.MEMBER,
    internal: bool = False,
) -> Briefing:
    """Return the briefing of the selected claims and of the claims in their threads.

    Internal records are left out unless ``internal`` is true. By tree, the positions are those of
    party trees, each with the name of the member. ``texts`` is a folder of further texts.
    """
    dossier = dossier if internal else without_internal(dossier)
    covered = covered_claims(dossier)
    claims = tuple(sorted((dossier.by_id[name] for name in covered), key=lambda c: c.order))
    unnumbered = _sections(dossier, claims)
    footnotes = _footnotes(dossier, unnumbered)
    numbers = {note.id: note.number for note in footnotes}
    sections = tuple(_with_footnotes(section, numbers) for section in unnumbered)
    full = {e.claim.id: e for section in sections for e in section.entries if not e.repeated}
    in_order = tuple(full[claim.id] for claim in claims)
    errors = [p for p in dossier.problems if p.severity is Severity.ERROR]
    trees = grouping(dossier, by)
    parties = _parties(dossier, claims, trees)
    return Briefing(
        title=title or "Briefing: who said what",
        dossier=dossier,
        coverage=_coverage(dossier, claims, footnotes),
        parties=parties,
        trees=trees,
        positions=positions_by_issue(dossier, _issues(sections), parties, covered, roots=trees),
        sections=sections,
        unanswered=tuple(e for e in in_order if e.claim.id not in dossier.answered),
        timeline=in_order,
        superseded={old: new for old, new in dossier.superseded.items() if old in covered},
        verification=verify(dossier, claims=claims, texts=texts),
        footnotes=footnotes,
        gaps=tuple(errors[:MOST_GAPS]),
        more_gaps=max(0, len(errors) - MOST_GAPS),
    )


def _sections(dossier: Dossier, claims: tuple[Claim, ...]) -> tuple[Section, ...]:
    """Return a section for each issue in order, and one for claims on no issue last."""
    threads: dict[str | None, list[BriefingEntry]] = defaultdict(list)
    placed: set[str] = set()
    tops = [c for c in claims if not any(a.claim in dossier.by_id for a in c.responds_to)]
    for claim in (*tops, *claims):  # a cycle of answers has no top claim
        if claim.id not in placed:
            threads[claim.issue] += _thread(dossier, claim, placed)
    graphs = GraphMaker(dossier)
    sections = [_section(graphs, issue, entries) for issue, entries in threads.items()]
    place = order_key(dossier.issues)
    return tuple(sorted(sections, key=lambda section: place(section.issue)))


def _section(graphs: GraphMaker, issue: str | None, entries: Iterable[BriefingEntry]) -> Section:
    record = graphs.dossier.issues.get(issue or "")
    listed = tuple(entries)
    picture = graphs.dispute_graph(entry.claim.id for entry in listed)
    question, note = (record.question, record.note) if record else (None, None)
    return Section(issue, question, note, listed, picture)


def _thread(dossier: Dossier, top: Claim, placed: set[str]) -> Iterator[BriefingEntry]:
    """Yield a claim and the answers below it; entries after a claim's first one are repeated."""
    status = dossier.statuses
    todo = [BriefingEntry(top, status[top.id])]
    while todo:
        entry = todo.pop()
        name = entry.claim.id
        if name in placed:
            yield replace(entry, repeated=True)
            continue
        placed.add(name)
        yield entry
        todo += [
            BriefingEntry(dossier.by_id[answer], status[answer], entry.depth + 1, name, kind)
            for answer, kind in reversed(dossier.answers.get(name, ()))
        ]


def _footnotes(dossier: Dossier, sections: Iterable[Section]) -> tuple[Footnote, ...]:
    entries = (entry for section in sections for entry in section.entries if not entry.repeated)
    cited = dict.fromkeys(c.source for entry in entries for c in entry.claim.citations)
    return tuple(
        Footnote(number, name, dossier.sources.get(name)) for number, name in enumerate(cited, 1)
    )


def with_notation(briefing: Briefing, notation: Notation) -> Briefing:
    """Return a briefing that writes dates and refers to claims in a way, also in its pictures."""
    sections = tuple(
        replace(one, picture=one.picture and replace(one.picture, notation=notation))
        for one in briefing.sections
    )
    return replace(briefing, sections=sections, notation=notation)


def _with_footnotes(section: Section, numbers: Mapping[str, int]) -> Section:
    entries = tuple(
        replace(e, footnotes=tuple(numbers[name] for name in e.claim.source_ids))
        for e in section.entries
    )
    return replace(section, entries=entries)


def _coverage(
    dossier: Dossier, claims: tuple[Claim, ...], footnotes: tuple[Footnote, ...]
) -> Coverage:
    sources = [note.source for note in footnotes if note.source]
    return Coverage(
        claims=len(claims),
        added=len(claims) - len({claim.id for claim in dossier.claims}),
        rebuttals=sum(any(a.kind.opposes for a in claim.responds_to) for claim in claims),
        sources=len(sources),
        origins=len({end for claim in claims for end in claim_origins(dossier, claim)}),
        speaking_parties=in_order((p for c in claims for p in c.parties), dossier.parties),
        said=date_span(claim.said for claim in claims),
        published=date_span(source.published for source in sources),
    )


def _parties(
    dossier: Dossier, claims: Sequence[Claim], trees: Mapping[str, str]
) -> tuple[str, ...]:
    """Return the parties that speak on the covered issues, then the other registered ones."""
    issues = {claim.issue for claim in claims if claim.issue}
    on_issues = (claim for claim in dossier.by_id.values() if claim.issue in issues)
    speaking = (party for claim in chain(claims, on_issues) for party in claim.parties)
    return ordered_parties(dossier, speaking, trees)


def _issues(sections: Iterable[Section]) -> Iterator[str]:
    """Yield the issues of the sections, then those of other claims in them."""
    yield from (section.issue for section in sections if section.issue)
    for section in sections:
        yield from (entry.claim.issue for entry in section.entries if entry.claim.issue)
