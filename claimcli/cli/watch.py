"""Running again whenever a file of the dossier changes."""

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

from claimcli.cli import pager
from claimcli.cli.output import say
from claimcli.core.problems import ClaimcliError
from claimcli.dossier.files import find_files
from claimcli.dossier.runtime import import_extra

PAUSE = 500
"""Milliseconds between checks of the files that come without a notification, as in a folder that
was deleted and created again."""
SETTLED = 300
"""Milliseconds in which several changes count as one."""
_CLEAR = "\x1b[2J\x1b[H"


def watch(paths: Sequence[Path], show: Callable[[], None]) -> NoReturn:
    """Call ``show`` now and after each change, until the user presses Ctrl-C.

    Raises ClaimcliError if the library is not installed, or a path does not exist at the start.
    """
    library = import_extra("watchfiles", "watch")
    pager.disable()
    find_files(paths)
    before: object = None
    for state in _states(paths, library):
        if state != before:
            before = state
            _clear()
            _try(show)
            say(f"watching {', '.join(map(str, paths))}; Ctrl-C stops it")
    raise AssertionError("states never end")


def _try(show: Callable[[], None]) -> None:
    try:
        show()
    except ClaimcliError as error:
        say(f"error: {error}")


def _clear() -> None:
    if sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
        sys.stdout.write(_CLEAR)
        sys.stdout.flush()


def _states(paths: Sequence[Path], library: Any) -> Iterator[object]:
    """Yield the state of the files whenever it may have changed, without end."""
    notified = 0
    while True:
        yield (_stamps(paths), notified)
        folders, recursive = _folders(paths)
        if not folders:
            time.sleep(PAUSE / 1000)
            continue
        inodes = _inodes(folders)
        for changes in _notifications(library, folders, recursive=recursive):
            notified += bool(changes) and recursive
            yield (_stamps(paths), notified)
            if _inodes(folders) != inodes:
                break


def _notifications(library: Any, folders: Sequence[Path], *, recursive: bool) -> Iterator[Any]:
    try:
        yield from library.watch(
            *folders,
            debounce=SETTLED,
            rust_timeout=PAUSE,
            yield_on_timeout=True,
            recursive=recursive,
            ignore_permission_denied=True,
        )
    except OSError:  # a folder was deleted meanwhile, or there are too many
        time.sleep(PAUSE / 1000)


def _folders(paths: Sequence[Path]) -> tuple[list[Path], bool]:
    """Return the folders to watch, and whether their subfolders too.

    If there are both files and folders, the files are only checked after each pause.
    """
    folders = [path for path in paths if path.is_dir()]
    if folders or not paths:
        return folders, True
    return sorted({path.parent for path in paths if path.parent.is_dir()}), False


def _inodes(folders: Sequence[Path]) -> list[tuple[int, int]]:
    """Return the identity of the folders that have these names now."""
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
