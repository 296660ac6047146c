"""Every quote on file held against the text of its source."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from claimcli.analysis.voices import Speakers
from claimcli.model import Citation, Claim, Dossier, Source
from claimcli.near import did_you_mean
from claimcli.problems import ClaimcliError, Span
from claimcli.quotation.dangers import Danger
from claimcli.quotation.differences import differences
from claimcli.quotation.placing import Match
from claimcli.quotation.selectors import fragment_url, selectors
from claimcli.quotation.sentences import MOST_AROUND, passage
from claimcli.quotation.speakers import Voices
from claimcli.quotation.text import Stretch, Text
from claimcli.quotation.verdicts import Quoted, Verdict, hold
from claimcli.table import Table
from claimcli.textfiles import (
    ReadText,
    TextFile,
    UnreadableTextError,
    find_text,
    read_text,
    sha256_of,
    text_beside,
)
from claimcli.words import Piece

AROUND = MOST_AROUND + 20
"""Characters on either side of a place that are kept of its text."""
CHANGED_TEXT = "changed-text"
"""The warning that a text is not the one whose checksum is on file."""


class Warned(Struct, frozen=True):
    """A warning by name, and in words."""

    name: str
    message: str


class Spot(Struct, frozen=True):
    """A place in a text: line and column from 1, code points from 0, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int
    start: int
    end: int


class Finding(Struct, frozen=True, kw_only=True):
    """One quote and what came of holding it against the text of its source.

    ``spots`` are all places that can be meant; of an altered quote its nearest passage.
    ``around`` is what stands around the first, from ``around_start`` on, and ``url`` where its
    source is; ``repeated`` is whether the words stand elsewhere too.
    ``differences`` are the words that an altered quote and the text do not share.
    ``reason`` says why there is no text to look at; ``unreadable`` whether one is named.
    """

    claim: str
    source: str
    quote: str
    span: Span
    verdict: Verdict
    match: Match | None = None
    warnings: tuple[Warned, ...] = ()
    text: str | None = None
    spots: tuple[Spot, ...] = ()
    around: str = ""
    around_start: int = 0
    url: str | None = None
    repeated: bool = False
    differences: tuple[tuple[Piece, ...], tuple[Piece, ...]] = ((), ())
    reason: str = ""
    unreadable: bool = False

    @property
    def spot(self) -> Spot | None:
        """The first of the places."""
        return self.spots[0] if self.spots else None

    @property
    def passage(self) -> str | None:
        """The sentence or sentences that the first place is in."""
        return self.around[slice(*passage(self.around, self._stretch))] if self.spots else None

    @property
    def there(self) -> str:
        """What stands at the first place."""
        return self.around[slice(*self._stretch)] if self.spots else ""

    @property
    def changed(self) -> bool:
        """Whether the text is not the one whose checksum is on file."""
        return any(warned.name == CHANGED_TEXT for warned in self.warnings)

    @property
    def verified(self) -> bool:
        """Whether the words stand in the text on record."""
        return self.verdict.stands and not self.changed

    @property
    def selectors(self) -> list[dict[str, Any]]:
        """The first place as other tools understand it."""
        if not self.spots:
            return []
        return selectors(self.around, self._stretch, offset=self.around_start)

    @property
    def fragment_url(self) -> str | None:
        """The address that makes a browser show the first place."""
        if not self.spots or not self.url:
            return None
        return fragment_url(self.url, self.around, self._stretch, beside=self.repeated)

    @property
    def _stretch(self) -> Stretch:
        spot = self.spots[0]
        return spot.start - self.around_start, spot.end - self.around_start

    @property
    def fails(self) -> bool:
        """Whether the words are not in the text, or the text is not the one on record."""
        return self.verdict.fails or self.changed

    @property
    def warns(self) -> bool:
        """Whether there is something to beware of."""
        return bool(self.warnings) or self.verdict is Verdict.CASE


class Verification(Struct, frozen=True):
    """All quotes in the order of their claims, and of the citations in each; also by place."""

    findings: tuple[Finding, ...]
    by_place: Mapping[tuple[str, Span], Finding] = {}

    def counts(self) -> dict[Verdict, int]:
        """Return how many quotes there are of each verdict that is met."""
        found = Counter(finding.verdict for finding in self.findings)
        return {verdict: found[verdict] for verdict in Verdict if found[verdict]}

    def of(self, claim: str, citation: Citation) -> Finding | None:
        """Return what came of one citation's quote; None where it has none, or was not checked."""
        return self.by_place.get((claim, citation.where.of("quote"))) if citation.quote else None

    def table(self) -> Table:
        """Return the findings as a flat table."""
        columns = (
            "verdict", "claim", "source", "quote", "warnings", "text", "line", "column", "start",
            "end", "passage", "reason",
        )  # fmt: skip
        return Table("quotes", columns, tuple(_row(finding) for finding in self.findings))


def _row(finding: Finding) -> tuple[Any, ...]:
    spot = finding.spot
    place = (spot.line, spot.column, spot.start, spot.end) if spot else (None,) * 4
    return (
        finding.verdict.value, finding.claim, finding.source, finding.quote,
        tuple(f"{w.name}: {w.message}" for w in finding.warnings), finding.text, *place,
        finding.passage, finding.reason or None,
    )  # fmt: skip


def verification(
    dossier: Dossier, *, claims: Iterable[Claim] | None = None, texts: Path | None = None
) -> Verification:
    """Hold each quote of some claims, the ones asked for, against the text of its source.

    ``texts`` is a folder of further texts, each named by its source's id, for sources that name
    none. One text is in memory at a time.
    """
    speakers = Speakers(dossier)
    quotes = [
        (claim, citation)
        for claim in (dossier.claims if claims is None else claims)
        for citation in claim.citations
        if citation.quote
    ]
    by_source: dict[str, list[int]] = defaultdict(list)
    for number, (_, citation) in enumerate(quotes):
        by_source[citation.source].append(number)
    found: dict[int, Finding] = {}
    for source, numbers in by_source.items():
        held = _held(dossier.sources.get(source), texts, [quotes[n] for n in numbers], speakers)
        found |= dict(zip(numbers, held, strict=True))
    return verified(found[number] for number in range(len(quotes)))


def verified(findings: Iterable[Finding]) -> Verification:
    """Return findings as one result."""
    listed = tuple(findings)
    return Verification(listed, {(found.claim, found.span): found for found in listed})


def changed_unquoted(dossier: Dossier) -> Iterator[str]:
    """Yield in words each cited source without a quote whose text is not the one on record."""
    cited = {c.source: bool(c.quote) for claim in dossier.claims for c in claim.citations}
    cited |= {c.source: True for claim in dossier.claims for c in claim.citations if c.quote}
    for name, quoted in sorted(cited.items()):
        source = dossier.sources.get(name)
        if quoted or source is None or not (source.text and source.sha256):
            continue
        try:
            digest = sha256_of(find_text(source.text, beside=source.where.path))
        except UnreadableTextError:
            continue
        if digest != source.sha256.lower():
            yield f"source '{name}': the text is not the one with the checksum on file"


def narrowed(
    verification: Verification, select: Iterable[str], ignore: Iterable[str]
) -> Verification:
    """Return the findings of which the verdict or a warning is selected, and not ignored.

    Names may be parted by commas. A warning that is ignored is taken off its finding. Raises
    ClaimcliError where there is no such verdict or warning.
    """
    wanted, unwanted = _named(select), _named(ignore)
    kept = []
    for finding in verification.findings:
        warnings = tuple(w for w in finding.warnings if w.name not in unwanted)
        names = {finding.verdict.value, *(w.name for w in warnings)}
        if finding.verdict.value not in unwanted and (not wanted or names & wanted):
            kept.append(replace(finding, warnings=warnings))
    return verified(kept)


def _named(words: Iterable[str]) -> set[str]:
    known = (*(v.value for v in Verdict), *(d.value for d in Danger), CHANGED_TEXT)
    found = {part.strip().lower() for word in words for part in word.split(",") if part.strip()}
    for name in sorted(found - set(known)):
        hint = did_you_mean(name, known, f"they are {', '.join(known)}")
        raise ClaimcliError(f"no verdict or warning '{name}'", hint)
    return found


Quotes = Iterable[tuple[Claim, Citation]]


def _held(
    source: Source | None, texts: Path | None, quotes: Quotes, speakers: Speakers
) -> Iterator[Finding]:
    """Yield what comes of one source's quotes."""
    try:
        file = _text_file(source, texts)
        read = read_text(file) if file else None
    except UnreadableTextError as error:
        reason = f"'{error.name}' {error.reason}; {error.hint}"
        yield from (_unchecked(*quoted, reason, unreadable=True) for quoted in quotes)
        return
    if source is None or file is None or read is None:
        reason = "no text on file" if source else "no such source on file"
        yield from (_unchecked(*quoted, reason) for quoted in quotes)
        return
    page = _Page(source, Text(read.text, read.plain), str(file.path), _changed(source, read))
    for claim, citation in quotes:
        yield _finding(claim, citation, page, speakers.voices(claim))


class _Page(Struct, frozen=True):
    """A source's text in memory: where it is on file, and what is to say of all of it."""

    source: Source
    text: Text
    path: str
    changed: tuple[Warned, ...]


def _text_file(source: Source | None, texts: Path | None) -> TextFile | None:
    if source and source.text:
        return find_text(source.text, beside=source.where.path)
    return text_beside(texts, source.id) if source and texts else None


def _changed(source: Source, read: ReadText) -> tuple[Warned, ...]:
    if not source.sha256 or source.sha256.lower() == read.digest:
        return ()
    message = f"the text is not the one with the checksum on file; it now has {read.digest}"
    return (Warned(CHANGED_TEXT, message),)


def _unchecked(
    claim: Claim, citation: Citation, reason: str, *, unreadable: bool = False
) -> Finding:
    return Finding(
        claim=claim.id,
        source=citation.source,
        quote=citation.quote or "",
        span=citation.where.of("quote"),
        verdict=Verdict.NO_TEXT,
        reason=reason,
        unreadable=unreadable,
    )


def _finding(claim: Claim, citation: Citation, page: _Page, voices: Voices) -> Finding:
    """Return what comes of one quote, with where it stands or comes nearest."""
    quote = citation.quote or ""
    where = (citation.prefix or "", citation.suffix or "", citation.locator or "")
    held = hold(Quoted(quote, *where, voices), page.text)
    stretches = [(place.start, place.end) for place in held.places]
    if held.near:
        stretches = [held.near.stretch]
    first, last = stretches[0] if stretches else (0, 0)
    start = max(0, first - AROUND)
    text = page.text.text
    return Finding(
        claim=claim.id,
        source=page.source.id,
        quote=quote,
        span=citation.where.of("quote"),
        verdict=held.verdict,
        match=held.match,
        warnings=(*page.changed, *(Warned(w.danger.value, w.message) for w in held.warned)),
        text=page.path,
        spots=tuple(
            Spot(*page.text.place(one), *page.text.place(end), one, end) for one, end in stretches
        ),
        repeated=held.repeated,
        around=text[start : last + AROUND] if stretches else "",
        around_start=start,
        url=page.source.url,
        differences=differences(quote, text[first:last]) if held.near else ((), ()),
    )
