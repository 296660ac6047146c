"""A new dossier in a folder: its settings, its first file, and what editors need. Nothing that
stands there is written over."""

import os
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.dossier.atomic import FileChangedError, create_file
from claimcli.dossier.config import CONFIG, initial_config, nearest_config, read_config
from claimcli.dossier.files import SUFFIXES, find_files
from claimcli.dossier.json_schema import SCHEMA_FILE, schema

MODELINE = "# yaml-language-server: $schema="
"""What the first line of a file tells an editor, before the schema's path."""
FETCHED = ("html", "pdf", "original")
"""Endings of what ``fetch`` keeps beside the texts that it makes of it."""
EXAMPLE = """\
# Who said what stands here, with its sources and what others answer. Files may have any names,
# in any folders below this one, and are read together. An example; take the '# ' away to see it:
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
"""The first file: all of it a comment, so that nothing made up is ever part of a dossier."""


class InitResult(Struct, frozen=True):
    """What was written, what stood already, what is to be said, and where the data is."""

    written: tuple[Path, ...]
    existing: tuple[Path, ...]
    notes: tuple[str, ...]
    data: Path


def init(folder: Path, sample: Path | None = None, *, ignore_fetched: bool = False) -> InitResult:
    """Write a dossier into a folder, the copy of a sample if one is given.

    Raises ClaimcliError where the folder cannot take it, or something cannot be written.
    """
    notes = _surroundings(folder)
    data = _data_of(folder)
    files = dict(_files(folder, data, sample, ignore_fetched=ignore_fetched))
    written, stood = [], []
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
            raise _refusal(f"cannot write '{path}': {reason}", "look at the folder") from None
    return InitResult(tuple(written), tuple(stood), tuple(notes), data)


def schema_line(file: Path, folder: Path) -> str:
    """Return the first line of a data file, for editors: where the folder's schema is."""
    path = os.path.relpath(folder / SCHEMA_FILE, file.parent)
    return f"{MODELINE}{Path(path).as_posix()}\n"


def _files(
    folder: Path, data: Path, sample: Path | None, *, ignore_fetched: bool
) -> Iterator[tuple[Path, bytes]]:
    """Yield what is to be written; the settings come last, so that a broken start is taken up."""
    mine = list(_data(folder, data, sample))
    yield from mine
    yield folder / SCHEMA_FILE, schema().encode()
    if ignore_fetched:
        lines = "".join(f"**/texts/*.{ending}\n" for ending in FETCHED)
        about = "# What 'claimcli fetch' downloads; the texts it makes of it are kept.\n"
        yield folder / ".gitignore", f"{about}{lines}".encode()
    yield folder / CONFIG, initial_config().encode()


def _data(folder: Path, data: Path, sample: Path | None) -> Iterator[tuple[Path, bytes]]:
    """Yield the first files of the data. Raises ClaimcliError where a sample would mix with it."""
    if sample is None:
        if not _yaml_in(data):
            path = data / "claims.yaml"
            yield path, f"{schema_line(path, folder)}{EXAMPLE}".encode()
        return
    copies = {data / path.relative_to(sample): path for path in _visible(sample)}
    if strange := sorted(path for path in _yaml_in(data) if path not in copies):
        message = f"'{strange[0]}' stands there, and the sample would be read together with it"
        raise ClaimcliError(message, "name a new folder")
    for path, original in copies.items():
        line = schema_line(path, folder) if path.suffix in SUFFIXES else ""
        yield path, line.encode() + original.read_bytes()


def _visible(folder: Path) -> list[Path]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return [p for p in found if not any(n.startswith(".") for n in p.relative_to(folder).parts)]


def _yaml_in(data: Path) -> list[Path]:
    if data.is_dir() or data.is_file():
        found = find_files([data])
        return [Path(found.path(*stamp[:2])) for stamp in found.stamps]
    if os.path.lexists(data):
        raise ClaimcliError(f"'{data}' is no folder", "move it away")
    return []


def _data_of(folder: Path) -> Path:
    """Return where the data is or will be: what settings that stand there say, else ``data``."""
    if (folder / CONFIG).is_file():
        return (*read_config(folder / CONFIG).data, folder / "data")[0]
    if (folder / "data").is_file():
        raise ClaimcliError(f"'{folder / 'data'}' is a file", "move it away, or name a new folder")
    return folder / "data"


def _surroundings(folder: Path) -> list[str]:
    """Return what is to be said of the folders above. Raises ClaimcliError for no place to be."""
    if os.path.lexists(folder) and not folder.is_dir():
        raise ClaimcliError(f"'{folder}' is no folder", "name one, or a new one")
    real = Path(os.path.realpath(folder))
    above = nearest_config(real.parent)
    if above is None:
        return []
    for place in read_config(above).data:
        if real.is_relative_to(os.path.realpath(place)):
            message = f"'{folder}' is inside the data of the dossier of '{above}'"
            raise ClaimcliError(message, "write to its files, or name a folder elsewhere")
    return [f"note: '{above}' is above; here this folder's own {CONFIG} holds"]


def _refusal(message: str, hint: str) -> ClaimcliError:
    return ClaimcliError(message, hint, code=ExitCode.UNREADABLE)
