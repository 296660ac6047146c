"""Creates a dossier in a folder: settings, first file and schema. Existing files stay."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.dossier.atomic import FileChangedError, create_file, sweep
from claimcli.dossier.config import CONFIG, KEYS, Configuration, nearest_config, read_config
from claimcli.dossier.files import SUFFIXES, find_files
from claimcli.dossier.json_schema import SCHEMA_FILE, schema

MODELINE = "# yaml-language-server: $schema="
"""The comment that tells editors the path of the schema, without the path."""
FETCHED = ("html", "pdf", "original")
"""Suffixes of the originals that ``fetch`` stores next to the extracted texts."""
FIRST_FILE = "claims.yaml"
EXAMPLE = """\
# Who said what, with sources and answers. Files can have any names, in any folders below this
# one; all are read together. Remove the '# ' to see this example:
#
# parties:
#   - {id: waterworks, name: Waterworks}
#   - {id: residents, name: Residents of Mill Street}
# issues:
#   - id: state-of-main
#     question: In what state was the main?
# sources:
#   - {id: press-conference, title: Press conference, published: 2023-05-02}
# claims:
#   - id: pipe-was-sound
#     party: waterworks
#     statement: The main was inspected in March and found sound.
#     said: 2023-05-02
#     issue: state-of-main
#     source: {id: press-conference, quote: "found sound"}
#     rebuttals:
#       - party: residents
#         statement: No inspection took place in March.
#         source: {title: Open letter, published: 2023-05-04}
"""
"""The first file, all comments, so that no example becomes part of a dossier."""


class InitResult(Struct, frozen=True):
    """The files written, those that existed before, notes for the user, and the data folder."""

    written: tuple[Path, ...]
    existing: tuple[Path, ...]
    notes: tuple[str, ...]
    data: Path


def init(folder: Path, sample: Path | None = None, *, ignore_fetched: bool = False) -> InitResult:
    """Create a dossier in a folder, or a copy of a sample.

    Raises ClaimcliError if the folder is unsuitable, or if a file cannot be written.
    """
    notes = _surroundings(folder)
    data = _data_of(folder)
    files = dict(_files(folder, data, sample, ignore_fetched=ignore_fetched))
    written, stood = [], []
    for path in (data / FIRST_FILE, *files):
        sweep(path)
    for path, content in files.items():
        try:
            if os.path.lexists(path):
                stood.append(path)
                continue
            create_file(path, content)
            written.append(path)
        except FileChangedError:
            stood.append(path)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            message = f"cannot write '{path}': {reason}"
            raise ClaimcliError(message, "check the folder", code=ExitCode.UNREADABLE) from None
    return InitResult(tuple(written), tuple(stood), tuple(notes), data)


def schema_line(file: Path, folder: Path) -> str:
    """Return the first line of a data file, which tells editors the path of the schema."""
    path = os.path.relpath(folder / SCHEMA_FILE, file.parent)
    return f"{MODELINE}{Path(path).as_posix()}\n"


def _files(
    folder: Path, data: Path, sample: Path | None, *, ignore_fetched: bool
) -> Iterator[tuple[Path, bytes]]:
    """Yield the files to write; the settings are last, so that a failed run can be repeated."""
    mine = list(_data(folder, data, sample))
    yield from mine
    yield folder / SCHEMA_FILE, schema().encode()
    if ignore_fetched:
        lines = "".join(f"**/texts/*.{ending}\n" for ending in FETCHED)
        about = "# Originals downloaded by 'claimcli fetch'; the extracted texts are kept.\n"
        yield folder / ".gitignore", f"{about}{lines}".encode()
    described = read_config(sample / CONFIG) if sample and (sample / CONFIG).is_file() else None
    yield folder / CONFIG, _initial_config(described).encode()


def _data(folder: Path, data: Path, sample: Path | None) -> Iterator[tuple[Path, bytes]]:
    """Yield the first data files. Raises ClaimcliError if a sample would mix with other files."""
    if sample is None:
        if not _yaml_in(data):
            path = data / FIRST_FILE
            yield path, f"{schema_line(path, folder)}{EXAMPLE}".encode()
        return
    copies = {data / path.relative_to(sample): path for path in _visible(sample)}
    if foreign := sorted(path for path in _yaml_in(data) if path not in copies):
        message = f"'{foreign[0]}' exists, and would be read together with the sample"
        raise ClaimcliError(message, "name a new folder")
    for path, original in copies.items():
        line = schema_line(path, folder) if path.suffix in SUFFIXES else ""
        yield path, line.encode() + original.read_bytes()


def _visible(folder: Path) -> list[Path]:
    """Return the files of a sample, without its settings."""
    found = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != CONFIG)
    return [p for p in found if not any(n.startswith(".") for n in p.relative_to(folder).parts)]


def _yaml_in(data: Path) -> list[Path]:
    if data.is_dir() or data.is_file():
        found = find_files([data])
        return [Path(found.path(*stamp[:2])) for stamp in found.stamps]
    if os.path.lexists(data):
        raise ClaimcliError(f"'{data}' is not a folder", "move it away")
    return []


def _data_of(folder: Path) -> Path:
    """Return the data folder: the one in existing settings, else ``data``."""
    if (folder / CONFIG).is_file():
        return (*read_config(folder / CONFIG).data, folder / "data")[0]
    if (folder / "data").is_file():
        raise ClaimcliError(f"'{folder / 'data'}' is a file", "move it away, or name a new folder")
    return folder / "data"


def _surroundings(folder: Path) -> list[str]:
    """Return notes about the folders above. Raises ClaimcliError for an unsuitable folder."""
    if os.path.lexists(folder) and not folder.is_dir():
        raise ClaimcliError(f"'{folder}' is not a folder", "name a folder, or a new one")
    real = Path(os.path.realpath(folder))
    above = nearest_config(real.parent)
    if above is None:
        return []
    for place in read_config(above).data:
        if real.is_relative_to(os.path.realpath(place)):
            message = f"'{folder}' is inside the data of the dossier configured by '{above}'"
            raise ClaimcliError(message, "add to that dossier, or name a folder outside it")
    return [f"note: '{above}' is in a folder above; in this folder its own {CONFIG} applies"]


def _initial_config(sample: Configuration | None = None) -> str:
    """Return the text of an initial file: every key with its description, most as comments.

    A sample's title and description are set.
    """
    known = {"title": sample.title, "description": sample.description} if sample else {}
    lines = ["# What claimcli does in this folder; 'claimcli help configuration' explains it."]
    table = ""
    for key in KEYS:
        if key.table != table:
            table = key.table
            lines += ["", f"[{table}]"]
        lines.append(f"# {key.about}")
        if key.words:
            lines.append(f"# One of: {', '.join(key.words)}.")
        text = "" if key.table else known.get(key.name, "")
        mark = "" if key.name == "data" or text else "# "
        lines.append(f"{mark}{key.name} = {json.dumps(text) if text else key.example}")
    return "\n".join(lines) + "\n"
