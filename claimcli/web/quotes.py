"""Quotes and the texts of sources, as several pages show them."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from claimcli.analysis.finding_notes import finding_notes, words_in_text
from claimcli.analysis.findings import Finding
from claimcli.analysis.verify import verify_quotes
from claimcli.core.query import Request, Scope
from claimcli.core.records import Citation, Claim, Dossier, Source
from claimcli.core.text.escaping import web_link
from claimcli.core.text.word_diff import Segment
from claimcli.quotes.texts.source_texts import (
    SourceText,
    TextFile,
    UnreadableTextError,
    read_text,
)
from claimcli.quotes.verdict import Verdict
from claimcli.web.reader import Reader

MAX_KEPT_BYTES = 1024 * 1024
"""Size of a file up to which its text is kept in memory for the next page."""
MAX_NOTE = 1_000
"""Characters of a note on a quote that are shown."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,7}")


class VerdictView(Struct, frozen=True):
    """The verdict on a quote: a sign, words, the place in the text, and notes.

    ``theirs`` are the segments of the words in the text if the quote has others, marked in
    ``ours``. ``in_browser`` is the address at which a browser shows the words.
    """

    sign: str
    words: str
    place: str
    notes: tuple[str, ...]
    ours: tuple[Segment, ...]
    theirs: tuple[Segment, ...]
    in_browser: str
    fails: bool


class QuoteView(Struct, frozen=True, kw_only=True):
    """A quote with its source and its verdict; ``anchor`` is its id in the page of the source."""

    claim: str
    source: str
    title: str
    quote: str
    language: str
    anchor: str
    verdict: VerdictView | None


def language_of(source: Source | None) -> str:
    """Return the language of a source as a BCP 47 tag, "" if none is on file."""
    language = (source.language if source else None) or ""
    return language if _LANGUAGE.fullmatch(language) else ""


def quote_anchors(claim: Claim) -> Iterator[tuple[Citation, str]]:
    """Yield the citations of a claim with quotes, each with the id of the quote in its source."""
    numbers: dict[str, int] = {}
    for citation in claim.citations:
        if citation.quote:
            numbers[citation.source] = numbers.get(citation.source, 0) + 1
            yield citation, f"q-{claim.id}-{numbers[citation.source]}"


def verdict_view(finding: Finding | None) -> VerdictView | None:
    """Return the view of a finding, None without one."""
    if finding is None:
        return None
    match, verdict = finding.first_match, finding.verdict
    unread = f"not checked: {finding.reason}"
    there = words_in_text(finding) if verdict is Verdict.ALTERED else ""
    hidden = {there, finding.reason if verdict is Verdict.NO_TEXT else ""}
    ours, theirs = finding.differences
    return VerdictView(
        sign="✓" if verdict.is_found else "✗" if verdict.fails else "–",
        words=unread if finding.unreadable else verdict.label,
        place=match.label if match else "",
        notes=tuple(_cut(note) for note in finding_notes(finding) if note not in hidden),
        ours=ours,
        theirs=theirs if verdict is Verdict.ALTERED else (),
        in_browser=web_link(finding.fragment_url),
        fails=verdict.fails,
    )


def _cut(note: str) -> str:
    """Return a note without its end if it names too many places."""
    return note if len(note) <= MAX_NOTE else f"{note[:MAX_NOTE].rstrip()}…"


def quote_view(
    dossier: Dossier, claim: Claim, citation: Citation, anchor: str, finding: Finding | None
) -> QuoteView:
    """Return the view of a quote of a claim."""
    source = dossier.sources.get(citation.source)
    return QuoteView(
        claim=claim.id,
        source=citation.source if source else "",
        title=source.title if source else citation.source,
        quote=citation.quote or "",
        language=language_of(source),
        anchor=anchor,
        verdict=verdict_view(finding),
    )


def verified(
    reader: Reader, dossier: Dossier, quotes: Sequence[tuple[Claim, Citation]]
) -> list[Finding]:
    """Return the findings on some quotes of a dossier that was read, in their order.

    The names of all speakers are read if there is a text to compare with.
    """
    sources = (dossier.sources.get(citation.source) for _, citation in quotes)
    if dossier.speakers is None and any(source and source.text for source in sources):
        names = reader.read(Request(limit=0, scope=Scope.CLAIMS, speakers=True)).speakers
        dossier = replace(dossier, speakers=names)
    return verify_quotes(dossier, quotes, read=read_kept)


def read_kept(file: TextFile) -> SourceText:
    """Return the text of a file, from memory if the file has not changed since.

    Raises UnreadableTextError as :func:`claimcli.quotes.texts.source_texts.read_text` does.
    """
    try:
        status = file.path.stat()
    except OSError:
        return read_text(file)
    if status.st_size > MAX_KEPT_BYTES:
        return read_text(file)
    kept = _read_state(file, status.st_mtime_ns, status.st_size)
    if isinstance(kept, SourceText):
        return kept
    raise UnreadableTextError(*kept)


@lru_cache(maxsize=16)
def _read_state(file: TextFile, changed: int, size: int) -> SourceText | tuple[str, str, str]:
    """Return the text of a file in one state, or what is wrong with it."""
    del changed, size
    try:
        return read_text(file)
    except UnreadableTextError as error:
        return error.name, error.reason, error.hint
