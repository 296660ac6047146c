"""The kinds of gaps that an audit finds, and the gaps."""

from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum

from claimcli.core.packed import PackedRecords
from claimcli.core.problems import ClaimcliError, Place, Span
from claimcli.core.short_repr import ShortRepr
from claimcli.core.text.suggestions import several_of


class Lack(StrEnum):
    """A kind of gap: what a claim or an issue may lack."""

    NO_RESPONSE = "no-response"
    UNSOURCED = "unsourced"
    SINGLE_ORIGIN = "single-origin"
    SECONDARY_ONLY = "secondary-only"
    UNVERIFIED_QUOTE = "unverified-quote"
    ONE_SIDED = "one-sided"
    NO_REPLY = "no-reply"

    @property
    def label(self) -> str:
        """The lack in words."""
        return _LABELS[self]


_LABELS = {
    Lack.NO_RESPONSE: "claims with no response on file",
    Lack.UNSOURCED: "claims with no source on file",
    Lack.SINGLE_ORIGIN: "claims that rest on a single origin",
    Lack.SECONDARY_ONLY: "claims that rest on secondary sources only",
    Lack.UNVERIFIED_QUOTE: "quotes that are not verified",
    Lack.ONE_SIDED: "issues on which only one side is heard",
    Lack.NO_REPLY: "claims with a request for comment that is not answered",
}


ANY = "any"
_OTHER_NAMES = {"unanswered": Lack.NO_RESPONSE}
"""Former names of lacks, which are still accepted."""


def parse_lacks(words: Iterable[str]) -> set[Lack]:
    """Return the lacks with these names, every lack for ``any``; commas may separate names.

    Raises ClaimcliError if a name is unknown.
    """
    known = (*(lack.value for lack in Lack), *_OTHER_NAMES, ANY)
    names = several_of(words, known, "lack")
    return set(Lack) if ANY in names else {_OTHER_NAMES.get(n) or Lack(n) for n in names}


def select_lacks(select: Iterable[str], ignore: Iterable[str]) -> tuple[Lack, ...]:
    """Return the selected lacks, by default all, without the ignored ones, in order.

    Raises ClaimcliError if a name is unknown, or if nothing is left.
    """
    chosen = (parse_lacks(select) or set(Lack)) - parse_lacks(ignore)
    if not chosen:
        raise ClaimcliError("--ignore leaves no lack to show", "ignore fewer, or select others")
    return tuple(lack for lack in Lack if lack in chosen)


def lacks_to_fail_on(words: Iterable[str], selected: Collection[Lack]) -> set[Lack]:
    """Return the lacks with these names, every selected lack for ``any``.

    Raises ClaimcliError if a name is unknown, or is of a lack that is not selected.
    """
    named = parse_lacks(words)
    if named == set(Lack):
        return {*selected}
    for lack in sorted(named - {*selected}):
        raise ClaimcliError(f"--fail-on {lack} is not selected", f"add --select {lack}")
    return named


class AuditGap(ShortRepr, frozen=True):
    """A claim or issue that lacks something, with its parties, location and details in words."""

    lack: Lack
    id: str
    parties: tuple[str, ...]
    issue: str | None
    span: Span
    detail: str = ""


GapRecord = tuple[str, tuple[str, ...], str | None]
"""The id of a claim or issue, its parties and its issue."""
GapLocation = tuple[str, Place]
"""The path of a file, and the place in it."""
_PackedGap = tuple[str, tuple[str, ...], str | None, int, Place, str]
"""A gap in little memory: id, parties, issue, the number of the file, the place, details."""


class PackedGaps(Collection[AuditGap]):
    """The gaps of one kind in little memory, in the order of the numbers given with them."""

    def __init__(self, lack: Lack) -> None:
        self._lack = lack
        self._paths: dict[str, int] = {}
        self._gaps = PackedRecords[_PackedGap](_PackedGap)

    def add(
        self,
        number: int,
        record: GapRecord,
        location: GapLocation,
        detail: str,
    ) -> None:
        """Add a gap of a record."""
        path = self._paths.setdefault(location[0], len(self._paths))
        self._gaps.add(number, (*record, path, location[1], detail))

    def __len__(self) -> int:
        return len(self._gaps)

    def __iter__(self) -> Iterator[AuditGap]:
        paths = list(self._paths)
        for name, parties, issue, path, place, detail in self._gaps:
            span = Span(paths[path], *place)
            yield AuditGap(self._lack, name, parties, issue, span, detail)

    def __contains__(self, gap: object) -> bool:
        return any(gap == other for other in self)
