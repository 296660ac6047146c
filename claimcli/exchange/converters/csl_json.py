"""CSL-JSON, the exchange format of Zotero and other reference managers: sources in and out."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from claimcli.core.problems import ClaimcliError
from claimcli.core.text.escaping import for_json
from claimcli.exchange.bibliography.imported_sources import imported_sources
from claimcli.exchange.bibliography.items import CslItem, refuse_too_many
from claimcli.exchange.bibliography.source_items import fields_of_source, item_of_source
from claimcli.exchange.json_input import JsonValue, read_json
from claimcli.exchange.records import (
    Exported,
    ExportedFile,
    ExportOptions,
    Imported,
    ImportOptions,
    Loss,
    LossKind,
    Selection,
)

EXTENSIONS = (".json", ".csljson")
OPTIONS = ("encoding",)


def read(files: Sequence[Path], options: ImportOptions) -> Imported:
    """Return the items of files as sources."""
    items: list[CslItem] = []
    notes: list[str] = []
    for file in files:
        documents = read_json(file, encoding=options.encoding)
        for document in documents.documents:
            values = _values(document)
            refuse_too_many(file, values)
            items += map(_item, values)
        notes += documents.notes
    return imported_sources(items, notes)


def write(selection: Selection, options: ExportOptions) -> Exported:
    """Return the sources as items; a bibliography has no other records."""
    del options
    items = [item_of_source(fields_of_source(source)) for source in selection.sources]
    text = for_json(json.dumps(items, ensure_ascii=False, indent=2))
    file = ExportedFile("sources.json", f"{text}\n".encode())
    left_out = tuple(_other_records(selection))
    return Exported((file,), kind="source", count=len(items), left_out=left_out)


def _values(document: JsonValue) -> list[JsonValue]:
    """Return the items of a file: an array, one item, or the answer of Zotero's interface."""
    items = document["items"]
    return items.items() if isinstance(items.data, list) else document.items()


def _item(value: JsonValue) -> CslItem:
    if not isinstance(value.data, dict):
        message = f"{value.location}: an item of CSL-JSON is an object with 'type' and 'title'"
        raise ClaimcliError(message, "export the items again as CSL JSON")
    if not ({"type", "title", "id", "citation-key"} & value.data.keys()):
        message = f"{value.location}: no item of CSL-JSON: it has no 'type', 'title' or 'id'"
        raise ClaimcliError(message, "export the items again as CSL JSON")
    cells = {name: value[name].location for name in value.data}
    return CslItem(value.data, value.location, cells=cells)


def _other_records(selection: Selection) -> Iterator[Loss]:
    """Yield the records that the file does not have."""
    ids = {
        "party": [party.id for party in selection.parties],
        "issue": [issue.id for issue in selection.issues],
        "event": [event.id for event in selection.events],
        "claim": [claim.id for claim in selection.claims],
    }
    for kind, names in ids.items():
        for name in names:
            yield Loss(f"{kind} {name}", "", LossKind.DROPPED, detail="not a source")
