"""The tables ``quotes`` and ``texts``: quotes with all that their verdicts depend on.

A dossier's quotes and the texts of their sources are numbered in parts of bounded size; the texts
of a part and their quotes are verified together.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import pyarrow as pa

from claimcli.analysis.expected_speakers import DossierSpeakers
from claimcli.analysis.quote_findings import QuoteToCheck, TextToCheck
from claimcli.analysis.verify import quote_to_check, text_to_check
from claimcli.core.problems import ClaimcliError, ExitCode, Span
from claimcli.core.records import Citation, Claim, Dossier
from claimcli.dossier.files import path_as_text
from claimcli.quotes.speakers.names import ExpectedSpeakers, SpeakerNames
from claimcli.quotes.texts.source_texts import SourceText

PART_CHARACTERS = 4_000_000
"""Characters of texts in one part of a dossier, at most, unless one text is longer."""
PART_QUOTES = 4_000
"""Quotes in one part of a dossier, at most, unless one source has more."""
_TEXTS = pa.list_(pa.field("element", pa.string()))
_NUMBERS = pa.list_(pa.field("element", pa.int64()))
KEYS = ("dossier", "part")
_OPTIONAL = frozenset(
    {
        "prefix", "suffix", "locator", "path", "url", "language", "sha256", "reason", "digest",
        "text", "plain", "whole", "context", "lines", "paged", "note",
    }
)  # fmt: skip
"""The columns of both tables that can lack a value."""
QUOTES = pa.schema(
    {
        "dossier": pa.string(),
        "part": pa.int32(),
        "number": pa.int32(),
        "claim": pa.string(),
        "source": pa.string(),
        "quote": pa.string(),
        "prefix": pa.string(),
        "suffix": pa.string(),
        "locator": pa.string(),
        "speakers": _TEXTS,
        "speaker_named": pa.bool_(),
        "cut": pa.bool_(),
        "file": pa.string(),
        "line": pa.int32(),
        "column": pa.int32(),
        "end_line": pa.int32(),
        "end_column": pa.int32(),
    }
)
"""``number`` counts the quotes of a dossier in the order of ``claimcli verify``, from 0."""
TEXTS = pa.schema(
    {
        "dossier": pa.string(),
        "part": pa.int32(),
        "source": pa.string(),
        "path": pa.string(),
        "url": pa.string(),
        "language": pa.string(),
        "sha256": pa.string(),
        "reason": pa.string(),
        "unreadable": pa.bool_(),
        "digest": pa.string(),
        "text": pa.string(),
        "plain": pa.string(),
        "whole": pa.string(),
        "context": pa.string(),
        "lines": _NUMBERS,
        "paged": pa.bool_(),
        "note": pa.string(),
    }
)
"""A row for each quoted source. Without a text, ``reason`` says why. ``plain``, ``whole`` and
``context`` are null if they do not differ from the text; ``lines`` has pairs of a position in the
text and the number of the line of an HTML file that begins there."""


def quote_tables(dossier: Dossier, name: str) -> Iterator[tuple[str, pa.Table]]:
    """Yield tables of quotes and of texts, with their names, in parts; one part is in memory."""
    speakers = DossierSpeakers(dossier)
    quotes: list[dict[str, Any]] = []
    texts: list[dict[str, Any]] = []
    part = size = 0
    for source, cited in _by_source(dossier).items():
        text = text_to_check(dossier, source)
        length = len(text.read.text) if text.read else 0
        full = size + length > PART_CHARACTERS or len(quotes) + len(cited) > PART_QUOTES
        if texts and full:
            yield from _tables(quotes, texts)
            quotes, texts, part, size = [], [], part + 1, 0
        size += length
        texts.append({"dossier": name, "part": part, "source": source, **_text_row(text)})
        for number, claim, citation in cited:
            quote = quote_to_check(dossier, claim, citation, speakers)
            quotes.append({"dossier": name, "part": part, "number": number, **_quote_row(quote)})
    if texts:
        yield from _tables(quotes, texts)


def _by_source(dossier: Dossier) -> Mapping[str, list[tuple[int, Claim, Citation]]]:
    """Return the quotes of each source, with their numbers in the dossier."""
    quotes = [(claim, one) for claim in dossier.claims for one in claim.citations if one.quote]
    by_source: dict[str, list[tuple[int, Claim, Citation]]] = {}
    for number, (claim, citation) in enumerate(quotes):
        by_source.setdefault(citation.source, []).append((number, claim, citation))
    return by_source


def _tables(
    quotes: list[dict[str, Any]], texts: list[dict[str, Any]]
) -> Iterator[tuple[str, pa.Table]]:
    yield "quotes", pa.Table.from_pylist(quotes, QUOTES)
    yield "texts", pa.Table.from_pylist(texts, TEXTS)


def _quote_row(quote: QuoteToCheck) -> dict[str, Any]:
    span = quote.span
    return {
        "claim": quote.claim,
        "source": quote.source,
        "quote": quote.quote,
        "prefix": quote.prefix or None,
        "suffix": quote.suffix or None,
        "locator": quote.locator or None,
        "speakers": quote.speakers.own,
        "speaker_named": quote.speakers.named,
        "cut": quote.cut,
        "file": path_as_text(span.path),
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def checked(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """Return rows of a corpus with the types of a schema.

    Raises ClaimcliError if a column has another type or lacks a value.
    """
    try:
        rows = table.select(schema.names).cast(schema)
    except (pa.ArrowException, KeyError, ValueError) as error:
        raise _damaged(str(error).partition("\n")[0]) from None
    for name in schema.names:
        if rows[name].null_count and name not in _OPTIONAL:
            raise _damaged(f"a row without '{name}'")
    return rows


def _damaged(reason: str) -> ClaimcliError:
    hint = "write the corpus again with: claimcli corpus read FOLDER -o CORPUS"
    message = f"the tables 'quotes' and 'texts' are not as 'corpus read' writes them: {reason}"
    return ClaimcliError(message, hint, code=ExitCode.UNREADABLE)


def quote_of(row: Mapping[str, Any], names: SpeakerNames) -> QuoteToCheck:
    """Return the quote of a row; ``names`` are those of all speakers of the dossier."""
    expected = tuple(filter(None, row["speakers"]))
    return QuoteToCheck(
        claim=row["claim"],
        source=row["source"],
        span=Span(row["file"], row["line"], row["column"], row["end_line"], row["end_column"]),
        quote=row["quote"],
        prefix=row["prefix"] or "",
        suffix=row["suffix"] or "",
        locator=row["locator"] or "",
        speakers=ExpectedSpeakers(expected, names, named=row["speaker_named"]),
        cut=row["cut"],
    )


def _text_row(text: TextToCheck) -> dict[str, Any]:
    read = text.read
    row = {
        "path": path_as_text(text.path) or None,
        "url": text.url or None,
        "language": text.language or None,
        "sha256": text.sha256 or None,
        "reason": path_as_text(text.reason) or None,
        "unreadable": text.unreadable,
    }
    if read is None:
        return row
    return {
        **row,
        "digest": read.digest,
        "text": read.text,
        "plain": None if read.plain == read.text else read.plain,
        "whole": read.whole or None,
        "context": read.context or None,
        "lines": [number for line in read.lines for number in line],
        "paged": read.paged,
        "note": read.note or None,
    }


def text_of(row: Mapping[str, Any]) -> TextToCheck:
    """Return the text of a row. Raises ClaimcliError if its forms differ in length."""
    return TextToCheck(
        read=None if row["text"] is None else _source_text(row),
        path=row["path"] or "",
        url=row["url"] or "",
        language=row["language"] or "",
        sha256=row["sha256"] or "",
        reason=row["reason"] or "",
        unreadable=row["unreadable"],
    )


def _source_text(row: Mapping[str, Any]) -> SourceText:
    text = row["text"]
    forms = [row[name] for name in ("plain", "whole", "context")]
    if any(form is not None and len(form) != len(text) for form in forms):
        raise _damaged(f"the forms of the text of '{row['source']}' differ in length")
    numbers = [number or 0 for number in row["lines"] or ()]
    return SourceText(
        text=text,
        plain=text if row["plain"] is None else row["plain"],
        digest=row["digest"] or "",
        whole=row["whole"] or "",
        lines=tuple(zip(numbers[::2], numbers[1::2], strict=False)),
        paged=bool(row["paged"]),
        note=row["note"] or "",
        context=row["context"] or "",
    )


@lru_cache(maxsize=64)
def speaker_names(names: tuple[str, ...]) -> SpeakerNames:
    """Return the names of a dossier's speakers, which several parts of it need."""
    return SpeakerNames(names)
