"""Records of many files to one dossier: duplicates, references, what is only mentioned."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from claimcli.model import Claim, Dossier, Event, Issue, Kind, Party, Source, Where
from claimcli.near import did_you_mean
from claimcli.problems import Problem, Span
from claimcli.reading import Reading, Record

MOST_SUGGESTIONS = 50
"""Unknown references for which near matches are looked up: each is a search over all ids."""

_T = TypeVar("_T")


class _Shelves(Struct):
    """Records by kind and id, while they are being put together."""

    parties: dict[str, Party]
    sources: dict[str, Source]
    issues: dict[str, Issue]
    events: dict[str, Event]
    claims: dict[str, Claim]


def link(readings: Iterable[Reading]) -> Dossier:
    """Put the readings of all files together; their order does not matter.

    Of two records with one id the first in order of path and line stands, the other is reported.
    """
    in_order = sorted(readings, key=lambda reading: reading.path)
    problems = [problem for reading in in_order for problem in reading.problems]
    shelves = _Shelves({}, {}, {}, {}, {})
    doubles = list(_shelve(in_order, shelves))
    problems += doubles
    problems += _unknown_claims(shelves)
    problems += _unknown_sources(shelves)
    claims = tuple(sorted(_with_issues(shelves.claims), key=lambda claim: claim.order))
    return Dossier(
        claims=claims,
        by_id={claim.id: claim for claim in claims},
        parties=_sorted({**_mentioned_parties(shelves, claims), **shelves.parties}),
        sources=_sorted(shelves.sources),
        issues=_sorted({**_mentioned_issues(claims), **shelves.issues}),
        events=_sorted(shelves.events),
        answers=_answers(claims),
        problems=tuple(sorted(problems, key=lambda problem: problem.order)),
        files=tuple(reading.path for reading in in_order),
        unread=sum(reading.unread for reading in in_order) + len(doubles),
    )


def _sorted(records: dict[str, _T]) -> dict[str, _T]:
    return dict(sorted(records.items()))


def _shelve(readings: Iterable[Reading], shelves: _Shelves) -> Iterator[Problem]:
    for reading in readings:
        for record in reading.records:
            shelf = _shelf(shelves, record)
            first = shelf.setdefault(record.id, record)
            if first is not record:
                yield _duplicate(record, first)


def _shelf(shelves: _Shelves, record: Record) -> dict[str, Record]:
    name = {Party: "parties", Source: "sources", Issue: "issues", Event: "events", Claim: "claims"}
    shelf: dict[str, Record] = getattr(shelves, name[type(record)])
    return shelf


def _duplicate(record: Record, first: Record) -> Problem:
    what = type(record).__name__.lower()
    place = first.where.of("id")
    return Problem(
        "duplicate-id",
        f"a second {what} '{record.id}'",
        record.where.of("id"),
        help=f"give it another id; the first is at {place}",
        related=(place,),
    )


def _unknown_claims(shelves: _Shelves) -> Iterator[Problem]:
    unknown = _Unknown()
    for claim in shelves.claims.values():
        for answer in claim.responds_to:
            if answer.claim not in shelves.claims:
                yield unknown.problem(
                    "claim", answer.claim, answer.where.of("claim"), shelves.claims
                )
        for field in ("restates", "supersedes"):
            target = getattr(claim, field)
            if target and target not in shelves.claims:
                yield unknown.problem("claim", target, claim.where.of(field), shelves.claims)


def _unknown_sources(shelves: _Shelves) -> Iterator[Problem]:
    unknown = _Unknown()
    for claim in shelves.claims.values():
        for citation in claim.citations:
            if citation.source not in shelves.sources:
                yield unknown.problem(
                    "source", citation.source, citation.where.of("id"), shelves.sources
                )
    for source in shelves.sources.values():
        for origin in source.derived_from:
            if origin not in shelves.sources:
                place = source.where.of("derived_from")
                yield unknown.problem("source", origin, place, shelves.sources)


class _Unknown:
    """Makes problems of references to nothing; looking for near matches has its price."""

    def __init__(self) -> None:
        self.suggestions_left = MOST_SUGGESTIONS

    def problem(self, what: str, name: str, span: Span, known: Iterable[str]) -> Problem:
        otherwise = f"add the {what} or mend the id"
        self.suggestions_left -= 1
        hint = did_you_mean(name, known, otherwise) if self.suggestions_left >= 0 else otherwise
        return Problem(f"unknown-{what}", f"no {what} '{name}'", span, help=hint)


def _with_issues(claims: Mapping[str, Claim]) -> Iterator[Claim]:
    """Give each claim without an issue that of the claim it answers or restates."""
    known: dict[str, str | None] = {}
    for claim in claims.values():
        issue = claim.issue or _issue_of(claim, claims, known)
        yield claim if issue == claim.issue else replace(claim, issue=issue)


def _issue_of(
    claim: Claim, claims: Mapping[str, Claim], known: dict[str, str | None]
) -> str | None:
    """Follow a claim to one with an issue; each claim on the way is followed once for all."""
    path: dict[str, None] = {}
    at: Claim | None = claim
    while at is not None and at.issue is None and at.id not in known and at.id not in path:
        path[at.id] = None
        target = at.responds_to[0].claim if at.responds_to else at.restates
        at = claims.get(target) if target else None
    issue = (at.issue or known.get(at.id)) if at else None
    known.update(dict.fromkeys(path, issue))
    return issue


def _mentioned_parties(shelves: _Shelves, claims: Iterable[Claim]) -> dict[str, Party]:
    found: dict[str, Party] = {}
    for claim in sorted(claims, key=lambda claim: claim.where.span):
        for party in claim.parties:
            found.setdefault(party, _mentioned(party, claim.where.of("party")))
        reports = claim.reports
        if reports and reports.party:
            found.setdefault(reports.party, _mentioned(reports.party, reports.where.of("party")))
    for member in shelves.parties.values():
        if member.part_of:
            found.setdefault(member.part_of, _mentioned(member.part_of, member.where.of("part_of")))
    return found


def _mentioned(party: str, span: Span) -> Party:
    return Party(id=party, where=_at(span), registered=False)


def _mentioned_issues(claims: Iterable[Claim]) -> dict[str, Issue]:
    found: dict[str, Issue] = {}
    for claim in sorted(claims, key=lambda claim: claim.where.span):
        if claim.issue and "issue" in claim.where.fields:
            place = _at(claim.where.of("issue"))
            found.setdefault(claim.issue, Issue(id=claim.issue, where=place, registered=False))
    return found


def _answers(claims: Iterable[Claim]) -> dict[str, tuple[tuple[str, Kind], ...]]:
    """Return for each answered claim its answers in order, unknown targets left out."""
    ordered = tuple(claims)
    known = {claim.id for claim in ordered}
    found: dict[str, list[tuple[str, Kind]]] = {}
    for claim in ordered:
        for answer in claim.responds_to:
            if answer.claim in known:
                found.setdefault(answer.claim, []).append((claim.id, answer.kind))
    return {target: tuple(answers) for target, answers in found.items()}


def _at(span: Span) -> Where:
    return Where(span.path, (span.line, span.column, span.end_line, span.end_column))
