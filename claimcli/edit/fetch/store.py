"""Stores a fetched page next to the data: the original, its text, and the source's fields."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from msgspec import Struct

from claimcli.core.problems import ClaimcliError
from claimcli.core.records import Source
from claimcli.core.text.escaping import web_link
from claimcli.core.text.word_diff import plural, word_count
from claimcli.dossier.journal import content_of
from claimcli.edit.assignments import Assignment
from claimcli.edit.canonical_edits import keep_canonical
from claimcli.edit.fetch.download import DownloadedPage, DownloadError
from claimcli.edit.fetch.select import FetchResult
from claimcli.edit.journal import ChangeTitle, FileWrite, locked_dossier, write_files
from claimcli.edit.set_fields import set_fields
from claimcli.edit.text_files import NewText, place_text
from claimcli.quotes.texts.decode import UnknownCharsetError, decode, doubt
from claimcli.quotes.texts.extract import ExtractionError, extract_text

FEW_WORDS = 15
"""A page with fewer words may be a notice, for example that it requires JavaScript."""
_XHTML = "application/xhtml+xml"
_KINDS = {
    "text/html": "html",
    _XHTML: "html",
    "application/pdf": "pdf",
    "text/plain": "txt",
    "text/markdown": "md",
    "text/vtt": "vtt",
    "application/x-subrip": "srt",
    "text/srt": "srt",
}


Download = Callable[[str], DownloadedPage]


class FetchPlace(Struct, frozen=True):
    """Where texts go: the paths of the dossier, and the real paths of the folders for texts.

    By default both are the folder of a source's file. Fetches with the same ``group`` are undone
    together.
    """

    roots: Sequence[Path] = ()
    within: Collection[str] = ()
    group: str = ""


def fetch(
    source: Source,
    download: Download,
    today: date,
    *,
    place: FetchPlace = FetchPlace(),  # noqa: B008 - frozen
) -> FetchResult:
    """Download a source's page and store it, with its fields; a source with a text is skipped."""
    if source.text:
        return FetchResult(source.id, "kept", source.text, "it has a text")
    if not web_link(source.url):
        what = f"'{source.url}' is not a web address" if source.url else "it has no address"
        return FetchResult(source.id, "failed", None, f"{what}; write 'url:' as https://...")
    try:
        page = download(source.url or "")
        text, folder = page_text(page), Path(source.location.path).parent
        placed = place_text(text, source.id, folder=folder, within=place.within)
        fields = {**placed.fields, "accessed": today.isoformat()}
        _write(source, fields, placed.files, place)
    except (DownloadError, ExtractionError, UnknownCharsetError) as error:
        return FetchResult(source.id, "failed", None, f"{source.url} {error.reason}; {error.hint}")
    except ClaimcliError as error:
        return FetchResult(source.id, "failed", None, str(error))
    except OSError as error:
        reason = error.strerror or str(error)
        return FetchResult(
            source.id, "failed", None, f"cannot be stored: {reason}; check the folder"
        )
    return FetchResult(source.id, "fetched", (folder / fields["text"]).as_posix(), text.note)


def page_text(page: DownloadedPage) -> NewText:
    """Return the text of a page with its original, to be stored.

    Raises DownloadError, ExtractionError and UnknownCharsetError.
    """
    kind = page_kind(page)
    if kind == "pdf":
        text = extract_text(kind, page.data)
        return NewText({".pdf": page.data, ".txt": text.encode()}, ".txt")
    if not page.data.strip():
        raise DownloadError("is empty", "check the address")
    markup = "xhtml" if page.type == _XHTML else "html" if kind == "html" else ""
    decoded = decode(page.data, label=page.charset, markup=markup)
    text = extract_text(kind, decoded.text.encode()) if markup else decoded.text
    if why := doubt(decoded, page.data, text):
        raise UnknownCharsetError(why)
    if markup:
        note = "; ".join(filter(None, (decoded.note, _short_note(text))))
        return NewText({".html": page.data, ".txt": text.encode()}, ".txt", note)
    if page.data.removeprefix(b"\xef\xbb\xbf") == text.encode():
        return NewText({f".{kind}": page.data}, f".{kind}")
    files = {".original": page.data, f".{kind}": text.encode()}
    return NewText(files, f".{kind}", decoded.note)


def _short_note(text: str) -> str:
    """Return a note on a text so short that the page may be a notice instead of an article."""
    words = word_count(text)
    return f"only {plural(words, 'word')}: is this the page?" if words < FEW_WORDS else ""


def page_kind(page: DownloadedPage) -> str:
    """Return what a page is, by its first bytes and type: a suffix such as "html" or "pdf"."""
    kind = _KINDS.get(page.type)
    if page.data.startswith(b"%PDF-"):
        return "pdf"
    if kind:
        return kind
    if page.type not in ("", "application/octet-stream", "binary/octet-stream"):
        what = f"is of type {page.type[:60]}, which is not supported"
        raise DownloadError(what, "save its text by hand")
    return "html" if page.data.lstrip(b"\xef\xbb\xbf\xfe\xff\0 \t\r\n")[:1] == b"<" else "txt"


def _write(
    source: Source, fields: dict[str, str], files: Mapping[Path, bytes], place: FetchPlace
) -> None:
    """Write the files and set the fields of a source in one change."""
    path = Path(source.location.path)
    with locked_dossier(place.roots or [path.parent]) as home:
        data = path.read_bytes()
        yaml = FileWrite(path, data, _with_fields(data, source, fields))
        new = [FileWrite(one, content_of(one), text) for one, text in files.items()]
        write_files(home, [yaml, *new], ChangeTitle("fetch", place.group))


def _with_fields(data: bytes, source: Source, fields: dict[str, str]) -> bytes:
    """Return the bytes of a YAML file with a source's fields set."""
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    text = data[len(mark) :].decode("utf-8")
    wanted = [Assignment((field,), "=", value) for field, value in fields.items()]
    edit = keep_canonical(partial(set_fields, kind="source", name=source.id, wanted=wanted))
    return mark + edit(text).text.encode()
