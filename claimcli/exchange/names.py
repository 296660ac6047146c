"""Names of parties, issues and events in imported records turned into ids."""

import sqlite3
from collections.abc import Iterable
from typing import Any

from claimcli.core.party_names import fold_name
from claimcli.core.problems import ClaimcliError
from claimcli.dossier.index.lookup import is_taken
from claimcli.dossier.index.resolve import is_known, parties_called
from claimcli.dossier.value_parsers import ID
from claimcli.edit.new_records import NAMED_BY, id_from_text
from claimcli.exchange.import_items import ImportItem, listed
from claimcli.exchange.records import ImportedRecord

REGISTRIES = ("party", "issue", "event")
_TABLES = {"party": "parties", "issue": "issues", "event": "events", "source": "sources"}


class RegistryIds:
    """The ids of the parties, issues and events of a dossier and of an import.

    A name is that of a record on file or in the import, else a new record is made: ``new``.
    """

    def __init__(self, db: sqlite3.Connection, records: Iterable[ImportItem]) -> None:
        self.db = db
        self.new: list[ImportItem] = []
        self.notes: list[str] = []
        self.ids: dict[tuple[str, str], str] = {}
        self.used: set[tuple[str, str]] = set()
        self.named: dict[str, dict[str, str]] = {}
        self.mentioned: set[tuple[str, str]] = set()
        for record in records:
            if record.kind in REGISTRIES:
                self._register(record)
            elif record.kind == "claim":
                for kind in REGISTRIES:
                    self.mentioned.update(
                        (kind, str(w)) for w in listed(record.fields.get(kind, []))
                    )

    def _register(self, record: ImportItem) -> None:
        """Give a registry record its id, and note its names."""
        kind, fields = record.kind, record.fields
        name = str(fields.get(NAMED_BY[kind], ""))
        given = str(fields.get("id", ""))
        if ID.fullmatch(given):
            record.id = given
        else:
            word = name or given
            record.id = (self.on_file(kind, word) if word else "") or self.unused(kind, word)
        self.used.add((kind, record.id))
        for word in (given, name, *map(str, listed(fields.get("aliases", [])))):
            if word:
                self.ids.setdefault((kind, fold_name(word)), record.id)

    def id_of(self, kind: str, word: str, user: ImportItem) -> str:
        """Return the id that a word in a record means; a new name gets a record.

        Raises ClaimcliError if several parties have the name.
        """
        key = (kind, fold_name(word))
        if key not in self.ids:
            known = self.on_file(kind, word, user)
            self.ids[key] = known or (word if ID.fullmatch(word) else self._new(kind, word, user))
        return self.ids[key]

    def on_file(self, kind: str, word: str, user: ImportItem | None = None) -> str:
        """Return the id of the record on file that a word means, or ""."""
        if kind == "party":
            ids = sorted(set(parties_called(self.db, word)))
            if len(ids) > 1:
                where = user.cell("party", "part_of") if user else ""
                message = f"{where}: '{word}' means {' and '.join(ids)}"
                raise ClaimcliError(message, "write the id of one of them")
            return ids[0] if ids else ""
        table = _TABLES[kind]
        if is_known(self.db, table, word):
            return word
        if kind not in self.named:
            query = f"SELECT {NAMED_BY[kind]}, min(id) FROM {table} GROUP BY 1"  # noqa: S608
            self.named[kind] = dict(self.db.execute(query).fetchall())
        return self.named[kind].get(word, "")

    def _new(self, kind: str, word: str, user: ImportItem) -> str:
        name = self.unused(kind, word)
        self.used.add((kind, name))
        fields = {"id": name, NAMED_BY[kind]: word}
        origin = ImportedRecord(kind, fields, user.origin.where)
        self.new.append(ImportItem(kind, dict(fields), origin, name))
        return name

    def unused(self, kind: str, word: str) -> str:
        """Return an id made of a word that no other record of the kind has.

        An id in a claim of the import is that of another record: ``oko`` is not ``Öko``.
        """
        stem = id_from_text(word, kind)
        name, number = stem, 1
        others = () if word.isascii() else self.mentioned
        while (kind, name) in self.used or (kind, name) in others or is_taken(self.db, kind, name):
            number += 1
            name = f"{stem}-{number}"
        return name


def replace_names(records: Iterable[ImportItem], ids: RegistryIds) -> None:
    """Replace the names of parties, issues and events in records by ids."""
    for record in records:
        fields = record.fields
        if record.kind == "party":
            _replace(fields, "part_of", "party", ids, record)
        elif record.kind == "claim":
            for part in (*listed(fields.get("reports", [])), *fields.get("asked", [])):
                if isinstance(part, dict):
                    _replace(part, "party", "party", ids, record)
            for name in REGISTRIES:
                _replace(fields, name, name, ids, record)


def _replace(
    fields: dict[str, Any], name: str, kind: str, ids: RegistryIds, user: ImportItem
) -> None:
    """Replace the names in a field, which may be a list of them."""
    if name in fields:
        words = dict.fromkeys(
            ids.id_of(kind, word, user) if isinstance(word, str) else str(word)
            for word in listed(fields[name])
        )
        fields[name] = list(words) if len(words) > 1 else next(iter(words), "")
