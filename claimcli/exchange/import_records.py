"""Adds imported records to a dossier, or updates the records that it has already."""

import sqlite3
from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from claimcli.dossier.files import DataFiles
from claimcli.edit.new_records import NewRecord, plan_record
from claimcli.edit.target import EditTarget
from claimcli.edit.transaction import Change, Plan
from claimcli.exchange.records import Imported


class OnConflict(StrEnum):
    """What to do with an imported record that differs from the one on file with its id."""

    ERROR = "error"
    SKIP = "skip"
    UPDATE = "update"
    SUFFIX = "suffix"


class ImportResult(Struct, frozen=True):
    """A change of the dossier, and the ids of the records by what was done with them."""

    change: Change
    added: Mapping[str, int] = {}
    updated: Mapping[str, int] = {}
    unchanged: Mapping[str, int] = {}
    skipped: Mapping[str, int] = {}


def import_records(
    target: EditTarget, imported: Imported, on_conflict: OnConflict = OnConflict.ERROR
) -> ImportResult:
    """Add the records to the dossier; those that it has already are compared with it.

    A record is on file if one has its id, or if a claim has its parties, statement and date.
    Raises ClaimcliError, with the location in the imported file, if a record is invalid or differs
    from the one on file and ``on_conflict`` is ``error``; nothing is written then.
    """

    def plan(db: sqlite3.Connection, files: DataFiles) -> Plan:
        new = (NewRecord(record.kind, record.fields) for record in imported.records)
        plans = [plan_record(target, db, files, one) for one in new]
        return Plan(tuple(edit for one in plans for edit in one.edits), title="import")

    del on_conflict
    return ImportResult(target.apply(plan))
