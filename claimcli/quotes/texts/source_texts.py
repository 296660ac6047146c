"""Text files of sources: find them next to a dossier and read them."""

import os
import stat
from collections.abc import Collection, Iterable, Iterator
from hashlib import sha256
from pathlib import Path, PurePosixPath, PureWindowsPath

from msgspec import Struct

from claimcli.quotes.texts.blocks import join_blocks, read_saved
from claimcli.quotes.texts.decode import UnknownCharsetError, decode, detect, doubt
from claimcli.quotes.texts.extract import ExtractionError, extract_blocks
from claimcli.quotes.texts.markdown_mask import mask_markdown
from claimcli.quotes.texts.subtitles import is_subtitles, mask_subtitles

MAX_TEXT_BYTES = 64 * 1024 * 1024
_CHUNK = 1024 * 1024
_MAX_NAME = 80
EXTRACTED_SUFFIXES = {".html": "html", ".htm": "html", ".xhtml": "html", ".pdf": "pdf"}
"""Suffixes of files from which text is extracted, with the kind of extraction."""
MARKDOWN_SUFFIXES = (".md", ".markdown")
TEXT_SUFFIXES = (".txt", ".srt", ".vtt", *MARKDOWN_SUFFIXES, *EXTRACTED_SUFFIXES)
"""Suffixes of files in a folder of texts, in order of preference."""


class TextFile(Struct, frozen=True):
    """A text file: its name in the dossier, its path, and its device and inode number."""

    name: str
    path: Path
    identity: tuple[int, int]


class SourceText(Struct, frozen=True):
    """A text, the same text with parts masked, and the SHA-256 of the file's bytes.

    ``plain`` is what is searched first: the main text, without markup; ``whole`` includes what a
    reader sees outside of the main text. ``lines`` has the positions in the text where lines of an
    HTML file begin, each with the number of the line. In a ``paged`` text, pages end with a form
    feed. ``note`` says that the charset is a guess or seems to be wrong, so that quotes can be
    missing. ``context`` is the text without what interrupts sentences, but with names of speakers;
    empty if that is the text, as is ``whole`` if it is ``plain``.
    """

    text: str
    plain: str
    digest: str
    whole: str = ""
    lines: tuple[tuple[int, int], ...] = ()
    paged: bool = False
    note: str = ""
    context: str = ""


class UnreadableTextError(Exception):
    """A text cannot be read; ``reason`` is a predicate ("is ...", "cannot ..."), then a hint."""

    def __init__(self, name: str, reason: str, hint: str) -> None:
        self.name = name if len(name) <= _MAX_NAME else f"{name[: _MAX_NAME - 3]}..."
        self.reason = reason
        self.hint = hint
        super().__init__(f"'{self.name}' {reason}")


def find_text(name: str, *, relative_to: str, within: Collection[str]) -> TextFile:
    """Return the text file with a name relative to the YAML file ``relative_to``.

    ``within`` are the real paths of the folders it may be in, by default that of the YAML file.
    Raises UnreadableTextError if the name is absolute, or the file is outside of these folders,
    missing, not a regular file, too large or not readable.
    """
    if _is_absolute(name):
        hint = "write it relative to the folder of this file"
        raise UnreadableTextError(name, "is an absolute path", hint)
    folder = Path(relative_to).parent
    path = folder / name
    try:
        if not is_within(path, within or [os.path.realpath(folder)]):
            hint = "move it into the folder of claimcli.toml, or without one into that of the data"
            raise UnreadableTextError(name, "is outside the dossier", hint)
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableTextError(name, "is not a regular file", "name the file with the text")
        path.open("rb").close()
    except (OSError, ValueError) as error:
        raise _unreadable(name, error) from None
    if status.st_size > MAX_TEXT_BYTES:
        raise _too_large(name)
    return TextFile(name, path, (status.st_dev, status.st_ino))


def is_within(path: Path, folders: Iterable[str]) -> bool:
    """Return whether a path is in one of some folders, given by real paths; links are resolved.

    Raises ValueError if the path has invalid characters.
    """
    real = os.path.realpath(path)
    return any(
        real == folder or real.startswith(f"{folder.rstrip(os.sep)}{os.sep}") for folder in folders
    )


def find_in_folder(folder: Path, name: str) -> TextFile | None:
    """Return the file in a folder of texts that is named after a source's id, or None.

    In file names, ``-`` replaces the ``/`` of derived ids. Raises UnreadableTextError as
    :func:`find_text` does, also for a link out of the folder.
    """
    stem = name.replace("/", "-")
    for ending in TEXT_SUFFIXES:
        if (folder / f"{stem}{ending}").is_file():
            return find_text(f"{stem}{ending}", relative_to=str(folder / stem), within=())
    return None


def read_text(found: TextFile) -> SourceText:
    """Return the content of a text file; the text of HTML and PDF is extracted.

    Raises UnreadableTextError if it cannot be read, is not UTF-8, or needs a missing library.
    """
    return source_text(found.name, b"".join(_chunks(found)), ending=found.path.suffix.lower())


def source_text(name: str, data: bytes, *, ending: str) -> SourceText:
    """Return the content of a text file from its bytes; ``ending`` is its suffix, as ".pdf".

    Raises UnreadableTextError as :func:`read_text` does.
    """
    digest = sha256(data).hexdigest()
    if kind := EXTRACTED_SUFFIXES.get(ending):
        try:
            return _extracted(kind, data, digest, xhtml=ending == ".xhtml")
        except (ExtractionError, UnknownCharsetError) as error:
            raise UnreadableTextError(name, error.reason, error.hint) from None
    text = _decoded(name, data)
    if is_subtitles(text):
        plain, context = mask_subtitles(text)
        return SourceText(text, plain, digest, context=context)
    if ending in MARKDOWN_SUFFIXES:
        return SourceText(text, mask_markdown(text), digest)
    saved = read_saved(text)
    return SourceText(text, saved.plain, digest, saved.whole)


def _extracted(kind: str, data: bytes, digest: str, *, xhtml: bool) -> SourceText:
    if kind != "html":
        pages = join_blocks(extract_blocks(kind, data), gap="")
        return SourceText(
            pages.text, pages.plain, digest, pages.whole, paged=True, context=pages.plain
        )
    page = decode(data, markup="xhtml" if xhtml else "html")
    found = join_blocks(extract_blocks(kind, page.text.encode()))
    note = doubt(page, data, found.text) or page.note
    return SourceText(found.text, found.plain, digest, found.whole, found.lines, note=note)


def _decoded(name: str, data: bytes) -> str:
    """Return a text in UTF-8, or in UTF-16 with a byte order mark. Raises UnreadableTextError."""
    in_utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    charset = "utf-8"
    try:
        text = data.decode("utf-16" if in_utf16 else "utf-8-sig")
        if in_utf16 or "\0" not in text or (charset := detect(data)) == "utf-8":
            return text
        reason = "has no byte order mark"
    except UnicodeDecodeError as error:
        reason = f"is not UTF-{16 if in_utf16 else 8} from byte {error.start:,} on"
        charset = "utf-16" if in_utf16 else detect(data)
    hint = f"save it as UTF-8, for example with 'iconv -f {charset} -t utf-8'"
    raise UnreadableTextError(name, f"{reason}; it seems to be {charset}", hint)


def sha256_of(text: TextFile) -> str:
    """Return the SHA-256 of a file in lower-case hexadecimal. Raises UnreadableTextError."""
    digest = sha256()
    for chunk in _chunks(text):
        digest.update(chunk)
    return digest.hexdigest()


def _chunks(text: TextFile) -> Iterator[bytes]:
    size = 0
    try:
        with text.path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                if size > MAX_TEXT_BYTES:
                    raise _too_large(text.name)
                yield chunk
    except (OSError, ValueError) as error:
        raise _unreadable(text.name, error) from None


def _is_absolute(name: str) -> bool:
    """Return whether a path is absolute on any operating system."""
    return PurePosixPath(name).is_absolute() or bool(PureWindowsPath(name).root)


def _unreadable(name: str, error: OSError | ValueError) -> UnreadableTextError:
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        hint = "write the path relative to the folder of this file, or add the file"
        return UnreadableTextError(name, "does not exist", hint)
    reason = getattr(error, "strerror", None) or "not a valid path"
    return UnreadableTextError(name, f"cannot be read: {reason}", "check the path")


def _too_large(name: str) -> UnreadableTextError:
    hint = "keep only the cited part, or split the file"
    return UnreadableTextError(name, "is larger than 64 MiB", hint)
