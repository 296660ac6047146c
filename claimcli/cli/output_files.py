"""Output files never replace what the command reads: data, texts, settings, template or input."""

import os
import sqlite3
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from claimcli.core.problems import ClaimcliError
from claimcli.dossier.config import CONFIG
from claimcli.dossier.files import DataFiles, is_data_file

_HINT = "write to another file"


def output_files(paths: Iterable[Path | None]) -> tuple[Path, ...]:
    """Return those outputs that are files: neither standard output nor a device or pipe."""
    return tuple(path for path in paths if path and str(path) != "-" and not _is_special(path))


def refuse_inputs(outputs: Iterable[Path], options: Mapping[str, Any], config: Path | None) -> None:
    """Raise ClaimcliError if an output would replace the settings or a file named by an option."""
    for output in outputs:
        if config and is_same(output, config):
            raise ClaimcliError(f"'{output}' is the {CONFIG} in use", _HINT)
        template = options.get("template") or ""
        if template and _is_template(output, Path(template)):
            raise ClaimcliError(f"'{output}' belongs to the template in use", _HINT)
        if (given := options.get("input_")) and is_same(output, given):
            raise ClaimcliError(f"'{output}' is the input", _HINT)


def refuse_dossier(
    outputs: Iterable[Path], texts: Path | None, db: sqlite3.Connection, files: DataFiles
) -> None:
    """Raise ClaimcliError if an output would be a file of the dossier or the text of a source.

    ``texts`` is the folder with further texts, ``db`` the index of ``files``.
    """
    for output in outputs:
        if is_data_file(files, os.path.realpath(output)):
            raise ClaimcliError(
                f"'{output}' would be a file of the dossier", "write to another folder"
            )
        for source, text in _texts(db, files, texts, output):
            if is_same(output, text):
                raise ClaimcliError(f"'{output}' would be the text of source '{source}'", _HINT)


def is_same(path: Path, other: Path) -> bool:
    """Return whether two paths name one file, or, if it does not exist, would name it."""
    try:
        return path.samefile(other)
    except ValueError:  # a text may have any characters in its name
        return False
    except OSError:
        if path.exists() or other.exists():
            return False
        return os.path.realpath(path).casefold() == os.path.realpath(other).casefold()


def _texts(
    db: sqlite3.Connection, files: DataFiles, folder: Path | None, output: Path
) -> Iterator[tuple[str, Path]]:
    """Yield sources with the paths of their texts.

    ``folder`` is that of ``--texts``; of its files, those are included that ``output`` may be.
    """
    rows = db.execute("SELECT s.id, root, path, text FROM sources s LEFT JOIN files USING (file)")
    entries = {path.stem: path for path in _named_texts(folder, output)} if folder else {}
    for source, root, path, text in rows:
        if text:
            yield source, Path(files.path(root, path)).parent / text
        elif entry := entries.get(source.replace("/", "-")):
            yield source, entry


def _named_texts(folder: Path, output: Path) -> Iterator[Path]:
    """Yield the paths in a folder of texts that are an output file, existing or new."""
    from claimcli.quotes.source_texts import TEXT_SUFFIXES

    real = Path(os.path.realpath(output))
    with suppress(OSError):
        for path in (folder / real.name, *sorted(folder.iterdir())):
            if path.suffix in TEXT_SUFFIXES and is_same(path, real):
                yield path


def _is_special(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _is_template(output: Path, template: Path) -> bool:
    """Return whether a file is a template, or one in its folder, which it can include."""
    from claimcli.formats.templates.protocol import TEMPLATE_SUFFIXES

    if not template.is_file():
        return False
    real = Path(os.path.realpath(output))
    is_included = real.suffix in TEMPLATE_SUFFIXES and real.is_file()
    below = real.is_relative_to(os.path.realpath(template.parent))
    return is_same(output, template) or (is_included and below)
