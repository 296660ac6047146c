"""Check every quote on file against the text of its source."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from claimcli.analysis.expected_speakers import DossierSpeakers
from claimcli.analysis.findings import (
    CHANGED_TEXT,
    CUT_QUOTE,
    Finding,
    QuoteWarning,
    TextMatch,
    Verification,
    as_verification,
)
from claimcli.core.records import Citation, Claim, Dossier, Source
from claimcli.quotes.nearest import differences
from claimcli.quotes.page_text import PageText
from claimcli.quotes.placement import CitedQuote
from claimcli.quotes.polarity.lists import PolarityLists, all_phrases
from claimcli.quotes.polarity.phrases import Phrases
from claimcli.quotes.searchable import SearchableText, TextSpan
from claimcli.quotes.selectors import fragment_url
from claimcli.quotes.sentences import MAX_PASSAGE
from claimcli.quotes.speakers.names import ExpectedSpeakers
from claimcli.quotes.text_fragments import text_directive
from claimcli.quotes.texts.blocks import LEFT_OUT
from claimcli.quotes.texts.source_texts import (
    SourceText,
    TextFile,
    UnreadableTextError,
    find_in_folder,
    find_text,
    read_text,
    sha256_of,
)
from claimcli.quotes.verdict import Verdict, check_quote

ReadText = Callable[[TextFile], SourceText]
"""Reads a text file as :func:`claimcli.quotes.texts.source_texts.read_text` does."""
CONTEXT = MAX_PASSAGE + 20
"""Characters of the text that a finding keeps on either side of its match."""


def verify(
    dossier: Dossier,
    *,
    claims: Iterable[Claim] | None = None,
    texts: Path | None = None,
    read: ReadText = read_text,
) -> Verification:
    """Check the quotes of some claims, by default the selected ones, against their sources' texts.

    ``texts`` is a folder with texts of sources that name none, each named by its source's id.
    Only one text is in memory at a time. Raises ClaimcliError if the dossier's own list of
    negations and conditions cannot be read or is not valid.
    """
    quotes = [
        (claim, citation)
        for claim in (dossier.claims if claims is None else claims)
        for citation in claim.citations
        if citation.quote
    ]
    return as_verification(verify_quotes(dossier, quotes, texts=texts, read=read))


def verify_quotes(
    dossier: Dossier,
    quotes: Sequence[tuple[Claim, Citation]],
    *,
    texts: Path | None = None,
    read: ReadText = read_text,
) -> list[Finding]:
    """Return the findings on some quotes of a dossier, in their order, as :func:`verify` does."""
    speakers, phrases = DossierSpeakers(dossier), all_phrases(dossier.polarity)
    by_source: dict[str, list[int]] = defaultdict(list)
    for number, (_, citation) in enumerate(quotes):
        by_source[citation.source].append(number)
    load = partial(_load, texts=texts, within=dossier.text_folders, read=read)
    findings: dict[int, Finding] = {}
    for name, numbers in by_source.items():
        source = dossier.sources.get(name)
        checked = _check_source(source, load, [quotes[n] for n in numbers], speakers, phrases)
        findings |= dict(zip(numbers, checked, strict=True))
    ordered = [findings[number] for number in range(len(quotes))]
    return [_with_cut(one, dossier) for one in ordered] if dossier.cut_texts else ordered


def verify_new_text(
    dossier: Dossier,
    quotes: Sequence[tuple[Claim, Citation]],
    source: Source,
    text: tuple[str, bytes],
) -> list[Finding]:
    """Return the findings on quotes of a source, compared with a text that is not on file.

    ``text`` is its suffix, such as ".txt", and its bytes.
    """
    suffix, data = text
    bare = replace(source, text=None, sha256=None)
    changed = replace(dossier, sources={**dossier.sources, source.id: bare})
    with TemporaryDirectory(prefix="claimcli-") as folder:
        (Path(folder) / f"{source.id.replace('/', '-')}{suffix}").write_bytes(data)
        return verify_quotes(changed, quotes, texts=Path(folder))


def _with_cut(finding: Finding, dossier: Dossier) -> Finding:
    """Return a finding, with a warning if a comment may have ended the quote."""
    span = finding.span
    if (span.path, span.line, span.column) not in dossier.cut_texts:
        return finding
    warning = QuoteWarning(CUT_QUOTE, "on file it ends before a '#', which begins a comment")
    return replace(finding, warnings=(*finding.warnings, warning))


def changed_texts_without_quotes(dossier: Dossier) -> Iterator[str]:
    """Yield a message for each cited but never quoted source whose text has another checksum."""
    cited = {c.source: bool(c.quote) for claim in dossier.claims for c in claim.citations}
    cited |= {c.source: True for claim in dossier.claims for c in claim.citations if c.quote}
    for name, quoted in sorted(cited.items()):
        source = dossier.sources.get(name)
        if quoted or source is None or not (source.text and source.sha256):
            continue
        try:
            digest = sha256_of(_named_text(source.text, source, dossier.text_folders))
        except UnreadableTextError:
            continue
        if digest != source.sha256.lower():
            yield f"source '{name}': the text is not the one with the checksum on file"


def _check_source(
    source: Source | None,
    load: Callable[[Source | None], tuple[TextFile, SourceText] | None],
    quotes: Iterable[tuple[Claim, Citation]],
    speakers: DossierSpeakers,
    phrases: tuple[Phrases, ...],
) -> Iterator[Finding]:
    """Yield a finding for each quote of one source."""
    try:
        loaded = load(source)
    except UnreadableTextError as error:
        reason = f"'{error.name}' {error.reason}; {error.hint}"
        yield from (_unchecked(*quote, reason, unreadable=True) for quote in quotes)
        return
    if source is None or loaded is None:
        reason = "no text on file" if source else "no such source on file"
        yield from (_unchecked(*quote, reason) for quote in quotes)
        return
    file, read = loaded
    text = _LoadedText(
        source,
        _searchable(read),
        str(file.path),
        _checksum_warning(source, read),
        read.note,
        PageText(read.whole or read.plain),
        PolarityLists(phrases, source.language or ""),
    )
    for claim, citation in quotes:
        yield _finding(claim, citation, text, speakers.expected(claim))


def searchable_text_of(
    dossier: Dossier, source: str, *, read: ReadText = read_text
) -> SearchableText | None:
    """Return the text of a source, None if none is on file. Raises UnreadableTextError."""
    record, within = dossier.sources.get(source), dossier.text_folders
    loaded = _load(record, texts=None, within=within, read=read)
    return _searchable(loaded[1]) if loaded else None


def _load(
    source: Source | None, *, texts: Path | None, within: Collection[str], read: ReadText
) -> tuple[TextFile, SourceText] | None:
    """Return the text of a source and its file, None if none is on file."""
    file = None
    if source and source.text:
        file = _named_text(source.text, source, within)
    elif source and texts:
        file = find_in_folder(texts, source.id)
    return (file, read(file)) if file else None


def _searchable(read: SourceText) -> SearchableText:
    return SearchableText(
        read.text,
        read.plain,
        context=read.context,
        whole=read.whole,
        lines=read.lines,
        paged=read.paged,
    )


class _LoadedText(Struct, frozen=True):
    """A source's text in memory, with its path, and warnings and a note that concern all of it."""

    source: Source
    text: SearchableText
    path: str
    warnings: tuple[QuoteWarning, ...]
    note: str
    page: PageText
    polarity: PolarityLists


def _named_text(name: str, source: Source, within: Collection[str]) -> TextFile:
    return find_text(name, relative_to=source.location.path, within=within)


def _checksum_warning(source: Source, read: SourceText) -> tuple[QuoteWarning, ...]:
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


def _finding(
    claim: Claim, citation: Citation, loaded: _LoadedText, expected: ExpectedSpeakers
) -> Finding:
    """Return the finding on one quote: its matches, or the nearest passage."""
    quote = citation.quote or ""
    selector = (citation.prefix or "", citation.suffix or "", citation.locator or "")
    result = check_quote(CitedQuote(quote, *selector, expected, loaded.polarity), loaded.text)
    ranges = [(place.start, place.end) for place in result.occurrences]
    if result.nearest:
        ranges = [result.nearest.span]
    first, last = ranges[0] if ranges else (0, 0)
    context_start = max(0, first - CONTEXT)
    text = loaded.text.text
    nearest = text[first:last].replace(LEFT_OUT, "")
    return Finding(
        claim=claim.id,
        source=loaded.source.id,
        quote=quote,
        span=citation.location.of("quote"),
        verdict=result.verdict,
        match_kind=result.match,
        warnings=(
            *loaded.warnings,
            *(QuoteWarning(w.kind.value, w.message) for w in result.warnings),
        ),
        text=loaded.path,
        matches=tuple(_match(loaded.text, *span) for span in ranges),
        context=text[context_start : last + CONTEXT] if ranges else "",
        context_start=context_start,
        fragment_url=_fragment_url(loaded, ranges[0]) if ranges else None,
        reason=loaded.note if result.verdict.fails else "",
        differences=differences(quote, nearest) if result.nearest else ((), ()),
    )


def _fragment_url(loaded: _LoadedText, span: TextSpan) -> str | None:
    """Return the address at which a browser shows a span: its words, or a page of a PDF."""
    url = loaded.source.url
    if not url:
        return None
    text = loaded.text.text
    if loaded.text.paged or urlsplit(url).path.lower().endswith(".pdf"):
        page = 1 + text.count("\f", 0, span[0])
        return fragment_url(url, f"page={page}" if "\f" in text else "")
    return fragment_url(url, text_directive(loaded.page, span))


def _match(text: SearchableText, start: int, end: int) -> TextMatch:
    first, last = text.place(start), text.place(end)
    return TextMatch(first.line, first.column, last.line, last.column, start, end, first.page)
