"""Every quote on file held against the text of its source."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from claimcli.analysis.findings import (
    CHANGED_TEXT,
    Finding,
    QuoteWarning,
    TextMatch,
    Verification,
    as_verification,
)
from claimcli.analysis.speakers import Speakers
from claimcli.core.records import Citation, Claim, Dossier, Source
from claimcli.core.text.choices import several_of
from claimcli.quotes.attribution import ExpectedSpeakers
from claimcli.quotes.differences import differences
from claimcli.quotes.searchable import SearchableText
from claimcli.quotes.sentences import MOST_AROUND
from claimcli.quotes.source_texts import (
    SourceText,
    TextFile,
    UnreadableTextError,
    find_in_folder,
    find_text,
    read_text,
    sha256_of,
)
from claimcli.quotes.verdict import CitedQuote, Verdict, check_quote
from claimcli.quotes.warnings import WarningKind

AROUND = MOST_AROUND + 20
"""Characters on either side of a place that are kept of its text."""


def verify(
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
    return as_verification(found[number] for number in range(len(quotes)))


def changed_texts_without_quotes(dossier: Dossier) -> Iterator[str]:
    """Yield in words each cited source without a quote whose text is not the one on record."""
    cited = {c.source: bool(c.quote) for claim in dossier.claims for c in claim.citations}
    cited |= {c.source: True for claim in dossier.claims for c in claim.citations if c.quote}
    for name, quoted in sorted(cited.items()):
        source = dossier.sources.get(name)
        if quoted or source is None or not (source.text and source.sha256):
            continue
        try:
            digest = sha256_of(find_text(source.text, relative_to=source.location.path))
        except UnreadableTextError:
            continue
        if digest != source.sha256.lower():
            yield f"source '{name}': the text is not the one with the checksum on file"


def select_findings(
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
    return as_verification(kept)


def _named(words: Iterable[str]) -> set[str]:
    known = (*(v.value for v in Verdict), *(d.value for d in WarningKind), CHANGED_TEXT)
    return several_of(words, known, "verdict or warning", f"they are {', '.join(known)}")


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
    page = _Page(
        source, SearchableText(read.text, read.plain), str(file.path), _changed(source, read)
    )
    for claim, citation in quotes:
        yield _finding(claim, citation, page, speakers.voices(claim))


class _Page(Struct, frozen=True):
    """A source's text in memory: where it is on file, and what is to say of all of it."""

    source: Source
    text: SearchableText
    path: str
    changed: tuple[QuoteWarning, ...]


def _text_file(source: Source | None, texts: Path | None) -> TextFile | None:
    if source and source.text:
        return find_text(source.text, relative_to=source.location.path)
    return find_in_folder(texts, source.id) if source and texts else None


def _changed(source: Source, read: SourceText) -> tuple[QuoteWarning, ...]:
    if not source.sha256 or source.sha256.lower() == read.digest:
        return ()
    message = f"the text is not the one with the checksum on file; it now has {read.digest}"
    return (QuoteWarning(CHANGED_TEXT, message),)


def _unchecked(
    claim: Claim, citation: Citation, reason: str, *, unreadable: bool = False
) -> Finding:
    return Finding(
        claim=claim.id,
        source=citation.source,
        quote=citation.quote or "",
        span=citation.location.of("quote"),
        verdict=Verdict.NO_TEXT,
        reason=reason,
        unreadable=unreadable,
    )


def _finding(claim: Claim, citation: Citation, page: _Page, voices: ExpectedSpeakers) -> Finding:
    """Return what comes of one quote, with where it stands or comes nearest."""
    quote = citation.quote or ""
    where = (citation.prefix or "", citation.suffix or "", citation.locator or "")
    held = check_quote(CitedQuote(quote, *where, voices), page.text)
    stretches = [(place.start, place.end) for place in held.occurrences]
    if held.nearest:
        stretches = [held.nearest.span]
    first, last = stretches[0] if stretches else (0, 0)
    start = max(0, first - AROUND)
    text = page.text.text
    return Finding(
        claim=claim.id,
        source=page.source.id,
        quote=quote,
        span=citation.location.of("quote"),
        verdict=held.verdict,
        match_kind=held.match,
        warnings=(*page.changed, *(QuoteWarning(w.kind.value, w.message) for w in held.warnings)),
        text=page.path,
        matches=tuple(
            TextMatch(*page.text.line_and_column(one), *page.text.line_and_column(end), one, end)
            for one, end in stretches
        ),
        repeated=held.repeated,
        context=text[start : last + AROUND] if stretches else "",
        context_start=start,
        url=page.source.url,
        differences=differences(quote, text[first:last]) if held.nearest else ((), ()),
    )
