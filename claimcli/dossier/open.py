"""The one way into a dossier: find the data, read it through the index, keep what was asked for."""

import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct

from claimcli import __version__
from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.core.query import Request, Scope
from claimcli.core.records import Dossier
from claimcli.core.text.suggestions import did_you_mean
from claimcli.dossier.config import CONFIG, Configuration, find_config
from claimcli.dossier.files import DataFiles, find_files, with_extra_file
from claimcli.dossier.index.cache import REBUILT, IndexCache, is_damage
from claimcli.dossier.index.functions import run_with_functions
from claimcli.dossier.index.load import load
from claimcli.dossier.runtime import garbage_collection_paused

_PACKAGE = Path(__file__).parent.parent
_T = TypeVar("_T")


def _ignore(*_: object) -> None:
    """Say nothing."""


class LoadOptions(Struct, frozen=True, kw_only=True):
    """What lies around a dossier: where an index may be kept, and who wants to hear of the work.

    ``cache`` gives the folder, and None where nothing is to be kept; ``tell`` hears notes,
    ``progress`` how many bytes of how many are read. ``overrides`` gives the bytes that are read in
    place of those on the disk, by the true path of the file, which need not be there.
    """

    cache: Callable[[], Path | None] = lambda: None
    notify: Callable[[str], None] = _ignore
    progress: Callable[[int, int], None] = _ignore
    overrides: Mapping[str, bytes] = {}


def open_dossier(
    paths: Iterable[str | Path],
    request: Request = Request(scope=Scope.ALL),  # noqa: B008 - frozen
    options: LoadOptions = LoadOptions(),  # noqa: B008 - frozen
) -> Dossier:
    """Read everything under the paths and return what is asked for, everything if nothing is.

    Folders are searched for ``*.yaml`` and ``*.yml`` to any depth, hidden ones aside. What cannot
    be read is among the dossier's problems. Raises ClaimcliError where a path does not exist, or
    where the query names something that the dossier does not have.
    """
    found = _with_those(find_files(paths), options.overrides)

    def use(db: sqlite3.Connection) -> Dossier:
        return load(db, request, path_lookup(db, found))

    with garbage_collection_paused():
        return with_index(found, use, options)


def with_index(
    found: DataFiles,
    use: Callable[[sqlite3.Connection], _T],
    options: LoadOptions = LoadOptions(),  # noqa: B008 - frozen
) -> _T:
    """Return what ``use`` makes of an index of the files that is up to date.

    A damaged index is rebuilt, once.
    """
    cache = (lambda: None) if options.overrides else options.cache
    index = IndexCache(
        found, _LazyBuilder(options), program=__version__, cache_folder=cache, notify=options.notify
    )
    try:
        return _use(index, use)
    except ClaimcliError:
        raise
    except Exception as error:
        if not is_damage(error) or not index.discard():
            raise
        options.notify(REBUILT)
        return _use(index, use)


def _use(index: IndexCache, use: Callable[[sqlite3.Connection], _T]) -> _T:
    with closing(index.open()) as db:
        return run_with_functions(db, index.files.path, use)


class _LazyBuilder:
    """Fills an index with what all processors read, and says how far it is.

    The modules that read YAML are imported when there is something to read: that takes as long as
    all else that a command does with an index that is up to date.
    """

    def __init__(self, options: LoadOptions) -> None:
        self.options = options

    def build(self, *given: Any, **more: Any) -> None:
        """Do as :meth:`claimcli.dossier.index.build.IndexBuilder.build`."""
        self._builder().build(*given, **more)

    def update(self, *given: Any, **more: Any) -> None:
        """Do as :meth:`claimcli.dossier.index.build.IndexBuilder.update`."""
        self._builder().update(*given, **more)

    def _builder(self) -> Any:
        readers = import_module("claimcli.dossier.parallel")
        read = partial(
            readers.read_all,
            processes=readers.processors(),
            progress=self.options.progress,
            overrides=self.options.overrides,
        )
        return import_module("claimcli.dossier.index.build").IndexBuilder(read)


def _with_those(found: DataFiles, overrides: Mapping[str, bytes]) -> DataFiles:
    """Return the files with those that are only given as bytes."""
    if overrides:
        there = {os.path.realpath(found.path(*stamp[:2])) for stamp in found.stamps}
        for path in sorted(overrides.keys() - there):
            found = with_extra_file(found, path, len(overrides[path]))
    return found


def path_lookup(db: sqlite3.Connection, found: DataFiles) -> Callable[[int], str]:
    """Return a function from a file's key to its path as the user knows it."""

    @cache
    def shown(file: int) -> str:
        row = db.execute("SELECT root, path FROM files WHERE file = ?", (file,)).fetchone()
        return found.path(*row)

    return shown


def sample(name: str) -> Path:
    """Return the folder of a dossier that the package carries."""
    folders = samples()
    if name not in folders:
        hint = did_you_mean(name, folders, f"the samples are {', '.join(sorted(folders))}")
        raise ClaimcliError(f"no sample '{name}'", hint)
    return folders[name]


def samples() -> dict[str, Path]:
    """Return the dossiers that the package carries, by name.

    In a checkout the bundled one stands in ``data/`` beside the package; a build copies it in.
    """
    inside = _PACKAGE / "samples"
    found = {path.name: path for path in sorted(inside.iterdir())} if inside.is_dir() else {}
    beside = _PACKAGE.parent / "data"
    if "call" not in found and (beside / "claims").is_dir():
        found["call"] = beside
    return found


def find_data(
    environ: Mapping[str, str], folder: Path, settings: Configuration | None = None
) -> list[Path]:
    """Return where the data is when no option says so, seen from a folder.

    ``CLAIMCLI_DATA`` (several parted as in PATH), else what the nearest ``claimcli.toml`` going
    up names as ``data`` (``settings``, where it is read already), else ``./data``. Raises
    ClaimcliError where there is none, or the file cannot be read.
    """
    if named := environ.get("CLAIMCLI_DATA"):
        return [Path(part) for part in named.split(os.pathsep) if part]
    if found := (settings or find_config(folder, folder)).data:
        return list(found)
    if Path("data").is_dir():
        return [Path("data")]
    raise ClaimcliError(
        f"no data: looked for --data, CLAIMCLI_DATA, {CONFIG} in this folder and above, and ./data",
        "name a folder with --data, try --sample call, or begin with 'claimcli init'",
        code=ExitCode.UNREADABLE,
    )
