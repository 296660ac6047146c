"""CSV files: their encoding and separator are detected."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from claimcli.core.problems import ClaimcliError
from claimcli.exchange.records import ImportOptions
from claimcli.exchange.sheets.formulas import unprotect_formula
from claimcli.exchange.sheets.sheet import MAX_CHARACTERS, MAX_ROWS, Sheet, read_bytes
from claimcli.exchange.text_files import encoding_of

SEPARATORS = {";": "semicolon", "\t": "tab", ",": "comma", "|": "vertical bar"}
"""The separators that are detected, with their names; of equally likely ones the first."""
_NAMED = {**{name: sign for sign, name in SEPARATORS.items()}, r"\t": "\t", "bar": "|"}
_SAMPLE_ROWS = 200
_DECLARED = "sep="
"""The beginning of a first line with which Excel names the separator."""


def read_csv(path: Path, options: ImportOptions, *, data: bytes | None = None) -> Sheet:
    """Return the cells of a CSV file; ``data`` is its content if that is known.

    Raises ClaimcliError, with a location, if it is invalid.
    """
    data = read_bytes(path) if data is None else data
    encoding, note = encoding_of(path, data, options.encoding)
    try:
        separator = _separator(options.separator) or _detected(data, encoding)
    except UnicodeError:
        message = f"{path.name}:R1: the file is not in {encoding}"
        raise ClaimcliError(message, "name its encoding with --encoding") from None
    rows = list(_rows(path, data, encoding, separator))
    if rows and separator.join(rows[0]).startswith(_DECLARED):
        rows[0] = []
    notes = (
        f"{path.name}: {note}",
        f"{path.name}: separator {SEPARATORS.get(separator, separator)}",
    )
    sheet = Sheet(path.name, path.stem, rows, notes=notes)
    sheet.check()
    return sheet


def _separator(named: str) -> str:
    """Return the separator that an option names, "" without one."""
    sign = _NAMED.get(named.lower(), named)
    if len(sign) > 1 or sign in ("\n", "\r", '"'):
        raise ClaimcliError(
            f"no separator '{named}'", f"write one of {', '.join(_NAMED)}, or a sign"
        )
    return sign


def _detected(data: bytes, encoding: str) -> str:
    """Return the separator with which most rows have equally many columns, and most columns.

    The number of those rows is multiplied with the number of their separators.
    """
    text = codecs.getincrementaldecoder(encoding)("replace").decode(data[: 256 * 1024])
    first = text.lstrip("\ufeff").partition("\n")[0].strip("\r")
    if first.startswith(_DECLARED) and len(first) == len(_DECLARED) + 1:
        return first[-1]
    return max(SEPARATORS, key=lambda sign: _consistency(text, sign))


def _consistency(text: str, separator: str) -> int:
    counts: Counter[int] = Counter()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for _, row in zip(range(_SAMPLE_ROWS), reader, strict=False):
            counts[len(row)] += 1
    except csv.Error:
        pass  # the sample ends inside a cell, or this is not the separator
    return max((rows * (columns - 1) for columns, rows in counts.items() if columns > 1), default=0)


def _rows(path: Path, data: bytes, encoding: str, separator: str) -> Iterator[list[str]]:
    lines = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="")
    number = 0
    try:
        for row in csv.reader(lines, delimiter=separator, strict=True):
            number += 1
            if number > MAX_ROWS:
                raise ClaimcliError(
                    f"{path.name} has more than {MAX_ROWS:,} rows", "divide it into several files"
                )
            yield [
                _cell(cell) if cell and (cell[0] == "'" or "\r" in cell) else cell for cell in row
            ]
    except UnicodeError:
        message = f"{path.name}:R{number + 1}: from here on the file is not in {encoding}"
        raise ClaimcliError(message, "name its encoding with --encoding") from None
    except csv.Error as error:
        message, hint = _reason(str(error))
        raise ClaimcliError(f"{path.name}:R{number + 1}: {message}", hint) from None


def _cell(text: str) -> str:
    return unprotect_formula(text.replace("\r\n", "\n"))


def _reason(error: str) -> tuple[str, str]:
    """Return what is wrong with a row, and the hint, from the message of the csv module."""
    if "field limit" in error:
        return (
            f"more than {MAX_CHARACTERS:,} characters in a cell",
            "perhaps a quotation mark is not closed; write one that is part of the text twice",
        )
    if "unexpected end" in error:
        return "a quotation mark is not closed", 'write one that is part of the text as ""'
    if "expected after" in error:
        return (
            "a cell goes on after its closing quotation mark",
            'write quotation marks in a cell as "", or name the separator with --separator',
        )
    return f"the row cannot be read: {error}", "save the file again as CSV in UTF-8"
