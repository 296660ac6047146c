"""The records of a dossier, frozen, each with the place it was read from.

A dossier is everything that was read together. Nested answers are claims like all others: the
relation to what they answer is their ``responds_to``.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from claimcli.core.dates import Date
from claimcli.core.problems import Place, Problem, Span
from claimcli.core.schema import Kind
from claimcli.core.short_repr import ShortRepr


class Status(StrEnum):
    """How a claim stands against all other parties' claims."""

    CONTESTED = "contested"
    QUALIFIED = "qualified"
    CONFIRMED = "confirmed"
    UNANSWERED = "unanswered"
    WITHDRAWN = "withdrawn"


_encode_places = msgspec.msgpack.Encoder().encode
_decode_places = msgspec.msgpack.Decoder(dict[str, Place]).decode


class Location(Struct, frozen=True, array_like=True):
    """The places of a record and its fields in one file.

    While reading ``path`` is "": which file it is stands in the index. ``places`` are those of
    the fields by name, as MessagePack: few of many are ever looked at.
    """

    path: str
    record: Place
    places: bytes = b""

    @classmethod
    def found(cls, path: str, record: Place, fields: Mapping[str, Place]) -> "Location":
        """Return the places of a record and of its fields."""
        return cls(path, record, _encode_places(fields))

    def __repr__(self) -> str:
        return f"<{self.span}>"

    @property
    def span(self) -> Span:
        """The place of the whole record."""
        return Span(self.path, *self.record)

    def of(self, field: str) -> Span:
        """Return the place of a field's value, or of the record where it has none."""
        return Span(self.path, *self.place(field))

    def place(self, field: str) -> Place:
        """Return what :meth:`of` does, without the file."""
        return self._fields().get(field, self.record)

    def has(self, field: str) -> bool:
        """Return whether a field is written there."""
        return field in self._fields()

    def _fields(self) -> dict[str, Place]:
        return _decode_places(self.places) if self.places else {}


NOWHERE = Location("", (1, 1, 1, 1))
"""The place of what stands in no file."""


class Party(ShortRepr, frozen=True, kw_only=True, array_like=True):
    """Somebody who makes claims. One that is only mentioned has no place but its mention's."""

    id: str
    location: Location
    name: str | None = None
    kind: str | None = None
    aliases: tuple[str, ...] = ()
    part_of: str | None = None
    speakers: tuple[str, ...] = ()
    note: str | None = None
    registered: bool = True

    @property
    def label(self) -> str:
        """The name, or the id where no name is on file."""
        return self.name or self.id


class Source(ShortRepr, frozen=True, kw_only=True, array_like=True):
    """A document that claims are cited from; written inline it has a derived id."""

    id: str
    title: str
    location: Location
    outlet: str | None = None
    author: str | None = None
    published: Date | None = None
    url: str | None = None
    archive_url: str | None = None
    accessed: Date | None = None
    language: str | None = None
    kind: str | None = None
    derived_from: tuple[str, ...] = ()
    text: str | None = None
    sha256: str | None = None
    note: str | None = None


class Issue(ShortRepr, frozen=True, kw_only=True, array_like=True):
    """A question in dispute. One that is only mentioned has no question."""

    id: str
    location: Location
    question: str | None = None
    note: str | None = None
    registered: bool = True


class Event(ShortRepr, frozen=True, kw_only=True, array_like=True):
    """Something that happened, which claims may speak of."""

    id: str
    title: str
    location: Location
    date: Date | None = None
    place: str | None = None


class Citation(ShortRepr, frozen=True, kw_only=True, array_like=True):
    """A source as one claim cites it; the quote is in the source's own language.

    ``prefix`` and ``suffix`` are the words right beside it, where it stands several times.
    """

    source: str
    location: Location
    quote: str | None = None
    translation: str | None = None
    locator: str | None = None
    prefix: str | None = None
    suffix: str | None = None


class Reported(ShortRepr, frozen=True, kw_only=True, array_like=True):
    """Whose words a claim relays."""

    location: Location
    party: str | None = None
    speaker: str | None = None


class Answer(ShortRepr, frozen=True, kw_only=True, array_like=True):
    """That a claim answers another, and how."""

    claim: str
    kind: Kind
    location: Location


class Claim(ShortRepr, frozen=True, kw_only=True, array_like=True):
    """What a party says. ``parties`` holds more than one for a joint statement.

    ``issue`` is the one written, or for a nested answer that of the claim it stands under.
    """

    id: str
    parties: tuple[str, ...]
    statement: str
    location: Location
    speaker: str | None = None
    said: Date | None = None
    about: Date | None = None
    issue: str | None = None
    position: str | None = None
    event: str | None = None
    reports: Reported | None = None
    citations: tuple[Citation, ...] = ()
    responds_to: tuple[Answer, ...] = ()
    restates: str | None = None
    supersedes: str | None = None
    withdrawn: Date | None = None
    tags: tuple[str, ...] = ()
    note: str | None = None

    @property
    def party(self) -> str:
        """The first of the parties."""
        return self.parties[0]

    @property
    def order(self) -> tuple[bool, datetime, datetime, str]:
        """The sorting key of claims: by when it was said (undated last), then by id."""
        if self.said is None:
            return (True, datetime.max, datetime.max, self.id)
        return (False, self.said.earliest, self.said.latest, self.id)


Record = Party | Source | Issue | Event | Claim


def without_locations(record: Record) -> Record:
    """Return a record without locations, and a claim without an issue inherited from another."""
    if not isinstance(record, Claim):
        return replace(record, location=NOWHERE)
    return replace(
        record,
        location=NOWHERE,
        issue=record.issue if record.location.has("issue") else None,
        reports=record.reports and replace(record.reports, location=NOWHERE),
        citations=tuple(replace(citation, location=NOWHERE) for citation in record.citations),
        responds_to=tuple(replace(answer, location=NOWHERE) for answer in record.responds_to),
    )


class Dossier(ShortRepr, frozen=True, kw_only=True):
    """What was asked for of everything that was read together, by id, with its cross references.

    ``claims`` are the ones asked for, in order; ``by_id`` has them and what belongs to them: at
    least their answers, and all claims where everything was asked for. For each of ``by_id``
    there is its status; ``answers`` gives the ids and kinds of what answers it, ``superseded``
    the claim of its party that takes its place. ``unread`` counts records that could not be
    read, ``errors`` the problems that are errors; ``problems`` and ``files`` are there where
    they were asked for. ``origins`` gives for each source that is derived from others what it goes
    back to, ``party_ids`` the id of each party name in the request.
    """

    claims: tuple[Claim, ...] = ()
    by_id: Mapping[str, Claim] = {}
    statuses: Mapping[str, Status] = {}
    answers: Mapping[str, tuple[tuple[str, Kind], ...]] = {}
    superseded: Mapping[str, str] = {}
    parties: Mapping[str, Party] = {}
    sources: Mapping[str, Source] = {}
    issues: Mapping[str, Issue] = {}
    events: Mapping[str, Event] = {}
    origins: Mapping[str, tuple[str, ...]] = {}
    problems: tuple[Problem, ...] = ()
    files: tuple[str, ...] = ()
    party_ids: Mapping[str, str] = {}
    unread: int = 0
    errors: int = 0


def party_label(dossier: Dossier, party: str) -> str:
    """Return a party's name, or its id if no name is on file."""
    record = dossier.parties.get(party)
    return record.label if record else party
