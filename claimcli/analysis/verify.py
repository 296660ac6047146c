"""Check every quote on file against the text of its source."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from claimcli.analysis.expected_speakers import DossierSpeakers
from claimcli.analysis.findings import Finding, Verification, as_verification
from claimcli.analysis.quote_findings import (
    QuoteToCheck,
    TextToCheck,
    findings_on_quotes,
    searchable,
)
from claimcli.core.records import Citation, Claim, Dossier, Source
from claimcli.quotes.polarity.lists import all_phrases
from claimcli.quotes.searchable import SearchableText
from claimcli.quotes.texts.source_texts import (
    SourceText,
    TextFile,
    UnreadableTextError,
    find_in_folder,
    find_text,
    read_text,
    sha256_of,
)

ReadText = Callable[[TextFile], SourceText]
"""Reads a text file as :func:`claimcli.quotes.texts.source_texts.read_text` does."""


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
    findings: dict[int, Finding] = {}
    for name, numbers in by_source.items():
        text = text_to_check(dossier, name, texts=texts, read=read)
        listed = [quote_to_check(dossier, *quotes[number], speakers) for number in numbers]
        findings |= dict(zip(numbers, findings_on_quotes(listed, text, phrases), strict=True))
    return [findings[number] for number in range(len(quotes))]


def quote_to_check(
    dossier: Dossier, claim: Claim, citation: Citation, speakers: DossierSpeakers
) -> QuoteToCheck:
    """Return the quote of a citation with all that its verdict depends on, except for the text."""
    span = citation.location.of("quote")
    return QuoteToCheck(
        claim=claim.id,
        source=citation.source,
        span=span,
        quote=citation.quote or "",
        prefix=citation.prefix or "",
        suffix=citation.suffix or "",
        locator=citation.locator or "",
        speakers=speakers.expected(claim),
        cut=(span.path, span.line, span.column) in dossier.cut_texts,
    )


def text_to_check(
    dossier: Dossier, name: str, *, texts: Path | None = None, read: ReadText = read_text
) -> TextToCheck:
    """Return the text of a source, or the reason why it cannot be checked."""
    source = dossier.sources.get(name)
    if source is None:
        return TextToCheck(reason="no such source on file")
    try:
        loaded = _load(source, texts=texts, within=dossier.text_folders, read=read)
    except UnreadableTextError as error:
        reason = f"'{error.name}' {error.reason}; {error.hint}"
        return TextToCheck(reason=reason, unreadable=True)
    if loaded is None:
        return TextToCheck(reason="no text on file")
    return TextToCheck(
        read=loaded[1],
        path=str(loaded[0].path),
        url=source.url or "",
        language=source.language or "",
        sha256=source.sha256 or "",
    )


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


def searchable_text_of(
    dossier: Dossier, source: str, *, read: ReadText = read_text
) -> SearchableText | None:
    """Return the text of a source, None if none is on file. Raises UnreadableTextError."""
    record, within = dossier.sources.get(source), dossier.text_folders
    loaded = _load(record, texts=None, within=within, read=read)
    return searchable(loaded[1]) if loaded else None


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


def _named_text(name: str, source: Source, within: Collection[str]) -> TextFile:
    return find_text(name, relative_to=source.location.path, within=within)
