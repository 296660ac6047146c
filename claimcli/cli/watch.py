"""Looking again whenever a file of the dossier changes."""

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

from claimcli.cli.output import talk
from claimcli.core.problems import ClaimcliError
from claimcli.dossier.extras import needed
from claimcli.dossier.files import find_files

PAUSE = 500
"""Milliseconds after which the files are looked at though nothing was heard of them: what vanished
and came back under its name is heard of no more."""
SETTLED = 300
"""Milliseconds that several changes at once may take to be seen as one."""
_CLEAR = "\x1b[2J\x1b[H"


def watch(paths: Sequence[Path], show: Callable[[], None]) -> NoReturn:
    """Show what is to be seen, and again after each change, until the user breaks off.

    Raises ClaimcliError where the library is missing, or a path at the beginning.
    """
    library = needed("watchfiles", "watch")
    find_files(paths)
    before: object = None
    for state in _states(paths, library):
        if state != before:
            before = state
            _clear()
            _try(show)
            talk(f"watching {', '.join(map(str, paths))}; Ctrl-C ends it")
    raise AssertionError("states never end")


def _try(show: Callable[[], None]) -> None:
    try:
        show()
    except ClaimcliError as error:
        talk(f"error: {error}")


def _clear() -> None:
    if sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
        sys.stdout.write(_CLEAR)
        sys.stdout.flush()


def _states(paths: Sequence[Path], library: Any) -> Iterator[object]:
    """Yield without end what the files are like, each time that they may have changed."""
    heard = 0
    while True:
        yield (_stamps(paths), heard)
        folders, recursive = _folders(paths)
        if not folders:
            time.sleep(PAUSE / 1000)
            continue
        places = _places(folders)
        for changes in _heard(library, folders, recursive=recursive):
            heard += bool(changes) and recursive
            yield (_stamps(paths), heard)
            if _places(folders) != places:
                break


def _heard(library: Any, folders: Sequence[Path], *, recursive: bool) -> Iterator[Any]:
    try:
        yield from library.watch(
            *folders,
            debounce=SETTLED,
            rust_timeout=PAUSE,
            yield_on_timeout=True,
            recursive=recursive,
            ignore_permission_denied=True,
        )
    except OSError:  # a folder went while it was to be watched, or there are too many
        time.sleep(PAUSE / 1000)


def _folders(paths: Sequence[Path]) -> tuple[list[Path], bool]:
    """Return which folders to watch, and whether what lies below them too.

    Files named beside folders are only looked at from time to time.
    """
    folders = [path for path in paths if path.is_dir()]
    if folders or not paths:
        return folders, True
    return sorted({path.parent for path in paths if path.parent.is_dir()}), False


def _places(folders: Sequence[Path]) -> list[tuple[int, int]]:
    """Return which folders stand under these names now."""
    return [(stat.st_ino, stat.st_dev) for path in folders if (stat := _stat(path))]


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def _stamps(paths: Sequence[Path]) -> object:
    try:
        return find_files(paths).stamps
    except ClaimcliError as error:
        return str(error)
