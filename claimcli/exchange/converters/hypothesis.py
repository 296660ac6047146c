"""Annotations of Hypothesis: the JSON of its export, of its API, or one annotation per line."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from claimcli.core.problems import ClaimcliError
from claimcli.exchange.annotations.annotation import (
    Annotation,
    Remark,
    collapsed,
    import_annotations,
    unread_losses,
)
from claimcli.exchange.annotations.validity import types_of
from claimcli.exchange.annotations.w3c import selected_citation
from claimcli.exchange.json_input import JsonValue, read_json_files
from claimcli.exchange.records import Imported, ImportOptions, Loss
from claimcli.exchange.web_values import web_date

EXTENSIONS = (".json", ".jsonl")
OPTIONS = ("columns", "encoding", "party", "issue")
_LISTS = ("annotations", "rows")
"""The keys under which the export of the client and the answer of the API list annotations."""


def read(files: Sequence[Path], options: ImportOptions) -> Imported:
    """Return the claims and sources of annotations; replies belong to what they reply to.

    Raises ClaimcliError, with the location, if a file has something else than annotations.
    """
    rows: list[JsonValue] = []
    losses: list[Loss] = []
    read_files = read_json_files(files, encoding=options.encoding)
    for document in read_files.documents:
        rows += _rows_in(document, losses)
    imported = import_annotations(_annotations(rows), options)
    for row in rows:
        name = f"annotation {row['id'].data or ''}".strip()
        losses += unread_losses(name, list(row.unread()), len(row.keys))
    return Imported(imported.records, (*imported.losses, *losses), read_files.notes)


def _rows_in(document: JsonValue, losses: list[Loss]) -> Iterator[JsonValue]:
    """Yield the annotations of a document. Raises ClaimcliError for any other value."""
    listed = next((document[key] for key in _LISTS if document[key].data is not None), document)
    for row in listed.items():
        if not (isinstance(row.data, dict) and isinstance(row["uri"].data, str)):
            message = f"{row.location}: this is no annotation: it has no 'uri'"
            raise ClaimcliError(message, "export the annotations from Hypothesis as JSON")
        yield row
    if listed is not document:
        losses += [
            loss
            for key, part in document.fields().items()
            if key not in _LISTS
            for loss in unread_losses("annotations", list(part.unread()), len(document.keys))
        ]


def _annotations(rows: Iterable[JsonValue]) -> list[Annotation]:
    """Return the annotations by date, each with the replies to it as further comments."""
    found: dict[str, Annotation] = {}
    replies: dict[str, list[Annotation]] = {}
    for row in sorted(rows, key=lambda row: str(row["created"].data or "")):
        annotation, above = _annotation(row), row["references"][0].data
        if isinstance(above, str) and above in found:
            row["references"].mark_read()
            replies.setdefault(above, []).append(annotation)
        else:
            name = str(row["id"].data or row.location)
            found[row.location if name in found else name] = annotation
    return [_with_replies(one, replies.get(name, ())) for name, one in found.items()]


def _with_replies(annotation: Annotation, replies: Sequence[Annotation]) -> Annotation:
    comments = (remark for one in (annotation, *replies) for remark in one.comments)
    tags = (tag for one in (annotation, *replies) for tag in one.tags)
    return replace(annotation, comments=tuple(comments), tags=tuple(tags))


def _annotation(row: JsonValue) -> Annotation:
    """Return what an annotation says of its page."""
    page = row["uri"].text()
    selectors = [one for target in row["target"].items() for one in target["selector"].items()]
    for target in row["target"].items():
        target["source"].mark_read()
    citation: dict[str, str] = {}
    for selector in selectors:
        if "quote" not in citation or selector["exact"].data in (None, citation["quote"]):
            citation = selected_citation(selector) | citation
    titles = [text for one in row["document"]["title"].items() if (text := one.text())]
    text = row["text"].text()
    is_reply = bool(row["references"].items())
    return Annotation(
        where=next(
            (s.location for s in selectors if "TextQuoteSelector" in types_of(s)), row.location
        ),
        page=page,
        page_where=row["uri"].location,
        source={"title": collapsed(titles[0]) if titles else page, "url": page},
        citation={name: collapsed(words) for name, words in citation.items()},
        comments=(Remark(text, _heading(row, is_reply=is_reply), row["text"].location),)
        * bool(text),
        tags=tuple(tag for one in row["tags"].items() if (tag := collapsed(one.text()))),
    )


def _heading(row: JsonValue, *, is_reply: bool) -> str:
    """Return who wrote a comment, and on which day."""
    name = row["user_info"]["display_name"].text() or row["user"].text()
    name = name.removeprefix("acct:")
    day = web_date(row["created"].text()).partition("T")[0]
    what = "Reply" if is_reply else "Comment"
    return f"{what}{f' by {name}' if name else ''}{f', {day}' if day else ''}"
