"""The texts of a file for which similar claims are searched: sentences, statements or cells."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from claimcli.analysis.similar import TextToMatch
from claimcli.core.problems import ClaimcliError, ExitCode, Problem
from claimcli.core.records import Claim
from claimcli.core.text.suggestions import did_you_mean
from claimcli.dossier.content import MAX_BYTES, read_content, too_large
from claimcli.dossier.reader import read_bytes
from claimcli.exchange.json_input import JsonValue, read_json
from claimcli.exchange.records import ImportOptions
from claimcli.exchange.sheets.delimited import read_csv
from claimcli.exchange.sheets.synonyms import FIELDS_BY_HEADING, plain_heading
from claimcli.quotes.normalize import INVISIBLE
from claimcli.quotes.searchable import SearchableText
from claimcli.quotes.sentences import sentences
from claimcli.quotes.texts.source_texts import (
    TEXT_SUFFIXES,
    SourceText,
    UnreadableTextError,
    source_text,
)

MAX_TEXTS = 10_000
"""Most texts of one file for which claims are searched."""
MAX_LENGTH = 5_000
"""Longest text; the rest is left out."""
MAX_COLUMNS = 30
"""Most columns that an error lists."""
_SAMPLE = 100
"""Objects of a JSON file whose keys count as its columns."""
STDIN = Path("standard input")
_HEADINGS = FIELDS_BY_HEADING["claim"] | {"statement": "statement"}
_DROPPED = re.compile(f"[{INVISIBLE}]")
_HYPHEN = re.compile(r"(?<=[a-z])-[ \t]*\r?\n\s*(?=[a-z])")
_YAML, _CSV, _JSON = (".yaml", ".yml"), (".csv", ".tsv"), (".jsonl", ".ndjson", ".json")


class InputTexts(Struct, frozen=True):
    """The texts of a file, and the number of its records or rows that have none."""

    texts: tuple[TextToMatch, ...]
    without_text: int = 0


def read_input_texts(path: Path, *, column: str = "", data: bytes | None = None) -> InputTexts:
    """Return the texts of a file, in its order; ``data`` is its content if that is known.

    Text, Markdown, HTML and PDF give sentences, YAML the statements of a dossier with their ids,
    CSV and JSON Lines the cells of a column. Their places are as in ``speech.txt:12``,
    ``report.pdf:p3`` and ``claims.csv:R7``. Raises ClaimcliError, with a place and a hint, if the
    file is unreadable, has no or too many texts, or the column is not in it.
    """
    if data is None and not path.exists():
        hint = "write a path from this folder on"
        raise ClaimcliError(f"there is no file '{path}'", hint, code=ExitCode.UNREADABLE)
    content = _content(path) if data is None else data
    if isinstance(content, Problem):
        raise ClaimcliError(f"{path}: {content.message}", content.help, code=ExitCode.UNREADABLE)
    ending = path.suffix.lower() or _ending_of(content, column)
    reader = _reader_of(ending, path)
    if column and reader in (_sentences, _statements):
        raise ClaimcliError(
            f"--column names a column of a CSV or JSON Lines file, and {path} is neither",
            "leave it out, or give the file the extension .csv or .jsonl",
        )
    texts: list[TextToMatch] = []
    without_text = 0
    for text in reader(_InputFile(path, content, ending, column)):
        if len(texts) == MAX_TEXTS:
            raise ClaimcliError(f"{path} has more than {MAX_TEXTS:,} texts", "divide it")
        if text.text:
            texts.append(text)
        else:
            without_text += 1
    if not texts:
        raise ClaimcliError(f"{path} has no text to search for", "name another file")
    return InputTexts(tuple(texts), without_text)


def _content(path: Path) -> bytes | Problem:
    """Return the bytes of a file or a pipe, or the reason why it cannot be read."""
    if not path.is_fifo():
        return read_content(path)
    with path.open("rb") as pipe:
        data = pipe.read(MAX_BYTES + 1)
    return data if len(data) <= MAX_BYTES else too_large()


class _InputFile(Struct, frozen=True):
    path: Path
    data: bytes
    ending: str
    column: str


Reader = Callable[[_InputFile], Iterable[TextToMatch]]
"""Yields the texts of a file, and an empty one for each record or row that has none."""


def _ending_of(data: bytes, column: str) -> str:
    """Return the extension that a file without one would have."""
    start = data[:500].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"%pdf"):
        return ".pdf"
    if start.startswith((b"<!doctype html", b"<html")):
        return ".html"
    if start.startswith(b"{") or (column and start.startswith(b"[")):
        return ".jsonl"
    return ".csv" if column else ".txt"


def _reader_of(ending: str, path: Path) -> Reader:
    if ending in _YAML:
        return _statements
    if ending in _CSV:
        return _cells
    if ending in _JSON:
        return _values
    if ending in TEXT_SUFFIXES:
        return _sentences
    known = ", ".join((*TEXT_SUFFIXES, *_YAML, *_CSV, *_JSON))
    raise ClaimcliError(f"{path}: no format '{ending}'", f"the extension is one of {known}")


def _sentences(file: _InputFile) -> Iterator[TextToMatch]:
    """Yield the sentences of a text, web page or PDF, of its main text if that is known."""
    try:
        source = source_text(str(file.path), file.data, ending=file.ending)
    except UnreadableTextError as error:
        raise ClaimcliError(str(error), error.hint, code=ExitCode.UNREADABLE) from None
    place = _pages(source.text) if source.paged else _line_numbers(source)
    for start, end in sentences(source.plain):
        if sentence := _clean(source.plain[start:end]):
            yield TextToMatch(sentence, f"{file.path.name}:{place(start)}")


def _line_numbers(source: SourceText) -> Callable[[int], str]:
    """Return a function from a position in a text to the number of its line in the file."""
    text = SearchableText(source.text, lines=source.lines)
    return lambda at: str(text.place(at).line)


def _pages(text: str) -> Callable[[int], str]:
    """Return a function from a position in a text to its page, such as ``p3``."""
    ends = [found.start() for found in re.finditer("\f", text)]
    return lambda at: f"p{bisect_right(ends, at) + 1}"


def _clean(text: str) -> str:
    """Return a text on one line, without what is invisible and without hyphens at line ends."""
    return " ".join(_DROPPED.sub("", _HYPHEN.sub("", text)).split())[:MAX_LENGTH]


def _statements(file: _InputFile) -> Iterator[TextToMatch]:
    """Yield the statements of a file of a dossier, those of answers too."""
    for batch in read_bytes(file.data):
        yield from [TextToMatch("")] * batch.unread
        for problem in batch.problems:
            if problem.unread:
                raise ClaimcliError(
                    f"{file.path}:{problem.span.line}: {problem.message}", problem.help
                )
        for record in batch.records:
            if isinstance(record, Claim):
                line = record.location.of("statement").line
                where = f"{file.path.name}:{line}"
                yield TextToMatch(_clean(record.statement), where, record.id)


def _cells(file: _InputFile) -> Iterator[TextToMatch]:
    """Yield the cells of a column of a CSV file, whose first row that has cells names columns."""
    try:
        sheet = read_csv(file.path, ImportOptions(), data=file.data)
    except ClaimcliError as error:
        raise _saved_as_utf8(error) from None
    first = next((n for n, row in enumerate(sheet.rows) if any(map(str.strip, row))), 0)
    if not sheet.rows:
        return
    names = [name.strip() for name in sheet.rows[first]]
    index = names.index(_column(file, names))
    for number, row in enumerate(sheet.rows[first + 1 :], first + 2):
        text = row[index] if index < len(row) else ""
        if any(map(str.strip, row)):
            yield TextToMatch(_clean(text), f"{file.path.name}:R{number}")


def _values(file: _InputFile) -> Iterator[TextToMatch]:
    """Yield the values of a key of a JSON file's objects; if it has none, its texts."""
    try:
        documents = read_json(file.path, data=file.data).documents
    except ClaimcliError as error:
        raise _saved_as_utf8(error) from None
    items = [item for document in documents for item in document.items()]
    names = list(dict.fromkeys(key for item in items[:_SAMPLE] for key in item.fields()))
    name = _column(file, names) if names or file.column else ""
    for item in items:
        value: JsonValue = item[name] if name else item
        line = int(item.location.split(":")[-2])
        yield TextToMatch(_clean(value.text()), f"{file.path.name}:{line}")


def _saved_as_utf8(error: ClaimcliError) -> ClaimcliError:
    """Return an error with a hint that names no option of ``import``."""
    hint = "save the file as UTF-8" if "--encoding" in error.hint else error.hint
    return ClaimcliError(
        error.message, hint.partition(", or name the separator")[0], code=error.code
    )


def _column(file: _InputFile, names: Sequence[str]) -> str:
    """Return the name of the column to read: the wanted one, the only one, or that of statements.

    Raises ClaimcliError, which lists the columns, if there is no such column.
    """
    wanted, path = file.column, file.path
    shown = [f"'{name[:40]}'" for name in names if name][:MAX_COLUMNS]
    dots = ", ..." if len(names) > MAX_COLUMNS else ""
    listed = f"the columns are {', '.join(shown)}{dots}" if shown else "the file has no columns"
    if wanted:
        same = [name for name in names if name == wanted]
        same = same or [name for name in names if name.lower() == wanted.lower()]
        if not same:
            hint = did_you_mean(wanted, names, listed)
            raise ClaimcliError(f"{path}: no column '{wanted}'", hint)
        if len(same) > 1:
            message = f"{path}: there are {len(same)} columns '{wanted}'"
            raise ClaimcliError(message, "give one of them another name")
        return same[0]
    if len(names) == 1:
        return names[0]
    known = [name for name in names if _HEADINGS.get(plain_heading(name)) == "statement"]
    if len(known) != 1:
        message = f"{path}: which column has the texts is not clear"
        raise ClaimcliError(message, f"name it with --column; {listed}")
    return known[0]
