"""Annotations in the W3C's Web Annotation Data Model, in JSON."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from claimcli.analysis.findings import as_verification
from claimcli.analysis.verify import verify_quotes
from claimcli.core.text.escaping import for_json
from claimcli.exchange.annotations.annotation import (
    Annotation,
    import_annotations,
    unread_losses,
)
from claimcli.exchange.annotations.output import annotation_page, export_losses, quoted_pages
from claimcli.exchange.annotations.validity import (
    check_annotation,
    check_context,
    invalid,
    types_of,
)
from claimcli.exchange.annotations.w3c import CLAIM_KEY, annotations_of
from claimcli.exchange.json_input import JsonValue, read_json_files
from claimcli.exchange.records import (
    Exported,
    ExportedFile,
    ExportOptions,
    Imported,
    ImportOptions,
    Loss,
    Selection,
)

EXTENSIONS = (".jsonld", ".json")
OPTIONS = ("columns", "encoding", "party", "issue")
COMPARES_QUOTES = True


def read(files: Sequence[Path], options: ImportOptions) -> Imported:
    """Return the claims and sources of annotations, of pages and of collections of them.

    Raises ClaimcliError, with the location, for what breaks the rules of the data model.
    """
    annotations: list[Annotation] = []
    losses: list[Loss] = []
    read_files = read_json_files(files, encoding=options.encoding)
    for document in read_files.documents:
        for value in document.items():
            check_context(value)
            for one in _annotations_in(value, losses):
                check_annotation(one)
                annotations += annotations_of(one)
                name = f"annotation {one['id'].data}"
                losses += unread_losses(name, list(one.unread()), len(one.keys))
    imported = import_annotations(annotations, options)
    return Imported(imported.records, (*imported.losses, *losses), read_files.notes)


def write(selection: Selection, options: ExportOptions) -> Exported:
    """Return a page of annotations with the quotes of the claims, selected as ``verify`` does."""
    quoted = quoted_pages(selection)
    pairs = [(one.claim, one.citation) for one in quoted]
    findings = verify_quotes(selection.dossier, pairs, texts=options.texts)
    page = annotation_page(selection, quoted, as_verification(findings))
    text = for_json(json.dumps(page, ensure_ascii=False, indent=2))
    claims = len({one.claim.id for one in quoted})
    file = ExportedFile("annotations.jsonld", f"{text}\n".encode())
    return Exported((file,), tuple(export_losses(selection, quoted)), count=claims)


def _annotations_in(value: JsonValue, losses: list[Loss]) -> Iterator[JsonValue]:
    """Yield the annotations of a page or collection, or the value itself if it is one."""
    types = types_of(value)
    if "Annotation" in types:
        yield value
        return
    if not {"AnnotationPage", "AnnotationCollection"} & {*types}:
        what = f"the type is {value['type'].excerpt(60)}" if types else "there is no 'type'"
        raise invalid(value, what, "it must be 'Annotation', or a page or collection of them")
    for part in (value["items"], value["first"]):
        for item in part.items():
            if isinstance(item.data, dict):
                yield from _annotations_in(item, losses)
                item.mark_read()
                if item[CLAIM_KEY].data is not None:
                    value["id"].mark_read()  # made of the claims
    losses += unread_losses(types[0], list(value.unread()), len(value.keys))
