"""What a YAML file consists of for whoever writes it anew: nodes with their style and comments."""

from datetime import datetime

from msgspec import Struct, field

from claimcli.core.problems import Span


class CannotFormatError(Exception):
    """A text that is not written anew: why not, and where, with the path ""."""

    def __init__(self, reason: str, span: Span) -> None:
        super().__init__(reason)
        self.reason = reason
        self.span = span


class StyledScalar(Struct):
    """A scalar: what it says, and how it was written, "" where without quotation marks."""

    text: str
    style: str = ""
    anchor: str | None = None


class Alias(Struct):
    """A place where what an anchor stands for is meant again."""

    anchor: str


class Collection(Struct):
    """A mapping, whose slots have keys, or a list; ``foot`` are comments after its last slot."""

    slots: list["Slot"]
    keyed: bool
    flow: bool
    anchor: str | None = None
    foot: list[str] = field(default_factory=list)


class ClaimTime(Struct, frozen=True):
    """The id of a claim, and the bounds of when it was said, None where nothing says when."""

    id: str
    time: tuple[datetime, datetime] | None


class FormattedRecord(Struct):
    """A record that is written already: its lines, and of a claim when it was said."""

    lines: list[str]
    said: ClaimTime | None = None


class Slot(Struct):
    """A key with its value, or an item of a list, with the comments that belong to it.

    ``lead`` are the comments above it, "" for an empty line between or below them, ``beside`` those
    that follow on the same line.
    """

    node: "Node"
    key: StyledScalar | None = None
    lead: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)


class Document(Struct):
    """One document of a file.

    ``before`` are comments above its marker, ``beside`` those on the marker's line. ``top`` is None
    where it holds nothing. Where anchors are used, nothing in it can change its place.
    """

    explicit: bool
    before: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    top: Collection | None = None
    foot: list[str] = field(default_factory=list)
    anchored: bool = False


Node = StyledScalar | Alias | Collection | FormattedRecord | Document
