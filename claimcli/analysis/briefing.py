"""The briefing: what was said on each issue, by whom, when, from which source, and who answered.

No claim stands in it without every answer to it, and no answer without what it answers, whoever
gave it and however far the selection went.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from claimcli.analysis.findings import Verification
from claimcli.analysis.graph import Graph, dispute_graph
from claimcli.analysis.positions import ordered_parties, position_summary
from claimcli.analysis.verify import verify
from claimcli.core.dates import Date
from claimcli.core.problems import Problem, Severity
from claimcli.core.provenance import origins
from claimcli.core.records import Claim, Dossier, Source, Status
from claimcli.core.schema import Kind

MOST_GAPS = 20
"""Problems that a briefing with gaps lists; it counts the others."""


class BriefingEntry(Struct, frozen=True):
    """A claim in its place: how deep it lies, what it answers there, its footnotes.

    One that is met ``repeated`` stands in full elsewhere and is only pointed at here.
    """

    claim: Claim
    status: Status
    depth: int = 0
    target: str | None = None
    kind: Kind | None = None
    repeated: bool = False
    footnotes: tuple[int, ...] = ()


class Section(Struct, frozen=True):
    """One issue with its threads; over all sections each claim stands in full once.

    ``picture`` is the graph of those of its claims that hang together, where one opposes another.
    """

    issue: str | None
    question: str | None
    note: str | None
    entries: tuple[BriefingEntry, ...]
    picture: Graph | None = None


class Footnote(Struct, frozen=True):
    """A numbered source; ``source`` is None where none of that id is on file."""

    number: int
    id: str
    source: Source | None


class Coverage(Struct, frozen=True):
    """What a briefing covers; a span of dates is its first and last, None where none is on file.

    ``origins`` counts the independent ones of its sources.
    """

    claims: int
    added: int
    rebuttals: int
    sources: int
    origins: int
    speaking_parties: tuple[str, ...]
    said: tuple[Date, Date] | None
    published: tuple[Date, Date] | None


class Briefing(Struct, frozen=True):
    """All that a briefing says, in order."""

    title: str
    dossier: Dossier
    coverage: Coverage
    parties: tuple[str, ...]
    positions: tuple[tuple[str, tuple[str, ...]], ...]
    sections: tuple[Section, ...]
    unanswered: tuple[BriefingEntry, ...]
    timeline: tuple[BriefingEntry, ...]
    superseded: Mapping[str, str]
    verification: Verification
    footnotes: tuple[Footnote, ...]
    gaps: tuple[Problem, ...]
    more_gaps: int


def briefing(dossier: Dossier, *, title: str = "", texts: Path | None = None) -> Briefing:
    """Return the briefing of the dossier's chosen claims and of what belongs to them.

    Their quotes are held against the texts of their sources; ``texts`` is a folder of further ones.
    """
    covered = covered_claims(dossier)
    claims = tuple(sorted((dossier.by_id[name] for name in covered), key=lambda c: c.order))
    unnumbered = _sections(dossier, claims)
    footnotes = _footnotes(dossier, unnumbered)
    sections = tuple(_with_notes(section, footnotes) for section in unnumbered)
    full = {e.claim.id: e for section in sections for e in section.entries if not e.repeated}
    in_order = tuple(full[claim.id] for claim in claims)
    errors = [p for p in dossier.problems if p.severity is Severity.ERROR]
    parties = _parties(dossier, claims)
    return Briefing(
        title=title or "Briefing: who said what",
        dossier=dossier,
        coverage=_coverage(dossier, claims, footnotes),
        parties=parties,
        positions=_positions(dossier, covered, parties, sections),
        sections=sections,
        unanswered=tuple(e for e in in_order if e.status is Status.UNANSWERED),
        timeline=in_order,
        superseded={old: new for old, new in dossier.superseded.items() if old in covered},
        verification=verify(dossier, claims=claims, texts=texts),
        footnotes=footnotes,
        gaps=tuple(errors[:MOST_GAPS]),
        more_gaps=max(0, len(errors) - MOST_GAPS),
    )


def covered_claims(dossier: Dossier) -> set[str]:
    """Return the chosen claims and all that answers, restates or is answered, to any depth."""
    beside: dict[str, list[str]] = defaultdict(list)
    for claim in dossier.by_id.values():
        targets = [answer.claim for answer in claim.responds_to]
        for target in (*targets, *filter(None, [claim.restates])):
            if target in dossier.by_id:
                beside[claim.id].append(target)
                beside[target].append(claim.id)
    found = {claim.id for claim in dossier.claims}
    todo = list(found)
    while todo:
        new = set(beside[todo.pop()]) - found
        found |= new
        todo += new
    return found


def _sections(dossier: Dossier, claims: tuple[Claim, ...]) -> tuple[Section, ...]:
    """Return the issues, contested ones first, then by id; claims on no issue come last."""
    threads: dict[str | None, list[BriefingEntry]] = defaultdict(list)
    placed: set[str] = set()
    tops = [c for c in claims if not any(a.claim in dossier.by_id for a in c.responds_to)]
    for claim in (*tops, *claims):  # of a circle of answers no claim is a top one
        if claim.id not in placed:
            threads[claim.issue] += _thread(dossier, claim, placed)
    parties = {party for claim in claims for party in claim.parties}
    found = [_section(dossier, issue, entries, parties) for issue, entries in threads.items()]
    return tuple(sorted(found, key=_prominence))


def _section(
    dossier: Dossier, issue: str | None, entries: Iterable[BriefingEntry], parties: Iterable[str]
) -> Section:
    found = dossier.issues.get(issue or "")
    listed = tuple(entries)
    picture = dispute_graph(dossier, dict.fromkeys(entry.claim.id for entry in listed), parties)
    question, note = (found.question, found.note) if found else (None, None)
    return Section(issue, question, note, listed, picture)


def _prominence(section: Section) -> tuple[bool, bool, str]:
    contested = any(entry.status is Status.CONTESTED for entry in section.entries)
    return (section.issue is None, not contested, section.issue or "")


def _thread(dossier: Dossier, top: Claim, placed: set[str]) -> Iterator[BriefingEntry]:
    """Yield a claim and all below it, each in full the first time that it is met."""
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


def _with_notes(section: Section, footnotes: Iterable[Footnote]) -> Section:
    numbers = {note.id: note.number for note in footnotes}
    entries = tuple(
        replace(e, footnotes=tuple(dict.fromkeys(numbers[c.source] for c in e.claim.citations)))
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
        origins=len({end for claim in claims for end in origins(dossier, claim)}),
        speaking_parties=tuple(sorted({party for claim in claims for party in claim.parties})),
        said=_span(claim.said for claim in claims),
        published=_span(source.published for source in sources),
    )


def _span(dates: Iterable[Date | None]) -> tuple[Date, Date] | None:
    found = sorted((date for date in dates if date), key=lambda date: (date.order, date.text))
    if not found:
        return None
    return found[0], max(found, key=lambda date: (date.latest, date.earliest))


def _parties(dossier: Dossier, claims: Sequence[Claim]) -> tuple[str, ...]:
    """Return who speaks on what is covered, then the registered parties that do not."""
    issues = {claim.issue for claim in claims if claim.issue}
    beside = (claim for claim in dossier.by_id.values() if claim.issue in issues)
    return ordered_parties(dossier, (*claims, *beside))


def _positions(
    dossier: Dossier, covered: set[str], parties: tuple[str, ...], sections: Iterable[Section]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return for each issue what each party holds, in the order of the parties.

    What the selection leaves out is looked at too: a party not selected is not therefore silent.
    """
    said: dict[tuple[str | None, str], list[Claim]] = defaultdict(list)
    for claim in sorted(dossier.by_id.values(), key=lambda claim: claim.order):
        for party in claim.parties:
            said[claim.issue, party].append(claim)
    inner = (entry.claim.issue for section in sections for entry in section.entries)
    issues = dict.fromkeys((*(section.issue for section in sections), *inner))
    return tuple(
        (issue, tuple(position_summary(said[issue, party], covered) for party in parties))
        for issue in issues
        if issue
    )
