"""The claims in the rows of a sheet: with their sources, with what they answer, and verdicts."""

from typing import Any

from claimcli.core.response_kinds import Kind
from claimcli.core.schema import FieldType
from claimcli.exchange.records import ImportedRecord, ImportOptions, LossKind
from claimcli.exchange.sheets.answer_cells import (
    RowReferences,
    kind_named,
    kind_of_verdict,
    row_references,
)
from claimcli.exchange.sheets.columns import row_fields
from claimcli.exchange.sheets.data_rows import DataRow
from claimcli.exchange.sheets.headings import SheetColumn
from claimcli.exchange.sheets.layout import KEPT, SheetLayout
from claimcli.exchange.sheets.sheet_records import CellLocations, SheetReader
from claimcli.exchange.sheets.source_cells import Citation, CitedSources, citations
from claimcli.exchange.sheets.synonyms import VERDICT, VERDICT_PARTY, plain_heading

_REFERENCES = ("restates", "supersedes")
_LINKED = ("id", "title", "url")
"""The parts of a citation whose cells can lead to the address of the source."""
_PER_ROW = 1000
"""More than the citations in a row."""


class ClaimReader(SheetReader):
    """Reads the rows of a sheet of claims."""

    def __init__(self, layout: SheetLayout, options: ImportOptions) -> None:
        super().__init__(layout, options)
        columns = layout.columns
        self.sources = CitedSources()
        self.kinds = {plain_heading(word): kind for word, kind in options.columns.items()}
        self.cited = [one for one in columns if one.target and one.target.field == "source"]
        self.answered = [
            one for one in columns if one.role in tuple(Kind) or one.field == "responds_to"
        ]
        self.plain = layout.exact and not layout.describes_sources
        self.references = self._row_references()

    def records(self) -> list[ImportedRecord]:
        """Return the records of the rows, sources first. Raises ClaimcliError for mistakes."""
        claims = super().records()
        self.losses += self.sources.losses
        return [*self.sources.records(), *claims]

    def fields(self, row: DataRow) -> dict[str, Any]:
        """Return the fields of the claim in a row."""
        if self.plain:
            return row_fields(self.kind, self.cells(row))
        apart = ("source",) if self.layout.exact else ("source", "responds_to")
        cells = [one for one in self.cells(row) if one[0].field not in apart]
        fields: dict[str, Any] = row_fields(self.kind, cells)
        fields |= self._citations(row)
        if not self.layout.exact:
            fields |= self._answers(row) | self._verdict(row)
            for name in _REFERENCES:
                column = self.layout.column(name)
                if column and name in fields and (found := self._resolve(row, column)):
                    fields[name] = found[0]
        party = self.layout.column("party")
        if party and not fields.get("party") and not self.options.party:
            message = "the claim in this row has no party"
            self.error(row, party, message, "write it, or name one for such claims with --party")
        return fields

    def _citations(self, row: DataRow) -> dict[str, Any]:
        """Return the sources of a claim; a quote without a source is kept in the note."""
        cells: dict[int, dict[str, tuple[SheetColumn, str]]] = {}
        for number, one in enumerate((row, *row.more)):
            for column in self.cited:
                text = one.raw(column)
                if text.strip() and column.target:
                    if self.types[column.index] is FieldType.DATE:
                        text = "\n".join(self.date(one, column, line) for line in text.split("\n"))
                    group = cells.setdefault(number * _PER_ROW + column.target.number, {})
                    group[column.target.part] = (column, text)
                    self._follow(one, column, group)
        found = citations(cells)
        if isinstance(found, tuple):
            hint = "write one line for each, or use columns such as 'source 2' and 'quote 2'"
            self.error(row, *found, hint)
            return {}
        unsourced = [one for one in found if "id" not in one and "title" not in one]
        distinct = {tuple(one.items()): one for one in found if one not in unsourced}
        cited = [self._cite(row, n, one) for n, one in enumerate(distinct.values(), 1)]
        return {
            **(
                {"source" if len(cited) == 1 else "sources": cited[0] if len(cited) == 1 else cited}
                if cited
                else {}
            ),
            **self._kept(row, unsourced),
        }

    def _follow(
        self, row: DataRow, column: SheetColumn, group: dict[str, tuple[SheetColumn, str]]
    ) -> None:
        """Add the address to which the cell of a source leads, unless it has several lines."""
        place = (row.number, self.layout.place(column))
        part = column.target.part if column.target else ""
        is_single = "\n" not in row.text(column) and (part == "url" or "url" not in group)
        if place in self.links and part in _LINKED and is_single:
            group["url"] = (column, self.links[place])
            self.used.add(place)

    def _cite(self, row: DataRow, number: int, citation: Citation) -> Any:
        places = {
            one.target.part: self.layout.place(one)
            for one in self.cited
            if one.target and one.target.number == 1
        }
        places.setdefault("title", places.get("id", next(iter(places.values()), 1)))
        places.pop("id", None)
        cells = CellLocations(self.sheet.row(row.number), places)
        where = cells["title"] + (f" ({number})" if number > 1 else "")
        return self.sources.cite(citation, where, cells)

    def _kept(self, row: DataRow, unsourced: list[Citation]) -> dict[str, str]:
        for _ in unsourced:
            self.lose(row, self.cited[0], LossKind.KEPT_IN_NOTE, "there is no source for it")
        lines = [f"{part}: {text}" for one in unsourced for part, text in one.items()]
        return {KEPT: "\n".join(lines)} if lines else {}

    def _answers(self, row: DataRow) -> dict[str, Any]:
        """Return the claims that a row answers, with the kind of answer."""
        column = self.layout.column("kind")
        kinds = [kind_named(line) for line in row.text(column).split("\n")] if column else []
        kinds = [kind for kind in kinds if kind]
        answers: list[dict[str, str]] = []
        for target in self.answered:
            if not row.text(target):
                continue
            found = self._resolve(row, target)
            given = [target.role] if target.role else kinds
            if not given and plain_heading(target.heading) != "responds to":
                message = f"it is not said how the claim answers '{row.text(target)[:60]}'"
                hint = (
                    f"add a column 'kind', or write --map '{target.heading}=denies' or another kind"
                )
                self.error(row, target, message, hint)
            elif len(given) > 1 and len(given) != len(found):
                message = f"{len(found):,} claims are answered in {len(given):,} ways"
                self.error(row, target, message, "write as many lines in both cells")
            else:
                every = given if len(given) > 1 else (given or [""]) * len(found)
                pairs = zip(found, every, strict=True)
                answers += [
                    {"claim": one, **({"kind": kind} if kind else {})} for one, kind in pairs
                ]
        if column and kinds and not any(row.text(target) for target in self.answered):
            message = f"a kind of answer '{kinds[0]}', but no claim that is answered"
            self.error(row, column, message, f"leave it out with --map '{column.heading}='")
        return {"responds_to": answers[0] if len(answers) == 1 else answers} if answers else {}

    def _resolve(self, row: DataRow, column: SheetColumn) -> list[str]:
        found = self.references.resolve(row.text(column))
        if isinstance(found, list):
            return found
        place = f"a number in '{self.labels.heading}'" if self.labels else "the number of a row"
        message, hint = f"no claim '{found[:60]}'", f"write {place}, or the id of a claim"
        if found.strip().casefold() in self.references.several:
            message = f"several rows have '{found[:60]}'"
            hint = hint.replace("a number", "a number that only one row has")
        self.error(row, column, message, hint)
        return []

    def _verdict(self, row: DataRow) -> dict[str, Any]:
        """Return somebody's verdict on the claim, as an answer of that party in its words."""
        column, party = self.layout.column(VERDICT), self.layout.column(VERDICT_PARTY)
        verdict = row.text(column) if column else ""
        if not verdict or not column:
            return {}
        name = (row.text(party) if party else "") or column.by
        if not name:
            hint = f"write --map '{column.heading}=verdict by NAME', or add a column 'verdict by'"
            self.error(row, column, f"it is not said who gave the verdict '{verdict[:60]}'", hint)
            return {}
        kind = kind_of_verdict(verdict, self.kinds)
        if kind is None:
            hint = (
                f"write --map '{verdict[:60]}=qualifies' or another kind of answer, "
                f"or --map '{column.heading}=note' to keep it in the note"
            )
            self.error(
                row,
                column,
                f"it is not known how the verdict '{verdict[:60]}' answers the claim",
                hint,
            )
            return {}
        answer = {"kind": kind.value, "party": name, "statement": verdict}
        return {"rebuttals" if kind.opposes else "responses": [answer]}

    def _row_references(self) -> RowReferences:
        """Return how rows refer to each other: by an id, a number, or the words of a claim."""
        used = self.answered or any(map(self.layout.column, _REFERENCES))
        statement = self.layout.column("statement")
        rows = self.rows if used and not self.layout.exact and statement else ()
        return row_references(
            (
                row.number,
                (row.text(self.ids) if self.ids else "") or self.sheet.row(row.number),
                row.text(self.labels) if self.labels else "",
                row.text(statement) if statement else "",
            )
            for row in rows
        )


def reader_of_sheet(layout: SheetLayout, options: ImportOptions) -> SheetReader:
    """Return the reader of a sheet."""
    return (ClaimReader if layout.kind == "claim" else SheetReader)(layout, options)
