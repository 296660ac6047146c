"""The texts of sources that stand on file beside a dossier: where they are, and what they hold."""

import stat
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path, PurePosixPath, PureWindowsPath

from msgspec import Struct

from claimcli.core.text.markdown_mask import unmarked
from claimcli.quotes.extract import ExtractionError, extract_text

MAX_TEXT_BYTES = 64 * 1024 * 1024
_CHUNK = 1024 * 1024
_SHOWN = 80
EXTRACTED_SUFFIXES = {".html": "html", ".htm": "html", ".xhtml": "html", ".pdf": "pdf"}
"""Endings of files from which the text is extracted."""
MARKDOWN_SUFFIXES = (".md", ".markdown")


class TextFile(Struct, frozen=True):
    """A text on file: its path as the dossier names it, where that is, and which file it is.

    ``identity`` is the same for two paths that lead to one file.
    """

    name: str
    path: Path
    identity: tuple[int, int]


class SourceText(Struct, frozen=True):
    """A text as read: its characters, the same without markup, the SHA-256 of the file's bytes."""

    text: str
    plain: str
    digest: str


class UnreadableTextError(Exception):
    """A text cannot be read: its name, the reason as "is ..." or "cannot ...", the way out."""

    def __init__(self, name: str, reason: str, hint: str) -> None:
        self.name = name if len(name) <= _SHOWN else f"{name[: _SHOWN - 3]}..."
        self.reason = reason
        self.hint = hint
        super().__init__(f"'{self.name}' {reason}")


def find_text(name: str, *, relative_to: str) -> TextFile:
    """Return the text that the YAML file ``beside`` names, after making sure that it opens.

    Raises UnreadableTextError where it is not there, is absolute, no regular file, too large, or
    kept back by the system.
    """
    if _is_absolute(name):
        raise UnreadableTextError(
            name, "is an absolute path", "write it relative to the folder of this file"
        )
    path = Path(relative_to).parent / name
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableTextError(name, "is no regular file", "name the file with the text")
        path.open("rb").close()
    except (OSError, ValueError) as error:
        raise _unreadable(name, error) from None
    if status.st_size > MAX_TEXT_BYTES:
        raise _too_large(name)
    return TextFile(name, path, (status.st_dev, status.st_ino))


def find_in_folder(folder: Path, name: str) -> TextFile | None:
    """Return the text of a source in a folder of texts named by their sources; None if none is.

    A ``/`` of a derived id is written ``-`` there.
    """
    stem = name.replace("/", "-")
    for ending in (".txt", *MARKDOWN_SUFFIXES, *EXTRACTED_SUFFIXES):
        if (folder / f"{stem}{ending}").is_file():
            return find_text(f"{stem}{ending}", relative_to=str(folder / stem))
    return None


def read_text(found: TextFile) -> SourceText:
    """Return what a text holds: of HTML and PDF the main text, extracted.

    Raises UnreadableTextError where it cannot be read, is no UTF-8, or needs what is not installed.
    """
    data = b"".join(_chunks(found))
    ending = found.path.suffix.lower()
    digest = sha256(data).hexdigest()
    if kind := EXTRACTED_SUFFIXES.get(ending):
        try:
            text = extract_text(kind, data)
        except ExtractionError as error:
            raise UnreadableTextError(found.name, error.reason, error.hint) from None
        return SourceText(text, text, digest)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reason = f"is no UTF-8, from byte {error.start:,} on"
        raise UnreadableTextError(found.name, reason, "save it as UTF-8") from None
    return SourceText(text, unmarked(text) if ending in MARKDOWN_SUFFIXES else text, digest)


def sha256_of(text: TextFile) -> str:
    """Return the SHA-256 of a text's bytes in lower-case hexadecimal.

    Reads no more than 64 MiB, a part at a time. Raises UnreadableTextError where it cannot.
    """
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
    """Return whether a path is absolute on any system, not just on this one."""
    return PurePosixPath(name).is_absolute() or bool(PureWindowsPath(name).root)


def _unreadable(name: str, error: OSError | ValueError) -> UnreadableTextError:
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        hint = "write the path relative to the folder of this file, or put the text there"
        return UnreadableTextError(name, "is not there", hint)
    reason = getattr(error, "strerror", None) or "no path of a file"
    return UnreadableTextError(name, f"cannot be read: {reason}", "look at the path")


def _too_large(name: str) -> UnreadableTextError:
    return UnreadableTextError(
        name, "is larger than 64 MiB", "keep only what is cited, or split it"
    )
