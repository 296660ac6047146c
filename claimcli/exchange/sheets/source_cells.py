"""The citations in the cells of a row: several in a cell are separated by line breaks."""

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from claimcli.core.schema import QUOTING, SOURCE
from claimcli.core.text.escaping import web_link
from claimcli.dossier.value_parsers import DERIVED_ID
from claimcli.exchange.records import ImportedRecord, Loss, LossKind
from claimcli.exchange.sheets.columns import split_values
from claimcli.exchange.sheets.headings import SheetColumn
from claimcli.syntax.edit.values import Value

_QUOTING = {field.name for field in QUOTING}
_TITLE_AND_ADDRESS = re.compile(
    r"(?P<title>\S.*?)[\s:,(<\[]+(?P<url>https?://[^\s<>\])]+)[>\])]?\.?"
)
_MARKS = (("“", "”"), ("„", "“"), ("«", "»"), ("‘", "’"), ('"', '"'))
"""Quotation marks around a whole cell, which are not part of the words."""
_SAME_SOURCE = ("title", "url", "published")
"""The fields that make sources of two rows the same, if they are equal."""
_ORIGIN = ("outlet", "author")

Citation = dict[str, str]


def citations(
    cells: Mapping[int, Mapping[str, tuple[SheetColumn, str]]],
) -> list[Citation] | tuple[SheetColumn, str]:
    """Return the citations in the cells of a row: by number and part, the column and the text.

    A part with several lines has a citation for each line. One source can have several quotes;
    otherwise all parts have equally many lines. If not, the column and what is wrong are returned.
    """
    found: list[Citation] = []
    for _, parts in sorted(cells.items()):
        lines = {part: _values(part, text) for part, (_, text) in parts.items()}
        most = max(map(len, lines.values()))
        one_source = all(len(lines[part]) == 1 for part in lines if part not in _QUOTING)
        for part, values in lines.items():
            if len(values) != most and not (one_source and part not in _QUOTING):
                column, other = parts[part][0], next(p for p in lines if len(lines[p]) == most)
                problem = (
                    f"{_lines(len(values))} here and {most:,} in '{parts[other][0].heading}', "
                    "so that it is not clear which belong together"
                )
                return column, problem
            lines[part] = values * most if len(values) == 1 else values
        for number in range(most):
            found.append(_described({part: values[number] for part, values in lines.items()}))
    return found


def _values(part: str, text: str) -> list[str]:
    """Return the values in a cell; a quote in one pair of quotation marks may have paragraphs."""
    whole = text.strip()
    one = part == "quote" and '"' not in whole and _without_marks(whole) != whole
    return [whole] if one else split_values(text)


def _lines(number: int) -> str:
    return "1 line" if number == 1 else f"{number:,} lines"


def _described(parts: Citation) -> Citation:
    """Return a citation with its source as an id, or described by title and address."""
    source = parts.pop("id", "")
    if quote := parts.get("quote"):
        parts["quote"] = _without_marks(quote)
    if match := _TITLE_AND_ADDRESS.fullmatch(source):
        return {"title": match["title"], "url": match["url"], **parts}
    if web_link(source):
        return {"title": source, "url": source, **parts}
    if source and DERIVED_ID.fullmatch(source) and "title" not in parts:
        return {"id": source, **parts}
    if source:
        return {"title": source, **parts}
    title = parts.get("title") or parts.get("url") or parts.get("outlet")
    return {"title": title, **parts} if title else parts


def _without_marks(text: str) -> str:
    for first, last in _MARKS:
        inner = text[1:-1]
        if text.startswith(first) and text.endswith(last) and not {first, last} & {*inner}:
            return inner.strip()
    return text


class CitedSource(Struct, frozen=True):
    """A source that a cell describes, and its location."""

    fields: Citation
    where: str
    cells: Mapping[str, str]


def _contradict(source: CitedSource | None, described: Citation) -> bool:
    """Return whether a source is of another outlet or author than a description says."""
    fields = source.fields if source else {}
    return any(fields.get(n, described[n]) != described[n] for n in _ORIGIN if n in described)


class CitedSources:
    """The sources that the cells of a sheet describe, each once; see ``_SAME_SOURCE``."""

    def __init__(self) -> None:
        self.losses: list[Loss] = []
        self._sources: dict[tuple[str, ...], CitedSource] = {}

    def cite(self, citation: Citation, where: str, cells: Mapping[str, str]) -> Value:
        """Return the citation as a claim has it; a described source is cited by its location.

        Sources without an address are different ones if outlet or author differ.
        """
        if "title" not in citation:
            return citation["id"] if citation.keys() == {"id"} else dict(citation)
        described = {name: text for name, text in citation.items() if name in SOURCE.names}
        quoting = {name: text for name, text in citation.items() if name not in described}
        key = tuple(described.get(name, "") for name in _SAME_SOURCE)
        if not described.get("url") and _contradict(self._sources.get(key), described):
            key += tuple(described.get(name, "") for name in _ORIGIN)
        known = self._sources.setdefault(key, CitedSource(described, where, cells))
        self._add(key, known, described, cells)
        return {"id": known.where, **quoting} if quoting else known.where

    def _add(
        self,
        key: tuple[str, ...],
        known: CitedSource,
        described: Citation,
        cells: Mapping[str, str],
    ) -> None:
        """Add what a further cell says about a source; what contradicts the first is a loss."""
        fields = {**described, **known.fields}
        for name, text in described.items():
            if fields[name] != text:
                record, kept = f"source {known.fields['title']}", f"'{fields[name]}' is kept"
                self.losses.append(Loss(record, name, LossKind.DROPPED, cells.get(name, ""), kept))
        if len(fields) > len(known.fields):
            self._sources[key] = replace(known, fields=fields)

    def records(self) -> Iterator[ImportedRecord]:
        """Yield the records of the sources, in the order of the rows."""
        for source in self._sources.values():
            yield ImportedRecord("source", source.fields, source.where, source.cells)
