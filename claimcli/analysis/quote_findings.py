"""Check quotes against one text, without a dossier: what ``verify`` and corpora have in common."""

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from claimcli.analysis.findings import (
    CHANGED_TEXT,
    CUT_QUOTE,
    Finding,
    QuoteWarning,
    TextMatch,
)
from claimcli.core.problems import Span
from claimcli.quotes.nearest import differences
from claimcli.quotes.page_text import PageText
from claimcli.quotes.placement import CitedQuote
from claimcli.quotes.polarity.lists import PolarityLists
from claimcli.quotes.polarity.phrases import Phrases
from claimcli.quotes.searchable import SearchableText, TextSpan
from claimcli.quotes.selectors import fragment_url
from claimcli.quotes.sentences import MAX_PASSAGE
from claimcli.quotes.speakers.names import ExpectedSpeakers
from claimcli.quotes.text_fragments import text_directive
from claimcli.quotes.texts.blocks import LEFT_OUT
from claimcli.quotes.texts.source_texts import SourceText
from claimcli.quotes.verdict import Verdict, check_quote

CONTEXT = MAX_PASSAGE + 20
"""Characters of the text that a finding keeps on either side of its match."""


class QuoteToCheck(Struct, frozen=True, kw_only=True):
    """A quote of a claim with its place, its citation's selectors and the claim's speakers.

    ``cut`` says that a comment may have ended the quote in its file.
    """

    claim: str
    source: str
    span: Span
    quote: str
    prefix: str = ""
    suffix: str = ""
    locator: str = ""
    speakers: ExpectedSpeakers = ExpectedSpeakers()
    cut: bool = False


class TextToCheck(Struct, frozen=True, kw_only=True):
    """The text of a source, with the source's address, language and checksum on file.

    Without a text, ``reason`` says why; it is ``unreadable`` if the source names one.
    """

    read: SourceText | None = None
    path: str = ""
    url: str = ""
    language: str = ""
    sha256: str = ""
    reason: str = ""
    unreadable: bool = False


class _LoadedText(Struct, frozen=True):
    """A source's text in memory, with warnings that concern all of it."""

    about: TextToCheck
    text: SearchableText
    note: str
    warnings: tuple[QuoteWarning, ...]
    page: PageText
    polarity: PolarityLists


def findings_on_quotes(
    quotes: Iterable[QuoteToCheck], text: TextToCheck, phrases: tuple[Phrases, ...]
) -> Iterator[Finding]:
    """Yield a finding for each of some quotes of one source; ``phrases`` change their meaning."""
    if text.read is None:
        yield from (_with_cut(_unchecked(quote, text), quote) for quote in quotes)
        return
    loaded = _LoadedText(
        text,
        searchable(text.read),
        text.read.note,
        _checksum_warning(text.sha256, text.read),
        PageText(text.read.whole or text.read.plain),
        PolarityLists(phrases, text.language),
    )
    for quote in quotes:
        yield _with_cut(_finding(quote, loaded), quote)


def searchable(read: SourceText) -> SearchableText:
    """Return a text in the form in which quotes are searched."""
    return SearchableText(
        read.text,
        read.plain,
        context=read.context,
        whole=read.whole,
        lines=read.lines,
        paged=read.paged,
    )


def _with_cut(finding: Finding, quote: QuoteToCheck) -> Finding:
    """Return a finding, with a warning if a comment may have ended the quote."""
    if not quote.cut:
        return finding
    warning = QuoteWarning(CUT_QUOTE, "on file it ends before a '#', which begins a comment")
    return replace(finding, warnings=(*finding.warnings, warning))


def _checksum_warning(expected: str, read: SourceText) -> tuple[QuoteWarning, ...]:
    if not expected or expected.lower() == read.digest:
        return ()
    message = f"the text is not the one with the checksum on file; it now has {read.digest}"
    return (QuoteWarning(CHANGED_TEXT, message),)


def _unchecked(quote: QuoteToCheck, text: TextToCheck) -> Finding:
    return Finding(
        claim=quote.claim,
        source=quote.source,
        quote=quote.quote,
        span=quote.span,
        verdict=Verdict.NO_TEXT,
        reason=text.reason,
        unreadable=text.unreadable,
    )


def _finding(quote: QuoteToCheck, loaded: _LoadedText) -> Finding:
    """Return the finding on one quote: its matches, or the nearest passage."""
    selector = (quote.prefix, quote.suffix, quote.locator)
    cited = CitedQuote(quote.quote, *selector, quote.speakers, loaded.polarity)
    result = check_quote(cited, loaded.text)
    ranges = [(place.start, place.end) for place in result.occurrences]
    if result.nearest:
        ranges = [result.nearest.span]
    first, last = ranges[0] if ranges else (0, 0)
    context_start = max(0, first - CONTEXT)
    text = loaded.text.text
    nearest = text[first:last].replace(LEFT_OUT, "")
    return Finding(
        claim=quote.claim,
        source=quote.source,
        quote=quote.quote,
        span=quote.span,
        verdict=result.verdict,
        match_kind=result.match,
        warnings=(
            *loaded.warnings,
            *(QuoteWarning(w.kind.value, w.message) for w in result.warnings),
        ),
        text=loaded.about.path,
        matches=tuple(_match(loaded.text, *span) for span in ranges),
        context=text[context_start : last + CONTEXT] if ranges else "",
        context_start=context_start,
        fragment_url=_fragment_url(loaded, ranges[0]) if ranges else None,
        reason=loaded.note if result.verdict.fails else "",
        differences=differences(quote.quote, nearest) if result.nearest else ((), ()),
    )


def _fragment_url(loaded: _LoadedText, span: TextSpan) -> str | None:
    """Return the address at which a browser shows a span: its words, or a page of a PDF."""
    url = loaded.about.url
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
