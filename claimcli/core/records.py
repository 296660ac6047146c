"""The frozen records of a dossier. Nested answers are claims, which name those they answer."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Raw, Struct, msgpack

from claimcli.core.dates import UNDATED, Date, DateOrder
from claimcli.core.opposition import UNOPPOSED, Opposition
from claimcli.core.problems import ClaimcliError, Place, Problem, Span, UnreadPart, list_unread
from claimcli.core.response_kinds import Kind
from claimcli.core.short_repr import ShortRepr
from claimcli.core.withheld import NOTHING_WITHHELD, Withheld


class Status(StrEnum):
    """The status of a claim with regard to the claims of all other parties."""

    CONTESTED = "contested"
    DIVIDED = "divided"
    QUALIFIED = "qualified"
    CONFIRMED = "confirmed"
    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    WITHDRAWN = "withdrawn"


OPPOSED = (Status.CONTESTED, Status.DIVIDED)
"""The statuses of claims that others oppose."""

_encode_places = msgpack.Encoder().encode
_decode_record = msgpack.Decoder(tuple[Place, Raw]).decode
_decode_fields = msgpack.Decoder(tuple[Raw, dict[str, Place]]).decode


class Location(Struct, frozen=True, array_like=True, gc=False):
    """The places of a record and its fields in one file.

    ``path`` is "" during reading. ``places`` is a MessagePack array of the place of the record and
    a map of those of its fields by name: few are used, and as bytes they take the least memory.
    """

    path: str
    places: bytes

    @classmethod
    def create(cls, path: str, record: Place, fields: Mapping[str, Place]) -> "Location":
        """Return the location of a record whose fields are at these places."""
        return cls(path, _encode_places((record, fields)))

    @property
    def record(self) -> Place:
        """The place of the whole record, without the file."""
        return _decode_record(self.places)[0]

    def __repr__(self) -> str:
        return f"<{self.span}>"

    @property
    def span(self) -> Span:
        """The place of the whole record."""
        return Span(self.path, *self.record)

    def of(self, field: str) -> Span:
        """Return the place of a field's value, or of the record if it lacks the field."""
        return Span(self.path, *self.place(field))

    def place(self, field: str) -> Place:
        """Return the same as :meth:`of`, without the file."""
        return _decode_fields(self.places)[1].get(field) or self.record

    def has(self, field: str) -> bool:
        """Return whether the record in the file has a field."""
        return field in _decode_fields(self.places)[1]


NOWHERE = Location.create("", (1, 1, 1, 1), {})
"""The location of a record that is in no file."""


class Party(ShortRepr, frozen=True, kw_only=True, array_like=True, gc=False):
    """Somebody who makes claims. A party without a record has the location of its first mention."""

    id: str
    location: Location
    name: str | None = None
    kind: str | None = None
    aliases: tuple[str, ...] = ()
    part_of: str | None = None
    color: str | None = None
    speakers: tuple[str, ...] = ()
    note: str | None = None
    registered: bool = True

    @property
    def label(self) -> str:
        """The name, or the id if no name is on file."""
        return self.name or self.id


class Source(ShortRepr, frozen=True, kw_only=True, array_like=True, gc=False):
    """A document that claims are cited from; one described in a citation has a derived id."""

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
    internal: bool = False
    note: str | None = None


class Issue(ShortRepr, frozen=True, kw_only=True, array_like=True, gc=False):
    """A question in dispute. An issue without a record has no text of the question."""

    id: str
    location: Location
    question: str | None = None
    positions: tuple[str, ...] = ()
    compatible: tuple[tuple[str, str], ...] = ()
    note: str | None = None
    registered: bool = True


class Event(ShortRepr, frozen=True, kw_only=True, array_like=True, gc=False):
    """Something that happened, which claims can be about."""

    id: str
    title: str
    location: Location
    date: Date | None = None
    place: str | None = None


class Citation(ShortRepr, frozen=True, kw_only=True, array_like=True, gc=False):
    """A source as one claim cites it; the quote is in the source's language.

    ``prefix`` and ``suffix`` are the words next to the quote, to select an occurrence.
    """

    source: str
    location: Location
    quote: str | None = None
    translation: str | None = None
    locator: str | None = None
    prefix: str | None = None
    suffix: str | None = None


class Reported(ShortRepr, frozen=True, kw_only=True, array_like=True, gc=False):
    """The party and the speaker whose words a claim relays."""

    location: Location
    party: str | None = None
    speaker: str | None = None


class Answer(ShortRepr, frozen=True, kw_only=True, array_like=True, gc=False):
    """The claim that is answered, and the kind of the answer."""

    claim: str
    kind: Kind
    location: Location


class CommentRequest(ShortRepr, frozen=True, kw_only=True, array_like=True, gc=False):
    """A request to a party to comment on a claim."""

    location: Location
    party: str
    on: Date
    due: Date | None = None
    asker: str | None = None
    note: str | None = None


class Claim(ShortRepr, frozen=True, kw_only=True, array_like=True, gc=False):
    """What a party says. A joint statement has several ``parties``.

    A nested answer without an ``issue`` has that of the claim it answers. ``made_by`` is not a
    field of the file: without ``said``, it is the earliest publication date of the sources.
    """

    id: str
    parties: tuple[str, ...]
    statement: str
    location: Location
    speaker: str | None = None
    said: Date | None = None
    made_by: Date | None = None
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
    asked: tuple[CommentRequest, ...] = ()
    internal: bool = False
    tags: tuple[str, ...] = ()
    note: str | None = None

    @property
    def when(self) -> Date | None:
        """When the claim was made: ``said``, else no later than its sources were published."""
        return self.said or self.made_by

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The ids of the cited sources, each once."""
        return tuple(dict.fromkeys(citation.source for citation in self.citations))

    @property
    def party(self) -> str:
        """The first of the parties."""
        return self.parties[0]

    @property
    def order(self) -> tuple[DateOrder, str]:
        """The sorting key of claims: the date (undated last), then the id."""
        return (self.when.order if self.when else UNDATED, self.id)


Record = Party | Source | Issue | Event | Claim


class Dossier(ShortRepr, frozen=True, kw_only=True):
    """The records selected by a request, indexed by id, with their cross-references.

    ``claims`` are the selected claims, in order. ``by_id`` has these and related claims: at least
    their answers, or all claims. ``statuses``, ``answers`` (ids and kinds) and ``superseded`` (the
    claim of the same party that replaces it) are those of ``by_id``. ``answered`` are those to
    which a party outside their tree has an answer on file; ``opposition`` names what opposes each,
    ``speakers`` those of all claims, if requested. ``origins`` are those of each derived source.
    ``party_ids`` has the id of each party name in the request, ``registered`` the ids of
    ``parties`` in registry order, if sorted otherwise. ``polarity`` is the path of its negations.
    ``unread`` counts records, and ``unread_parts`` of files, not read; ``nothing_read``: no others.
    ``errors`` counts errors; ``problems`` and ``files`` are empty unless requested. ``cut_texts``
    are texts that a comment ends. ``internal`` are the ids of claims that are marked so, have
    internal sources alone or are in such a claim; ``withheld`` says which were left out.
    """

    claims: tuple[Claim, ...] = ()
    by_id: Mapping[str, Claim] = {}
    statuses: Mapping[str, Status] = {}
    answered: frozenset[str] = frozenset()
    opposition: Mapping[str, Opposition] | None = None
    speakers: tuple[str, ...] | None = None
    answers: Mapping[str, tuple[tuple[str, Kind], ...]] = {}
    superseded: Mapping[str, str] = {}
    parties: Mapping[str, Party] = {}
    registered: tuple[str, ...] = ()
    sources: Mapping[str, Source] = {}
    issues: Mapping[str, Issue] = {}
    events: Mapping[str, Event] = {}
    origins: Mapping[str, tuple[str, ...]] = {}
    problems: tuple[Problem, ...] = ()
    files: tuple[str, ...] = ()
    text_folders: tuple[str, ...] = ()
    polarity: str = ""
    verdict_file: str = ""
    party_ids: Mapping[str, str] = {}
    unread: int = 0
    unread_parts: tuple[UnreadPart, ...] = ()
    nothing_read: bool = False
    errors: int = 0
    cut_texts: frozenset[tuple[str, int, int]] = frozenset()
    internal: frozenset[str] = frozenset()
    withheld: Withheld = NOTHING_WITHHELD

    @property
    def unread_note(self) -> str:
        """What could not be read, or ""."""
        return list_unread(self.unread_parts, self.unread - len(self.unread_parts))


def opposition_of(dossier: Dossier, claim: str) -> Opposition:
    """Return what opposes a claim. Raises ClaimcliError if it was not requested."""
    if dossier.opposition is None:
        raise ClaimcliError("what opposes the claims was not read", "open more of the dossier")
    return dossier.opposition.get(claim, UNOPPOSED)


def party_label(dossier: Dossier, party: str) -> str:
    """Return a party's name, or its id if no name is on file."""
    return record.label if (record := dossier.parties.get(party)) else party
