"""Write a folder of files as a whole: it replaces an earlier one, or nothing changes."""

import hashlib
import os
import shutil
import stat
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from claimcli.core.problems import ClaimcliError, cannot_write
from claimcli.dossier.atomic import is_locked, locked

_HEADING = "# Files that 'claimcli {}' wrote, and replaces when it writes to this folder again."
"""The first line of the file that lists all others of a folder, one a line.

The checksum of a file that users may edit is next to its name.
"""
_MAX_MARKER = 64 * 1024 * 1024
_NEW, _OLD, _SCRATCH = "new", "old", "scratch"
"""Folders in a temporary folder: what is being written, what it replaced, and temporary files."""
_OF_FILE_MANAGERS = {".DS_Store", "Thumbs.db", "desktop.ini"}
"""Files that systems put into folders that somebody looks at."""
_UNFINISHED, _PREVIOUS = ".unfinished", ".previous"


def write_folder(
    folder: Path, files: Iterable[tuple[str, bytes]], command: str, *, editable: bool = False
) -> None:
    """Write files, by their paths in a folder, as its only content.

    Raises ClaimcliError as :func:`new_folder` does. Files that are ``editable`` are not replaced
    later if somebody changed them.
    """
    with new_folder(folder, command) as (new, _):
        lines = list(_written(new, files, editable=editable))
        _write_marker(new, command, lines)


@contextmanager
def new_folder(folder: Path, command: str) -> Iterator[tuple[Path, Path]]:
    """Yield a new folder, which then takes the place of another, and one for temporary files.

    The new folder is next to the other; both folders exist only meanwhile. Raises ClaimcliError if
    the other contains anything that an earlier call for the same command did not write, or if
    writing fails; it then is as it was.
    """
    target = Path(os.path.realpath(folder))
    require_replaceable(folder, command)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with locked(target.parent):
            _recover(target)
        with _temporary_folder(target) as temporary:
            new, scratch = temporary / _NEW, temporary / _SCRATCH
            new.mkdir()
            scratch.mkdir()
            yield new, scratch
            if not (new / marker(command)).exists():
                _write_marker(new, command, list(_names(new)))
            with locked(target.parent):
                require_replaceable(folder, command)
                _swap(temporary, target)
    except OSError as error:
        hint = "check the folder above it, its permissions and the room on the disk"
        raise cannot_write(f"'{folder}'", error, hint) from None


def marker(command: str) -> str:
    """Return the name of the file that lists all others of a folder that a command wrote."""
    return f".claimcli-{command}"


def require_replaceable(folder: Path, command: str) -> None:
    """Raise ClaimcliError unless a folder is absent, empty, or written by :func:`write_folder`."""
    target = Path(os.path.realpath(folder))
    if Path(os.path.realpath(".")).is_relative_to(target):
        raise ClaimcliError(
            f"'{folder}' is the folder you are in, or above it",
            "name a folder in it, or change to another",
        )
    if not target.exists():
        return
    if not target.is_dir():
        raise ClaimcliError(f"'{folder}' is a file", "name a folder")
    listed = _listed(target, command)
    for name in _names(target):
        if name not in listed:
            raise ClaimcliError(
                f"'{folder}' contains '{name}', which no earlier 'claimcli {command}' wrote",
                "name another folder, or move the file away",
            )
        if listed[name] and listed[name] != _checksum((target / name).read_bytes()):
            raise ClaimcliError(
                f"'{folder}/{name}' was changed since 'claimcli {command}' wrote it",
                "name another folder, or delete the file",
            )


def _listed(folder: Path, command: str) -> dict[str, str]:
    """Return the names that the marker of a folder lists, and the marker's, with checksums."""
    try:
        with (folder / marker(command)).open("rb") as file:
            lines = file.read(_MAX_MARKER).decode("utf-8", "replace").splitlines()
    except OSError:
        return {}
    if lines[:1] != [_HEADING.format(command)]:
        return {}
    return {
        marker(command): "",
        **{name: s for name, _, s in (x.partition("\t") for x in lines[1:])},
    }


def _checksum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _names(folder: Path, above: str = "") -> Iterator[str]:
    """Yield the paths of the files in a folder, in order, and of links, which are not followed."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir(follow_symlinks=False):
                yield from _names(Path(entry.path), f"{above}{entry.name}/")
            elif entry.name not in _OF_FILE_MANAGERS:
                yield f"{above}{entry.name}"


@contextmanager
def _temporary_folder(target: Path) -> Iterator[Path]:
    """Yield a new folder next to another, locked while it is in use, and deleted afterwards."""
    folder = Path(tempfile.mkdtemp("", _prefix(target), target.parent))
    try:
        with locked(folder):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _prefix(target: Path) -> str:
    """Return the beginning of the names of the temporary folders of a folder."""
    checksum = zlib.crc32(os.fsencode(target.name))
    return f".{target.name[:40]}.{checksum:08x}.unfinished."


def _written(folder: Path, files: Iterable[tuple[str, bytes]], *, editable: bool) -> Iterator[str]:
    """Write files, and yield the line of each for the marker."""
    for name, content in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        yield f"{name}\t{_checksum(content)}" if editable else name


def _write_marker(folder: Path, command: str, lines: list[str]) -> None:
    text = "\n".join((_HEADING.format(command), *sorted(lines), ""))
    (folder / marker(command)).write_text(text, encoding="utf-8")


def _swap(temporary: Path, target: Path) -> None:
    """Put the new folder in the place of the old one, which is moved to the temporary folder."""
    if not target.exists():
        (temporary / _NEW).rename(target)
        return
    (temporary / _NEW).chmod(stat.S_IMODE(target.stat().st_mode))
    target.rename(temporary / _OLD)
    try:
        (temporary / _NEW).rename(target)
    except BaseException:
        (temporary / _OLD).rename(target)
        raise


def _recover(target: Path) -> None:
    """Move a folder back that a killed process was about to replace, and delete what it left."""
    prefix = _prefix(target)
    for path in sorted(target.parent.iterdir()):
        if path.name.startswith(prefix) and path.is_dir() and not is_locked(path):
            if (path / _NEW).exists() and (path / _OLD).exists() and not target.exists():
                (path / _OLD).rename(target)
            shutil.rmtree(path, ignore_errors=True)
