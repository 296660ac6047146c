"""The record kinds, the fields of each, and the kinds of response: one table for all packages.

The reader, the JSON Schema, the SQL tables, ``changes``, ``fmt``, ``set``, the options of ``add``
and completion are derived from this table, or a test compares them with it. To add a field, add a
line here and an attribute to the class in ``records.py``; to add a kind of response, add a line to
:class:`claimcli.core.response_kinds.Kind`.
"""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from claimcli.core.response_kinds import Kind


class FieldType(StrEnum):
    """What a field contains."""

    ID = "id"  # the record's own id
    TEXT = "text"
    PAIR = "pair"  # two texts
    DATE = "date"
    CHOICE = "choice"  # one of a fixed set of words
    COLOR = "color"  # as #rrggbb
    FLAG = "flag"  # true or false
    REFERENCE = "reference"  # the id of another record
    RECORD = "record"  # a record inside this one
    THREAD = "thread"  # answers, which are claims themselves


class Count(StrEnum):
    """How many values a field takes."""

    ONE = "one"
    LIST = "list"
    ONE_OR_LIST = "one or a list"


class Field(Struct, frozen=True):
    """A field of a record.

    ``about`` describes it in a sentence. ``of`` is the kind of record that a reference, a record
    or a thread contains. ``bounds``: the SQL tables have the first and last moment of the date.
    ``quoted``: these are somebody's words, written in quotation marks. ``flag``: the option of
    ``add`` for it, with its short form and placeholder.
    """

    name: str
    about: str
    type: FieldType = FieldType.TEXT
    count: Count = Count.ONE
    of: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False
    bounds: bool = False
    quoted: bool = False
    flag: str = ""

    @property
    def many(self) -> bool:
        """Whether it can have several values."""
        return self.count is not Count.ONE

    @property
    def is_text(self) -> bool:
        """Whether it has one text: ids, choices and references included."""
        others = (
            FieldType.PAIR,
            FieldType.DATE,
            FieldType.FLAG,
            FieldType.RECORD,
            FieldType.THREAD,
        )
        return self.type not in others and not self.many

    @property
    def compared(self) -> bool:
        """Whether ``changes`` compares it: answers are claims and compared as such."""
        return self.type not in (FieldType.ID, FieldType.THREAD)


class RecordKind(Struct, frozen=True):
    """A kind of record, with its fields in canonical order.

    ``section`` is the key at the top of a file that lists such records, "" for records inside
    others. ``derived_ids``: a record without an id gets one that contains ``/``.
    """

    name: str
    about: str
    fields: tuple[Field, ...]
    section: str = ""
    derived_ids: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the fields, in canonical order."""
        return tuple(field.name for field in self.fields)

    @property
    def required(self) -> tuple[str, ...]:
        """The names of the fields that a record must have."""
        return tuple(field.name for field in self.fields if field.required)


_ID, _TEXT, _PAIR, _DATE, _CHOICE, _COLOR, _FLAG, _REFERENCE, _RECORD, _THREAD = FieldType
_ONE, _LIST, _ONE_OR_LIST = Count


def _id(what: str, flag: str = "") -> Field:
    about = f"The {what}: a-z, 0-9, '.', '_' and '-'."
    return Field("id", about, _ID, required=True, flag=flag)


# fmt: off
_NOTE = Field("note", "Anything a reader must know.", flag="--note TEXT")
_KINDS = "; ".join(f"{kind}: {kind.label}" for kind in Kind)
_PARTY_KINDS = ("government", "organisation", "company", "court", "media", "person", "other")

PARTY = RecordKind("party", "Who makes claims.", (
    _id("name that claims use", "--id ID"),
    Field("name", "The party's name.", flag="--name NAME"),
    Field("kind", "What kind of party it is.", _CHOICE, choices=_PARTY_KINDS, flag="--kind KIND"),
    Field("aliases", "Other names that queries accept.", count=_LIST, flag="--alias NAME"),
    Field("part_of", "The party that includes this one.", _REFERENCE, of="party",
          flag="--part-of ID"),
    Field("color", 'Its color in pictures and pages, as "#1d4e89".', _COLOR,
          flag="--party-color COLOR"),
    Field("speakers", "Who speaks for it.", count=_LIST, flag="--speaker NAME"),
    _NOTE,
), "parties")
_ABOUT_SOURCE = (
    Field("title", "The title.", required=True, flag="--title TEXT"),
    Field("outlet", "Who published it.", flag="--outlet NAME"),
    Field("author", "Who wrote it.", flag="--author NAME"),
    Field("published", "When it was published.", _DATE, bounds=True, flag="--published DATE"),
    Field("url", "The address; 'claimcli fetch' downloads the text from there.", flag="--url URL"),
    Field("archive_url", "The address of a copy in an archive.", flag="--archive-url URL"),
    Field("accessed", "When the address was last read.", _DATE, flag="--accessed DATE"),
    Field("language", "The language, such as en or de.", flag="--language LANGUAGE"),
    Field("kind", "primary, or secondary: a report of other sources.", _CHOICE,
          choices=("primary", "secondary"), flag="--kind KIND"),
    Field("derived_from", "The sources it is based on: two reports of one story have one origin.",
          _REFERENCE, _LIST, of="source", flag="--derived-from ID"),
    Field("text", "The path of the text on file, relative to this file; inside the dossier.",
          flag="--text FILE"),
    Field("sha256", "The checksum of that text."),
    Field("internal", "true: exports leave it out.", _FLAG, flag="--internal"),
)
SOURCE = RecordKind("source", "What claims are cited from.", (
    _id("name that claims cite it by", "--id ID"), *_ABOUT_SOURCE, _NOTE,
), "sources", derived_ids=True)
ISSUE = RecordKind("issue", "The questions in dispute.", (
    _id("name that claims use", "--id ID"),
    Field("question", "What is in dispute, as a question.", required=True, flag="--question TEXT"),
    Field("positions", "The answers that claims can give; others are reported.", count=_LIST,
          flag="--position WORD"),
    Field("compatible", "Pairs of positions that do not exclude each other.", _PAIR, _LIST,
          flag="--compatible ONE,OTHER"),
    _NOTE,
), "issues")
EVENT = RecordKind("event", "What claims are about.", (
    _id("name that claims use", "--id ID"),
    Field("title", "What happened.", required=True, flag="--title TEXT"),
    Field("date", "When it happened.", _DATE, flag="--date DATE"),
    Field("place", "Where it happened.", flag="--place PLACE"),
), "events")
QUOTING = (
    Field("quote", "The exact words of the source, in its language.", quoted=True,
          flag="--quote TEXT"),
    Field("translation", "The quote in the dossier's language.", quoted=True,
          flag="--translation TEXT"),
    Field("locator", "Where the quote is: line 12, page 3, paragraph 4, 00:12:40.",
          flag="--locator TEXT"),
    Field("prefix", "The words just before the quote, to select an occurrence.", quoted=True),
    Field("suffix", "The words just after the quote, to select an occurrence.", quoted=True),
)
"""The fields of a citation that are not about its source."""
CITATION = RecordKind("citation", "A source on file, or one described here, as a claim cites it.", (
    Field("id", "The id of a source on file.", _REFERENCE, of="source"),
    *(replace(field, required=False) for field in _ABOUT_SOURCE), *QUOTING, _NOTE,
))
REPORTS = RecordKind("reports", "The words of others that a claim relays.", (
    Field("party", "The party whose words are relayed.", _REFERENCE, of="party",
          flag="--reports-party ID"),
    Field("speaker", "Who said the words that are relayed.", flag="--reports-speaker NAME"),
))
ANSWER = RecordKind("answer", "The claim that is answered, and how.", (
    Field("claim", "The claim that is answered.", _REFERENCE, of="claim", required=True),
    Field("kind", f"How the answer relates to it; 'denies' if this is left out. {_KINDS}.", _CHOICE,
          choices=tuple(Kind)),
))
REQUEST = RecordKind("request", "A request for comment: who was asked about a claim, and when.", (
    Field("party", "The party that was asked.", _REFERENCE, of="party", required=True),
    Field("on", "When it was asked.", _DATE, required=True),
    Field("due", "When the answer is due.", _DATE),
    Field("asker", "Who asked."),
    _NOTE,
))
CLAIM = RecordKind("claim", "Who said what, with sources and answers.", (
    _id("claim's id, unique in the dossier", "--id ID"),
    Field("party", "Who says it: a party's id, or a list of them for a joint statement.",
          _REFERENCE, _ONE_OR_LIST, of="party", required=True, flag="--party -p ID"),
    Field("speaker", "Who spoke for the party.", flag="--speaker NAME"),
    Field("statement", "What is said, in a sentence of your own.", required=True,
          flag="--statement -s TEXT"),
    Field("reports", "Whose words it relays: {party: ..., speaker: ...}.", _RECORD, of="reports"),
    Field("said", "When it was said.", _DATE, bounds=True, flag="--said DATE"),
    Field("about", "The time it refers to.", _DATE, bounds=True, flag="--about DATE"),
    Field("issue", "The question it belongs to; claims on one issue are compared.",
          _REFERENCE, of="issue", flag="--issue -i ID"),
    Field("position", "The party's answer to that question, in a word or two.",
          flag="--position WORD"),
    Field("event", "The event it is about.", _REFERENCE, of="event", flag="--event ID"),
    Field("responds_to", "What it answers: a claim's id, then denied, or {claim: ..., kind: ...}.",
          _RECORD, _ONE_OR_LIST, of="answer"),
    Field("restates", "The claim that says the same in other words.", _REFERENCE, of="claim",
          flag="--restates ID"),
    Field("supersedes", "The earlier claim of the same party that it replaces.", _REFERENCE,
          of="claim", flag="--supersedes ID"),
    Field("withdrawn", "When the party withdrew it.", _DATE, flag="--withdrawn DATE"),
    Field("asked", "Requests for comment: {party: ..., on: ..., due: ...}, or a list of them.",
          _RECORD, _ONE_OR_LIST, of="request"),
    Field("internal", "true: exports leave it out, and the answers nested in it.", _FLAG,
          flag="--internal"),
    Field("source", "What it is cited from: an id or a mapping.", _RECORD, _ONE_OR_LIST,
          of="citation", flag="--source SOURCE"),
    Field("sources", "What it is cited from: ids or mappings.", _RECORD, _ONE_OR_LIST,
          of="citation"),
    Field("tags", "Words to find it by.", count=_LIST, flag="--tag TAG"),
    _NOTE,
    Field("rebuttals", "The answers that oppose it.", _THREAD, _LIST, of="rebuttal"),
    Field("responses", "The answers that do not oppose it.", _THREAD, _LIST, of="response"),
), "claims", derived_ids=True)
# fmt: on


def _answer(name: str, about: str, *required: str) -> RecordKind:
    """Return the kind of the claims under another claim: a claim with the kind of its response."""
    kind = Field(
        "kind", f"How it relates to what it answers. {_KINDS}.", _CHOICE, choices=tuple(Kind)
    )
    fields = (*CLAIM.fields[:3], kind, *CLAIM.fields[3:])
    return RecordKind(name, about, tuple(replace(f, required=f.name in required) for f in fields))


REBUTTAL = _answer("rebuttal", "An answer that opposes.", "party", "statement")
RESPONSE = _answer("response", "An answer that does not oppose.", "party", "statement", "kind")

RECORD_KINDS = {kind.name: kind for kind in (PARTY, SOURCE, ISSUE, EVENT, CLAIM)}
"""The kinds of records that files list, by name."""
PARTS = {kind.name: kind for kind in (CITATION, REPORTS, ANSWER, REQUEST, REBUTTAL, RESPONSE)}
"""The kinds of records inside claims, by name."""
ALL_KINDS = RECORD_KINDS | PARTS
SECTIONS = {kind.section: kind for kind in RECORD_KINDS.values()}
"""The kinds of records by the key that lists them in a file."""
