"""The files that have the text of a source: their place next to the YAML file."""

import os
from collections.abc import Collection, Mapping
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from claimcli.core.problems import ClaimcliError
from claimcli.quotes.texts.source_texts import (
    EXTRACTED_SUFFIXES,
    MAX_TEXT_BYTES,
    TEXT_SUFFIXES,
    TextFile,
    UnreadableTextError,
    is_within,
    read_text,
)

FOLDER = "texts"
"""Subfolder of the folder of a source's YAML file."""


class NewText(Struct, frozen=True):
    """A text to store: the bytes of its files by suffix, the suffix of the text itself, a note."""

    files: Mapping[str, bytes]
    suffix: str
    note: str = ""


class PlacedText(Struct, frozen=True):
    """The files to write by their paths, and the fields of the source that name the text."""

    files: Mapping[Path, bytes]
    fields: Mapping[str, str]


def place_text(
    text: NewText | Path, source: str, *, folder: Path, within: Collection[str] = ()
) -> PlacedText:
    """Return where the text of a source goes, whose YAML file is in ``folder``.

    A path is that of a file on disk: it stays where it is if it is in the dossier, else it is
    copied. ``within`` are the real paths of the folders that texts may be in, by default the YAML
    file's own. Raises ClaimcliError if it cannot be read, or if other files have the names.
    """
    allowed = within or [os.path.realpath(folder)]
    if isinstance(text, Path):
        data = _read(text)
        if is_within(text, allowed):
            name = os.path.relpath(os.path.realpath(text), os.path.realpath(folder))
            return PlacedText({}, _fields(Path(name).as_posix(), data))
        text = NewText({text.suffix.lower(): data}, text.suffix.lower())
    stem = f"{FOLDER}/{source.replace('/', '-')}"
    files = {folder / f"{stem}{suffix}": data for suffix, data in text.files.items()}
    if not is_within(folder / f"{stem}{text.suffix}", allowed):
        raise ClaimcliError(
            f"'{folder / FOLDER}' is outside the dossier", "make it a folder, not a link"
        )
    for path, data in files.items():
        if path.exists() and path.read_bytes() != data:
            hint = f"move it away, or write 'text: {stem}{text.suffix}' if it is the text"
            raise ClaimcliError(f"'{path}' exists already with other content", hint)
    return PlacedText(files, _fields(f"{stem}{text.suffix}", text.files[text.suffix]))


def _fields(name: str, data: bytes) -> dict[str, str]:
    return {"text": name, "sha256": sha256(data).hexdigest()}


def _read(path: Path) -> bytes:
    """Return the bytes of the user's file. Raises ClaimcliError if it cannot be a text."""
    if path.suffix.lower() not in TEXT_SUFFIXES:
        hint = f"name a file that ends in one of {', '.join(TEXT_SUFFIXES)}"
        raise ClaimcliError(f"'{path}' is not a text that can be read", hint)
    if not path.is_file():
        what = "is not a regular file" if path.exists() else "does not exist"
        raise ClaimcliError(f"'{path}' {what}", "name the file with the text")
    try:
        if path.stat().st_size > MAX_TEXT_BYTES:
            raise ClaimcliError(f"'{path}' is larger than 64 MiB", "keep only the cited part")
        if path.suffix.lower() not in EXTRACTED_SUFFIXES:
            read_text(TextFile(path.name, path, (0, 0)))
        return path.read_bytes()
    except UnreadableTextError as error:
        raise ClaimcliError(f"'{path}' {error.reason}", error.hint) from None
    except OSError as error:
        message = f"'{path}' cannot be read: {error.strerror}"
        raise ClaimcliError(message, "check its permissions") from None
