"""Items of a reference manager as the sources of an import."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from claimcli.edit.new_records import id_from_text
from claimcli.exchange.bibliography.item_fields import fields_of_item
from claimcli.exchange.bibliography.items import CslItem
from claimcli.exchange.bibliography.source_items import with_custom_fields
from claimcli.exchange.records import Imported, ImportedRecord, Loss, LossKind


def imported_sources(items: Iterable[CslItem], notes: Sequence[str] = ()) -> Imported:
    """Return the sources that items describe, each with an id of its own, and what is lost.

    An item that is twice in the files is one source.
    """
    by_id: dict[str, ImportedRecord] = {}
    losses: list[Loss] = []
    more_notes: list[str] = []
    for item in items:
        record, lost = _source(item)
        name = _free_id(str(record.fields["id"]), record, by_id)
        if name in by_id:
            more_notes.append(f"{record.where}: source '{name}' is twice, which is one source")
            continue
        if name != record.fields["id"]:
            more_notes.append(
                f"{record.where}: a second source '{record.fields['id']}' gets the id '{name}'"
            )
        by_id[name] = replace(record, fields={**record.fields, "id": name})
        losses += [replace(loss, record=f"source {name}") for loss in lost]
    return Imported(tuple(by_id.values()), tuple(losses), (*notes, *more_notes))


def _free_id(name: str, record: ImportedRecord, taken: dict[str, ImportedRecord]) -> str:
    """Return the id, with a number if another source has it."""
    free, number = name, 1
    while free in taken and {**taken[free].fields, "id": name} != record.fields:
        number += 1
        free = f"{name}-{number}"
    return free


def _source(item: CslItem) -> tuple[ImportedRecord, list[Loss]]:
    read = fields_of_item(item)
    with_custom = with_custom_fields(item, read)
    fields = with_custom.fields
    if "id" not in fields:
        fields = {"id": id_from_text(str(fields["title"]), "source"), **fields}
    exact = {
        name for name, field in read.names.items() if fields.get(field) != read.fields.get(field)
    }
    losses = [
        *item.losses,
        *(
            Loss("", one.name, one.kind, item.cells.get(one.name, item.where), one.detail)
            for one in read.unexpressed
            if one.name not in exact and not with_custom.unchanged
        ),
        *(
            Loss(
                "", f"custom.claimcli.{name}", LossKind.DROPPED, item.where, "not a source's field"
            )
            for name in with_custom.unknown
        ),
    ]
    cells = {field: item.cells[name] for name, field in read.names.items() if name in item.cells}
    return ImportedRecord("source", fields, item.where, cells), losses
