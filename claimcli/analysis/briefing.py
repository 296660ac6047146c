"""The briefing: what was said on each issue, by whom, when, from which source, and who answered.

Every answer to a claim that it covers is in it, whoever gave it, and every claim that one answers.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct

from claimcli.model import Claim, Dossier, Kind, Source
from claimcli.problems import Problem, Severity
from claimcli.relations import Status, statuses

MOST_GAPS = 20
"""Problems that a briefing with gaps lists; it counts the others."""


class Entry(Struct, frozen=True):
    """A claim in its place: how deep it lies, what it does to the one above, its footnotes."""

    claim: Claim
    depth: int
    kind: Kind | None
    footnotes: tuple[int, ...]
    status: Status


class Section(Struct, frozen=True):
    """One issue with its threads, each claim once."""

    issue: str | None
    question: str | None
    entries: tuple[Entry, ...]


class Footnote(Struct, frozen=True):
    """A numbered source; ``source`` is None where none of that id is on file."""

    number: int
    id: str
    source: Source | None


class Briefing(Struct, frozen=True):
    """All that a briefing says, in order."""

    title: str
    dossier: Dossier
    claims: tuple[Claim, ...]
    rebuttals: int
    parties: tuple[str, ...]
    earliest: str | None
    latest: str | None
    positions: tuple[tuple[str, tuple[str, ...]], ...]
    sections: tuple[Section, ...]
    unanswered: tuple[Entry, ...]
    timeline: tuple[Entry, ...]
    footnotes: tuple[Footnote, ...]
    gaps: tuple[Problem, ...]
    more_gaps: int


def briefing(dossier: Dossier, *, title: str = "") -> Briefing:
    """Return the briefing of the dossier's chosen claims and of what belongs to them."""
    covered = _covered(dossier)
    claims = tuple(sorted((dossier.by_id[name] for name in covered), key=lambda c: c.order))
    status = statuses(dossier)
    sections = _sections(dossier, claims, status)
    entries = {entry.claim.id: entry for section in sections for entry in section.entries}
    footnotes = _footnotes(dossier, [e.claim for s in sections for e in s.entries])
    numbered = {note.id: note.number for note in footnotes}
    sections = tuple(_with_notes(section, numbered) for section in sections)
    entries = {entry.claim.id: entry for section in sections for entry in section.entries}
    in_order = tuple(entries[claim.id] for claim in claims)
    dates = sorted((claim.said for claim in claims if claim.said), key=lambda date: date.order)
    errors = [p for p in dossier.problems if p.severity is Severity.ERROR]
    parties = _parties(dossier, claims)
    return Briefing(
        title=title or "Briefing: who said what",
        dossier=dossier,
        claims=claims,
        rebuttals=sum(any(a.kind.opposes for a in claim.responds_to) for claim in claims),
        parties=parties,
        earliest=str(dates[0]) if dates else None,
        latest=str(max(dates, key=lambda date: date.latest)) if dates else None,
        positions=_positions(claims, parties, sections),
        sections=sections,
        unanswered=tuple(e for e in in_order if e.status is Status.UNANSWERED),
        timeline=in_order,
        footnotes=footnotes,
        gaps=tuple(errors[:MOST_GAPS]),
        more_gaps=max(0, len(errors) - MOST_GAPS),
    )


def _covered(dossier: Dossier) -> set[str]:
    """Return the chosen claims, all answers to them to any depth, and what they answer."""
    found = {claim.id for claim in dossier.claims}
    answered = [
        answer.claim
        for claim in dossier.claims
        for answer in claim.responds_to
        if answer.claim in dossier.by_id
    ]
    found.update(answered)
    todo = list(found)
    while todo:
        below = {answer for answer, _ in dossier.answers.get(todo.pop(), ())} - found
        found |= below
        todo += below
    return found


def _sections(
    dossier: Dossier, claims: tuple[Claim, ...], status: dict[str, Status]
) -> tuple[Section, ...]:
    """Return the issues, contested ones first, then by id; claims on no issue come last."""
    threads: dict[str | None, list[Entry]] = defaultdict(list)
    placed: set[str] = set()
    covered = {claim.id for claim in claims}
    tops = [c for c in claims if not any(a.claim in covered for a in c.responds_to)]
    for claim in (*tops, *claims):  # of a circle of answers no claim is a top one
        if claim.id not in placed:
            threads[claim.issue] += _thread(dossier, claim, covered, placed, status)
    found = [
        Section(issue, _question(dossier, issue), tuple(entries))
        for issue, entries in threads.items()
    ]
    return tuple(
        sorted(
            found,
            key=lambda s: (
                s.issue is None,
                all(entry.status is not Status.CONTESTED for entry in s.entries),
                s.issue or "",
            ),
        )
    )


def _thread(
    dossier: Dossier,
    top: Claim,
    covered: set[str],
    placed: set[str],
    status: dict[str, Status],
) -> Iterator[Entry]:
    todo: list[tuple[str, int, Kind | None]] = [(top.id, 0, None)]
    while todo:
        name, depth, kind = todo.pop()
        if name in placed or name not in covered:
            continue
        placed.add(name)
        yield Entry(dossier.by_id[name], depth, kind, (), status[name])
        answers = dossier.answers.get(name, ())
        todo += [(answer, depth + 1, how) for answer, how in reversed(answers)]


def _question(dossier: Dossier, issue: str | None) -> str | None:
    found = dossier.issues.get(issue or "")
    return found.question if found else None


def _footnotes(dossier: Dossier, claims: Iterable[Claim]) -> tuple[Footnote, ...]:
    cited = dict.fromkeys(citation.source for claim in claims for citation in claim.citations)
    return tuple(
        Footnote(number, name, dossier.sources.get(name)) for number, name in enumerate(cited, 1)
    )


def _with_notes(section: Section, numbered: dict[str, int]) -> Section:
    entries = tuple(
        Entry(
            e.claim,
            e.depth,
            e.kind,
            tuple(dict.fromkeys(numbered[c.source] for c in e.claim.citations)),
            e.status,
        )
        for e in section.entries
    )
    return Section(section.issue, section.question, entries)


def _parties(dossier: Dossier, claims: Iterable[Claim]) -> tuple[str, ...]:
    """Return who speaks, then the registered parties that do not."""
    speaking = {party for claim in claims for party in claim.parties}
    registered = {party.id for party in dossier.parties.values() if party.registered}
    return (*sorted(speaking), *sorted(registered - speaking))


def _positions(
    claims: Iterable[Claim], parties: tuple[str, ...], sections: Iterable[Section]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return for each issue what each party holds, in the order of the parties."""
    said: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        for party in claim.parties:
            said[claim.issue or "", party].append(claim)
    return tuple(
        (section.issue, tuple(_stance(said[section.issue, party]) for party in parties))
        for section in sections
        if section.issue
    )


def _stance(claims: list[Claim]) -> str:
    if not claims:
        return "silent"
    held = list(dict.fromkeys(claim.position for claim in claims if claim.position))
    return " → ".join(held) if held else "speaks, no position on file"
