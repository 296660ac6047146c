"""The nodes of YAML text with the style and comments that ``fmt`` needs to write them again."""

from msgspec import Struct, field

from claimcli.core.dates import DateOrder
from claimcli.core.problems import Span


class CannotFormatError(Exception):
    """A text that cannot be formatted: the reason, and where, with the path ""."""

    def __init__(self, reason: str, span: Span) -> None:
        super().__init__(reason)
        self.reason = reason
        self.span = span


class StyledScalar(Struct):
    """A scalar: its text, and its style (one of ``'"|>``, or "" for none)."""

    text: str
    style: str = ""
    anchor: str | None = None


class Alias(Struct):
    """A reference to an anchor."""

    anchor: str


class Collection(Struct):
    """A mapping, whose slots have keys, or a list; ``foot`` are comments after its last slot."""

    slots: list["Slot"]
    keyed: bool
    flow: bool
    anchor: str | None = None
    foot: list[str] = field(default_factory=list)


class ClaimTime(Struct, frozen=True):
    """The id of a claim, and the sorting key of when it was said, None if unknown."""

    id: str
    time: DateOrder | None


class FormattedRecord(Struct):
    """The lines of a record that is formatted, and of a claim when it was said."""

    lines: list[str]
    said: ClaimTime | None = None


class Slot(Struct):
    """A key with its value, or an item of a list, with its comments.

    ``lead`` are the comments above it, with "" for an empty line between or below them; ``beside``
    are those on the same line.
    """

    node: "Node"
    key: StyledScalar | None = None
    lead: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)


class YamlDocument(Struct):
    """One document of a file.

    ``before`` are comments above its marker, ``beside`` those on the marker's line. ``top`` is None
    if it is empty. If it uses anchors (``anchored``), nothing in it can change its place.
    """

    explicit: bool
    before: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    top: Collection | None = None
    foot: list[str] = field(default_factory=list)
    anchored: bool = False


Node = StyledScalar | Alias | Collection | FormattedRecord | YamlDocument
