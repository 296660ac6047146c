"""What an import does with each of its records: adds it, updates the one on file, or neither."""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path

from msgspec import Struct

from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.dossier.files import DataFiles
from claimcli.dossier.index.lookup import FileKey, file_of, is_taken
from claimcli.edit.assignments import Assignment
from claimcli.exchange.answer_trees import AnswerTrees
from claimcli.exchange.described_sources import place_sources
from claimcli.exchange.differences import Difference, differences, stored_record
from claimcli.exchange.import_files import AddedRecord, Updates
from claimcli.exchange.import_items import ImportItem, import_items
from claimcli.exchange.matches import Ids, claims_with_other_dates, match_records
from claimcli.exchange.names import RegistryIds, replace_names
from claimcli.exchange.records import Imported
from claimcli.exchange.references import References
from claimcli.exchange.text_paths import TextPaths
from claimcli.exchange.validation import cell_of, find_problems

MAX_LISTED = 20
"""Problems of an import that are listed."""
_ORDER = {
    kind: number for number, kind in enumerate(("party", "issue", "event", "source", "claim"))
}


class OnConflict(StrEnum):
    """What to do with an imported record that differs from the one on file with its id."""

    ERROR = "error"
    SKIP = "skip"
    UPDATE = "update"
    SUFFIX = "suffix"


class ImportOrder(Struct, frozen=True):
    """How to import: what to do on conflicts, the party and issue of claims that have none."""

    on_conflict: OnConflict = OnConflict.ERROR
    party: str = ""
    issue: str = ""


class ImportProblemsError(ClaimcliError):
    """Imported records that cannot be added as they are: ``messages`` has one for each problem."""

    def __init__(self, messages: Sequence[str], hint: str, code: int = ExitCode.WRONG_USE) -> None:
        self.messages = tuple(messages)
        others = f"; and {len(messages) - 1:,} more" if len(messages) > 1 else ""
        super().__init__(f"{messages[0]}{others}", hint, code=code)


class Stored(Struct, frozen=True):
    """The index and the files of the dossier."""

    db: sqlite3.Connection
    files: DataFiles


class Batch:
    """The records of an import, with ids, sorted into new ones and those to update.

    ``counts`` are those of the records by what is done with them and by kind. Raises ClaimcliError
    for invalid records, and for conflicts if the order says so.
    """

    def __init__(
        self, stored: Stored, imported: Imported, order: ImportOrder, texts: TextPaths
    ) -> None:
        self.db = stored.db
        self.files = stored.files
        self.order = order
        self.texts = texts
        self.items = import_items(imported.records)
        self.counts: dict[str, Counter[str]] = {}
        self.changed: list[tuple[ImportItem, list[Difference]]] = []
        ids = self._with_ids()
        if order.on_conflict is OnConflict.SUFFIX:
            self._rename_conflicts(ids)
        self.trees = AnswerTrees(self.items, ids)
        sources = place_sources(self.items, ids)
        others = [record for record in self.items if record.kind != "source"]
        self.items = sorted([*others, *sources], key=lambda record: _ORDER[record.kind])
        references = References(self.db, self.items)
        for record in self.items:
            references.replace(record)
        self._refuse_invalid()
        self._compare()

    def _with_ids(self) -> Ids:
        """Apply the defaults, replace names by ids, and match records with those on file."""
        for record in self.items:
            if record.kind == "claim":
                record.fields.setdefault("party", self.order.party)
                if self.order.issue and not record.fields.keys() & {"responds_to", "restates"}:
                    record.fields.setdefault("issue", self.order.issue)
                if not record.fields["party"]:
                    del record.fields["party"]
        registry = RegistryIds(self.db, self.items)
        replace_names(self.items, registry)
        self.items += registry.new
        ids = Ids(self.db)
        match_records(self.items, ids)
        return ids

    def _rename_conflicts(self, ids: Ids) -> None:
        """Give records that differ from those on file other ids, maybe of others on file."""
        references = References(self.db, [r for r in self.items if r.matches])
        for record in self.items:
            if not record.matches or "/" in record.id:
                continue
            references.replace(record)
            stem, number = record.id, 1
            while record.matches and differences(
                record, stored_record(self.db, record.kind, record.id)
            ):
                number += 1
                record.id = f"{stem}-{number}"
                record.matches = is_taken(self.db, record.kind, record.id)
            ids.used.add((record.kind, record.id))

    def _refuse_invalid(self) -> None:
        if problems := find_problems(self.items):
            raise ImportProblemsError(list(map(str, problems)), problems[0].problem.help)

    def _compare(self) -> None:
        """Compare the records that are on file, and count what is done with each record."""
        messages = []
        for record in self.items:
            if not record.matches:
                self.texts.check(record)
                self._count("added", record)
                continue
            found = self._differences(record)
            if not found:
                self._count("unchanged", record)
            elif self.order.on_conflict is OnConflict.UPDATE:
                self._count("updated", record)
                self.changed.append((record, found))
            elif self.order.on_conflict is OnConflict.SKIP:
                self._count("skipped", record)
            else:
                messages += [f"{_where(record, one)}: {record.name}: {one.text}" for one in found]
        if messages:
            hint = "add --on-conflict update, skip or suffix"
            raise ImportProblemsError(messages, hint, ExitCode.FINDINGS)

    def _differences(self, item: ImportItem) -> list[Difference]:
        """Return how a record differs from that on file, without paths outside the dossier."""
        stored = stored_record(self.db, item.kind, item.id)
        found = differences(item, stored)
        if any(one.path[-1] == "text" for one in found):
            path = self.files.path(*file_of(self.db, item.kind, item.id))
            self.texts.check(item, Path(path).parent)
            return differences(item, stored)
        return found

    def _count(self, done: str, record: ImportItem) -> None:
        self.counts.setdefault(done, Counter())[record.kind] += 1

    @property
    def new_items(self) -> list[ImportItem]:
        """The records that are not on file."""
        return [item for item in self.items if not item.matches]

    @property
    def new(self) -> Iterator[AddedRecord]:
        """The new records that are not written in others, in the order of the kinds."""
        nested = {id(one) for below in self.trees.children.values() for one in below}
        for record in self.new_items:
            if id(record) not in nested:
                yield AddedRecord(record.kind, partial(self.trees.written, record))

    def has_quotes_to_compare(self) -> bool:
        """Return whether new or updated claims quote sources whose texts are on file."""
        rows = self.db.execute("SELECT id FROM sources WHERE text IS NOT NULL")
        texts = {name for (name,) in rows} | self.texts.found
        items = (*self.new_items, *(item for item, _ in self.changed))
        claims = (item for item in items if item.kind == "claim")
        cited = (one for claim in claims for one in claim.fields.get("source", ()))
        return any(one.get("quote") and (one.get("id") in texts or "text" in one) for one in cited)

    @property
    def notes(self) -> Iterator[str]:
        """Notes on lost values, other ids than those of the import, other dates, missing texts."""
        yield from self.texts.missing
        for record, found in self.changed:
            for one in found:
                if one.shortened:
                    yield f"note: {_where(record, one)}: {record.name}: {one.shortened}"
        for record in self.items:
            given = str(record.fields.get("id") or record.id)
            if given != record.id:
                yield f"note: {record.cell('id')}: '{given}' is now {record.name}"
        if others := claims_with_other_dates(self.db, self.new_items):
            record, name = others[0]
            more = f" ({len(others) - 1:,} more)" if len(others) > 1 else ""
            yield (
                f"note: {record.cell('said')}: {record.name} differs from '{name}' on file in its "
                f"date alone{more}; if it is the same claim, 'claimcli undo' and correct '{name}'"
            )

    def updates(self) -> dict[FileKey, Updates]:
        """Return the assignments that update records on file, by file."""
        result: dict[FileKey, dict[tuple[str, str], list[Assignment]]] = {}
        for record, found in self.changed:
            place = file_of(self.db, record.kind, record.id)
            assignments = [one.assignment for one in found]
            result.setdefault(place, {})[record.kind, record.id] = assignments
        return dict(result)


def _where(record: ImportItem, difference: Difference) -> str:
    return cell_of(record, difference.path)
