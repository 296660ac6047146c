"""Output files never replace what the command reads: data, texts, settings, template or input."""

import os
import re
import sqlite3
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from claimcli.core.problems import ClaimcliError
from claimcli.dossier.config import CONFIG
from claimcli.dossier.files import DataFiles, is_data_file


class OutputFile:
    """An output that is a file, with what is needed to compare it with many other files."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.real = os.path.realpath(path)
        self._identity = _identity(self.real)

    def is_at(self, path: str | Path) -> bool:
        """Return whether a path names this file, or, if it does not exist, would name it."""
        try:
            if identity := _identity(path):
                return identity == self._identity
            real = os.path.realpath(path)  # some file systems ignore the case of names
            return real == self.real or (
                self._identity is None and real.casefold() == self.real.casefold()
            )
        except ValueError:  # a text may have any characters in its name
            return False

    def refuse(self, what: str, hint: str = "write to another file") -> NoReturn:
        """Raise ClaimcliError that says what the file is or would be."""
        raise ClaimcliError(f"'{self.path}' {what}", hint)


def output_files(paths: Iterable[Path | None]) -> tuple[OutputFile, ...]:
    """Return those outputs that are files: neither standard output nor a device or pipe."""
    named = (path for path in paths if path and str(path) != "-")
    return tuple(OutputFile(path) for path in named if not _is_special(path))


def refuse_inputs(
    outputs: Iterable[OutputFile], options: Mapping[str, Any], config: Path | None
) -> None:
    """Raise ClaimcliError if an output would replace the settings or a file named by an option."""
    for output in outputs:
        if config and output.is_at(config):
            output.refuse(f"is the {CONFIG} in use")
        template = options.get("template") or ""
        if template and _is_template(output, Path(template)):
            output.refuse("belongs to the template in use")
        for given in filter(None, map(options.get, ("input_", "from_file"))):
            if output.is_at(Path(given)):
                output.refuse("is the input")


def refuse_dossier(
    outputs: Iterable[OutputFile], texts: Path | None, db: sqlite3.Connection, files: DataFiles
) -> None:
    """Raise ClaimcliError if an output would be a file of the dossier or the text of a source.

    ``texts`` is the folder with further texts, ``db`` the index of ``files``.
    """
    for output in outputs:
        if is_data_file(files, output.real):
            output.refuse("would be a file of the dossier", "write to another folder")
        for source, text in _texts(db, files, texts, output):
            if output.is_at(text):
                output.refuse(f"would be the text of source '{source}'")
        for path, text in _texts_of_unread(db, files):
            if output.is_at(text):
                output.refuse(f"would be a text that '{path}' names in a record with an error")


def _texts(
    db: sqlite3.Connection, files: DataFiles, folder: Path | None, output: OutputFile
) -> Iterator[tuple[str, str | Path]]:
    """Yield sources with the paths of their texts.

    ``folder`` is that of ``--texts``; of its files, those are included that ``output`` may be.
    """
    entries = {path.stem: path for path in _named_texts(folder, output)} if folder else {}
    rows = db.execute("SELECT file, root, path FROM files")
    folders = {file: os.path.dirname(files.path(*at)) for file, *at in rows}  # noqa: PTH120
    for source, file, text in db.execute("SELECT id, file, text FROM sources"):
        if text:
            yield source, os.path.join(folders[file], text)  # noqa: PTH118 - of many sources
        elif entry := entries.get(source.replace("/", "-")):
            yield source, entry


def _texts_of_unread(db: sqlite3.Connection, files: DataFiles) -> Iterator[tuple[str, Path]]:
    """Yield the paths of texts, as far as they can be recognised, in files that have errors."""
    for root, name in db.execute(
        "SELECT DISTINCT root, path FROM problems JOIN files USING (file) WHERE severity = 'error'"
    ):
        path = files.path(root, name)
        with suppress(OSError):
            data = Path(path).read_bytes() if Path(path).is_file() else b""
            for match in _TEXT.finditer(data.decode("utf-8", "replace")):
                yield path, Path(path).parent / match[1].strip()


_TEXT = re.compile(r"""\btext["']?[ \t]*:[ \t]*["']?([^\n\r"',}\]]+)""")
"""The field ``text`` of a source, in a file that cannot be read as YAML."""


def _named_texts(folder: Path, output: OutputFile) -> Iterator[Path]:
    """Yield the paths in a folder of texts that are an output file, existing or new."""
    from claimcli.quotes.texts.source_texts import TEXT_SUFFIXES

    with suppress(OSError):
        for path in (folder / Path(output.real).name, *sorted(folder.iterdir())):
            if path.suffix in TEXT_SUFFIXES and output.is_at(path):
                yield path


def _identity(path: str | Path) -> tuple[int, int] | None:
    """Return the device and the number of a file, or None if it does not exist."""
    try:
        status = os.stat(path)  # noqa: PTH116 - of many files
    except OSError:
        return None
    return (status.st_dev, status.st_ino)


def _is_special(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _is_template(output: OutputFile, template: Path) -> bool:
    """Return whether a file is a template, or one in its folder, which it can include."""
    from claimcli.formats.templates.protocol import TEMPLATE_SUFFIXES

    if not template.is_file():
        return False
    real = Path(output.real)
    is_included = real.suffix in TEMPLATE_SUFFIXES and real.is_file()
    below = real.is_relative_to(os.path.realpath(template.parent))
    return output.is_at(template) or (is_included and below)
