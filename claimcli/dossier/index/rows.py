"""Records as rows of the tables, and rows as records."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import Struct

from claimcli.core.dates import Date
from claimcli.core.problems import Fix, Place, Problem, Span
from claimcli.core.records import Claim, Event, Issue, Party, Record, Source
from claimcli.core.text.word_diff import key_of

FILE_BITS = 24
"""A claim's key is its file's key and, in the lowest bits, its number there: 64 MiB of YAML hold
fewer than 2 ** 24 claims, and a file's claims are one range of keys."""

Row = Sequence[Any]

encode = msgspec.msgpack.Encoder().encode
_KINDS: tuple[type[Any], ...] = (Party, Source, Issue, Event, Claim)
_DECODERS: dict[str, Callable[[bytes], Any]] = {
    kind.__name__.lower(): msgspec.msgpack.Decoder(kind).decode for kind in _KINDS
}


RecordRows = Sequence[Any]
"""All rows of one record: one for each of the first two tables of its kind, then lists of rows."""

LAYOUT = {
    "party": ("parties", "_registry", "_names", "party_aliases", "party_speakers"),
    "source": ("sources", "_registry", "origins"),
    "issue": ("issues", "_registry"),
    "event": ("events", "_registry"),
    "claim": ("claims", "_claims", "claim_parties", "claim_tags", "citations", "responses"),
}
"""The tables in which the records of each kind stand."""


class Rows(Struct, array_like=True):
    """The rows of some of a file's records by kind, and of its problems."""

    records: dict[str, list[RecordRows]]
    problems: list[Row]


class FileToRead(Struct, array_like=True, frozen=True):
    """One file to read: its key in the index, where it is, and how many bytes it has."""

    file: int
    path: str
    size: int


class FileRows(Struct, array_like=True):
    """Some rows of a file, and how many of its records could not be read."""

    file: int
    rows: Rows
    unread: int


def rows_of(file: int, number: int, records: Iterable[Record], problems: Iterable[Problem]) -> Rows:
    """Return the rows of some of a file's records; ``number`` is that of the first claim in it."""
    found: dict[str, list[RecordRows]] = {kind: [] for kind in LAYOUT}
    for record in records:
        if type(record) is Claim:
            found["claim"].append(_claim((file << FILE_BITS) + number, file, record))
            number += 1
        else:
            kind, bundle = _REGISTRIES[type(record)]
            found[kind].append(bundle(file, record))
    return Rows(
        {kind: bundles for kind, bundles in found.items() if bundles},
        [problem_row(file, problem) for problem in problems],
    )


def problem_row(file: int, problem: Problem, name: str | None = None) -> Row:
    """Return the row of a problem; other places that belong to it are in the same file."""
    span = problem.span
    related = [(s.line, s.column, s.end_line, s.end_column) for s in problem.related]
    return (
        None, file, problem.rule, problem.severity.value, problem.message, problem.help,
        span.line, span.column, span.end_line, span.end_column, name,
        encode(related) if related else None, encode_fix(problem.fix),
    )  # fmt: skip


def encode_fix(fix: Fix | None) -> bytes | None:
    """Return a mend without its path, as bytes."""
    if fix is None:
        return None
    at = fix.span
    place = (at.line, at.column, at.end_line, at.end_column)
    return encode((place, fix.before, fix.after))


def decode_fix(data: bytes | None, path: str) -> Fix | None:
    """Return the mend of a problem in the file ``path``."""
    if data is None:
        return None
    place, before, after = msgspec.msgpack.decode(data, type=tuple[Place, str, str])
    return Fix(Span(path, *place), before, after)


def decode_places(data: bytes | None) -> list[Place]:
    """Return the other places of a problem."""
    return msgspec.msgpack.decode(data, type=list[Place]) if data else []


_force = msgspec.structs.force_setattr
"""For records that are not out in the world yet, so that nobody sees them change."""


def decode_record(kind: str, data: bytes, path: str) -> Any:
    """Return the record of a kind (such as "claim"), as read from the file ``path``.

    Raises msgspec.MsgspecError where the bytes are none.
    """
    record: Any = _DECODERS[kind](data)
    _force(record.location, "path", path)
    return record


def decode_claim(data: bytes, path: str, issue: str | None) -> Claim:
    """Return a claim as read from the file ``path``, with the issue that it has in the dossier.

    Raises msgspec.MsgspecError where the bytes are none.
    """
    claim: Claim = decode_record("claim", data, path)
    if claim.issue != issue:
        _force(claim, "issue", issue)
    for cited in claim.citations:
        _force(cited.location, "path", path)
    for answer in claim.responds_to:
        _force(answer.location, "path", path)
    if claim.reports:
        _force(claim.reports.location, "path", path)
    return claim


def fold_name(name: str) -> str:
    """Return a name as names are compared: letter case and spacing aside."""
    return " ".join(name.casefold().split())


@lru_cache(maxsize=4096)
def moments(date: Date | None) -> tuple[Any, ...]:
    """Return the four columns of a date: as written, first and last moment, zoned."""
    if date is None:
        return (None, None, None, None)
    return (date.text, date.earliest.isoformat(), date.latest.isoformat(), date.zoned)


def _claim(key: int, file: int, claim: Claim) -> RecordRows:
    said = moments(claim.said)
    reports = claim.reports
    row = (
        key, claim.id, claim.parties[0], " ".join(claim.parties), claim.speaker, claim.statement,
        *said, *moments(claim.about), claim.issue, claim.position,
        key_of(claim.position) if claim.position else None, claim.event,
        reports.party if reports else None, reports.speaker if reports else None,
        claim.restates, claim.supersedes, None, str(claim.withdrawn) if claim.withdrawn else None,
        claim.note, "withdrawn" if claim.withdrawn else "unanswered", file,
        claim.location.record[0],
    )  # fmt: skip
    sort = f"{said[1]}{said[2]}" if claim.said else "~"
    return (
        row,
        (key, encode(claim), _inherits(claim), None),
        [(party, sort, claim.id, key) for party in dict.fromkeys(claim.parties)],
        [(tag, key) for tag in dict.fromkeys(claim.tags)],
        [
            (key, number, c.source, c.quote, c.translation, c.locator, c.prefix, c.suffix)
            for number, c in enumerate(claim.citations)
        ],
        [
            (key, number, answer.claim, answer.kind.value)
            for number, answer in enumerate(claim.responds_to)
        ],
    )


def _inherits(claim: Claim) -> str | None:
    """Return the id of the claim whose issue a claim without one has."""
    if claim.issue is not None:
        return None
    return claim.responds_to[0].claim if claim.responds_to else claim.restates


def _party(file: int, party: Party) -> RecordRows:
    line = party.location.record[0]
    names = dict.fromkeys(fold_name(name) for name in (party.label, *party.aliases))
    return (
        (party.id, party.name, party.kind, party.part_of, party.note, True, file, line),
        ("party", party.id, file, encode(party)),
        [(name, party.id) for name in names],
        [(party.id, alias) for alias in party.aliases],
        [(party.id, speaker) for speaker in party.speakers],
    )


def _source(file: int, source: Source) -> RecordRows:
    row = (
        source.id, source.title, source.outlet, source.author, *moments(source.published),
        source.url, source.archive_url, str(source.accessed) if source.accessed else None,
        source.language, source.kind, source.text, source.sha256, source.note, file,
        source.location.record[0],
    )  # fmt: skip
    origins = [(source.id, origin) for origin in dict.fromkeys(source.derived_from)]
    return (row, ("source", source.id, file, encode(source)), origins)


def _issue(file: int, issue: Issue) -> RecordRows:
    row = (issue.id, issue.question, issue.note, True, file, issue.location.record[0])
    return (row, ("issue", issue.id, file, encode(issue)))


def _event(file: int, event: Event) -> RecordRows:
    date = str(event.date) if event.date else None
    row = (event.id, event.title, date, event.place, file, event.location.record[0])
    return (row, ("event", event.id, file, encode(event)))


_REGISTRIES: dict[type, tuple[str, Callable[[int, Any], RecordRows]]] = {
    Party: ("party", _party),
    Source: ("source", _source),
    Issue: ("issue", _issue),
    Event: ("event", _event),
}
