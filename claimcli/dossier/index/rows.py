"""Conversion of records to rows of the index tables, and back."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any
from zlib import crc32

import msgspec
from msgspec import Struct

from claimcli.core.dates import FIRST, Date
from claimcli.core.party_names import folded_names
from claimcli.core.positions import position_key
from claimcli.core.problems import Problem
from claimcli.core.records import Answer, Claim, CommentRequest, Event, Issue, Party, Record, Source
from claimcli.core.schema import CLAIM, EVENT, ISSUE, PARTY, QUOTING, SOURCE, FieldType, RecordKind
from claimcli.dossier.index.problem_rows import Row, encode, problem_row

FILE_BITS = 24
"""A claim's key is its file's key, shifted by this, plus its number in the file, so the claims of a
file are one range of keys. 64 MiB of YAML, the largest file, hold fewer than 2 ** 24 claims."""

MadeBy = tuple[str | None, str | None, str | None]

_KINDS: tuple[type[Any], ...] = (Party, Source, Issue, Event, Claim)
_DECODERS: dict[str, Callable[[bytes], Any]] = {
    kind.__name__.lower(): msgspec.msgpack.Decoder(kind).decode for kind in _KINDS
}


RecordRows = Sequence[Any]
"""All rows of one record, in the order of :data:`LAYOUT`: one row for each of the first two tables,
a list of rows for each further table."""

LAYOUT = {
    "party": ("parties", "_registry", "_names", "party_aliases", "party_speakers"),
    "source": ("sources", "_registry", "origins"),
    "issue": ("issues", "_registry", "issue_positions", "compatible_positions"),
    "event": ("events", "_registry"),
    "claim": (
        "claims", "_claims", "claim_parties", "claim_tags", "citations", "responses", "requests",
    ),
}  # fmt: skip
"""The tables that store each kind of record."""


class FileToRead(Struct, array_like=True, frozen=True):
    """A file to read: its key in the index, its path and its size in bytes."""

    file: int
    path: str
    size: int


class FileRows(Struct, array_like=True):
    """Rows of some records of a file, by kind, of its problems, and the count of unread records."""

    file: int
    records: dict[str, list[RecordRows]]
    problems: list[Row]
    unread: int


def rows_of(
    file: int, number: int, records: Iterable[Record], problems: Iterable[Problem], unread: int
) -> FileRows:
    """Return the rows of some records of a file; ``number`` is that of the first claim."""
    rows: dict[str, list[RecordRows]] = {kind: [] for kind in LAYOUT}
    for record in records:
        if type(record) is Claim:
            rows["claim"].append(_claim((file << FILE_BITS) + number, file, record))
            number += 1
        else:
            kind, convert = _REGISTRIES[type(record)]
            rows[kind].append(convert(file, record))
    by_kind = {kind: bundles for kind, bundles in rows.items() if bundles}
    return FileRows(file, by_kind, [problem_row(file, problem) for problem in problems], unread)


_force = msgspec.structs.force_setattr
"""Completes a frozen record that was just decoded; no other code has a reference to it yet."""


_CHECKSUM_BYTES = 4


def encode_record(record: Record) -> bytes:
    """Return a record as bytes that begin with their checksum, so that damage is detected."""
    data = encode(record)
    return crc32(data).to_bytes(_CHECKSUM_BYTES) + data


def decode_record(kind: str, data: bytes, path: str) -> Any:
    """Return a record of a kind (such as "claim") that was read from the file ``path``.

    Raises msgspec.MsgspecError if the bytes are damaged.
    """
    encoded = data[_CHECKSUM_BYTES:]
    if crc32(encoded) != int.from_bytes(data[:_CHECKSUM_BYTES]):
        raise msgspec.DecodeError("the checksum of a record in the index is wrong")
    record: Any = _DECODERS[kind](encoded)
    _force(record.location, "path", path)
    return record


def text_check(text: str) -> int:
    """Return the checksum of a text that is also read without its record."""
    return crc32(text.encode())


def refuse_changed(text: str, check: int) -> None:
    """Raise msgspec.DecodeError if a text does not have its checksum."""
    if crc32(text.encode()) != check:
        raise msgspec.DecodeError("the checksum of a text in the index is wrong")


def refuse_another(id_: str, name: str) -> None:
    """Raise msgspec.DecodeError if a record has another id than the row that refers to it."""
    if id_ != name:
        raise msgspec.DecodeError("a row of the index refers to another record")


def decode_claim(data: bytes, path: str, issue: str | None, made_by: MadeBy) -> Claim:
    """Return a claim that was read from the file ``path``, with its own or inherited issue.

    ``made_by`` are the columns ``made_by*``.

    Raises msgspec.MsgspecError if the bytes are damaged.
    """
    claim: Claim = decode_record("claim", data, path)
    _force(claim, "issue", issue)
    if made_by[0] is not None:
        _force(claim, "made_by", made_by_date(made_by))
    for cited in claim.citations:
        _force(cited.location, "path", path)
    for answer in claim.responds_to:
        _force(answer.location, "path", path)
    for request in claim.asked:
        _force(request.location, "path", path)
    if claim.reports:
        _force(claim.reports.location, "path", path)
    return claim


def share_values(claim: Claim, shared: dict[Any, Any]) -> None:
    """Replace values that an earlier claim has too by its objects, which are kept in ``shared``.

    Parties, speakers, dates and sources recur; without them, a claim takes two thirds of the
    memory. The claim must have been decoded just now.
    """
    share = shared.setdefault
    _force(claim, "parties", share(claim.parties, claim.parties))
    if claim.speaker is not None:
        _force(claim, "speaker", share(claim.speaker, claim.speaker))
    if claim.issue is not None:
        _force(claim, "issue", share(claim.issue, claim.issue))
    if claim.said is not None:
        _force(claim, "said", share(("said", claim.said.text), claim.said))
    for cited in claim.citations:
        _force(cited, "source", share(cited.source, cited.source))


@lru_cache(maxsize=4096)
def made_by_date(cells: MadeBy) -> Date:
    """Return the date of the columns ``made_by*``."""
    text, last, utc = cells
    ends = (FIRST, datetime.fromisoformat(utc[20:])) if utc else None
    return Date(text or "", FIRST, datetime.fromisoformat(last or ""), ends, no_later=True)


@lru_cache(maxsize=4096)
def moments(date: Date | None) -> tuple[Any, ...]:
    """Return the four columns of a date: as written, first and last moment, both in UTC."""
    if date is None:
        return (None, None, None, None)
    utc = f"{date.utc[0].isoformat()}/{date.utc[1].isoformat()}" if date.utc else None
    return (date.text, date.earliest.isoformat(), date.latest.isoformat(), utc)


@lru_cache(maxsize=4096)
def sort_text(date: Date | None) -> str:
    """Return the sorting key of a date as text."""
    if date is None:
        return "~"
    day, rank, first, last = date.order
    return f"{day.isoformat()}{rank}{first.isoformat()}{last.isoformat()}"


def _column_values(kind: RecordKind) -> Callable[[Any], tuple[Any, ...]]:
    """Return a function that gives the cells of a record, in the order of ``tables.columns``."""
    flags = (field.name for field in kind.fields if field.type is FieldType.FLAG)
    texts = attrgetter(*(field.name for field in kind.fields if field.is_text), *flags)
    dates = [
        (attrgetter(field.name), 4 if field.bounds else 1)
        for field in kind.fields
        if field.type is FieldType.DATE
    ]

    def values(record: Any) -> tuple[Any, ...]:
        cells: tuple[Any, ...] = texts(record)
        for date, count in dates:
            cells += moments(date(record))[:count]
        return cells

    return values


_CLAIM, _PARTY, _SOURCE, _ISSUE, _EVENT = map(_column_values, (CLAIM, PARTY, SOURCE, ISSUE, EVENT))
_QUOTING = attrgetter(*(field.name for field in QUOTING))


def _claim(key: int, file: int, claim: Claim) -> RecordRows:
    reports = claim.reports
    sort = sort_text(claim.said)
    row = (
        key, *_CLAIM(claim), claim.parties[0], " ".join(claim.parties),
        position_key(claim.position) if claim.position else None,
        reports.party if reports else None, reports.speaker if reports else None,
        None, "withdrawn" if claim.withdrawn else "unanswered", False,
        file, claim.location.record[0], None, None, None, text_check(claim.statement), sort,
    )  # fmt: skip
    return (
        row,
        (key, encode_record(claim), _inherits(claim), None),
        [(party, sort, claim.id, key) for party in dict.fromkeys(claim.parties)],
        [(tag, key) for tag in dict.fromkeys(claim.tags)],
        [(key, number, c.source, *_QUOTING(c)) for number, c in enumerate(claim.citations)],
        [
            (key, number, answer.claim, answer.kind.value, _is_nested(answer, claim))
            for number, answer in enumerate(claim.responds_to)
        ],
        [(key, number, *_request(request)) for number, request in enumerate(claim.asked)],
    )


def _is_nested(answer: Answer, claim: Claim) -> bool:
    """Return whether a claim is written in the claim that it answers: the answer has its place."""
    return answer.location.record == claim.location.record


def _request(request: CommentRequest) -> Row:
    due, _, due_to, _ = moments(request.due)
    return (request.party, request.on.text, due, due_to, request.asker, request.note)


def _inherits(claim: Claim) -> str | None:
    """Return the id of the claim from which a claim without an issue inherits it."""
    if claim.issue is not None:
        return None
    return claim.responds_to[0].claim if claim.responds_to else claim.restates


def _party(file: int, party: Party) -> RecordRows:
    line = party.location.record[0]
    names = folded_names(party)
    return (
        (*_PARTY(party), True, file, line, None),
        ("party", party.id, file, encode_record(party)),
        [(name, party.id) for name in names],
        [(party.id, alias) for alias in party.aliases],
        [(party.id, speaker) for speaker in party.speakers],
    )


def _source(file: int, source: Source) -> RecordRows:
    row = (*_SOURCE(source), file, source.location.record[0])
    origins = [(source.id, origin) for origin in dict.fromkeys(source.derived_from)]
    return (row, ("source", source.id, file, encode_record(source)), origins)


def _issue(file: int, issue: Issue) -> RecordRows:
    row = (*_ISSUE(issue), True, file, issue.location.record[0])
    return (
        row,
        ("issue", issue.id, file, encode_record(issue)),
        [(issue.id, position, position_key(position)) for position in issue.positions],
        [
            (issue.id, one, other, position_key(one), position_key(other))
            for one, other in issue.compatible
        ],
    )


def _event(file: int, event: Event) -> RecordRows:
    row = (*_EVENT(event), file, event.location.record[0])
    return (row, ("event", event.id, file, encode_record(event)))


_REGISTRIES: dict[type, tuple[str, Callable[[int, Any], RecordRows]]] = {
    Party: ("party", _party),
    Source: ("source", _source),
    Issue: ("issue", _issue),
    Event: ("event", _event),
}
