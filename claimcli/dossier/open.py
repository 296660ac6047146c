"""Opening a dossier: find the files, bring the index up to date, load what was requested."""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from claimcli import __version__
from claimcli.core.problems import ClaimcliError
from claimcli.core.query import Request, Scope
from claimcli.core.records import Dossier
from claimcli.dossier.files import DataFiles, find_files, with_extra_file
from claimcli.dossier.index.cache import REBUILT, IndexCache, is_damage
from claimcli.dossier.index.functions import run_with_functions
from claimcli.dossier.index.load import load, load_batches
from claimcli.dossier.index.problems import PathOf, with_unread_note
from claimcli.dossier.runtime import garbage_collection_paused
from claimcli.dossier.text_folders import real_unless_link

_T = TypeVar("_T")


def _ignore(*_: object) -> None:
    """Do nothing."""


class LoadOptions(Struct, frozen=True, kw_only=True):
    """Where an index can be kept, who is notified, what is checked, and texts to read instead.

    ``cache`` returns the folder of indexes, or None to keep none. ``notify`` is called with notes,
    ``progress`` with the number of bytes read and of all bytes, ``inspect`` with the index and the
    files before the index is used; it may raise ClaimcliError. ``text_folders`` are the real
    paths of the only folders that sources' texts may be in, by default those of the data;
    ``polarity`` is the path of the dossier's own list of negations, if it has one.
    ``overrides`` has the bytes to read instead of those of a file, by its real path; the file need
    not exist. With ``name_unread`` the error that a name is unknown says what could not be read.
    At most so many ``processes`` read files, by default as many as there are processors.
    """

    cache: Callable[[], Path | None] = lambda: None
    notify: Callable[[str], None] = _ignore
    progress: Callable[[int, int], None] = _ignore
    inspect: Callable[[sqlite3.Connection, DataFiles], None] = _ignore
    text_folders: tuple[str, ...] = ()
    polarity: str = ""
    overrides: Mapping[str, bytes] = {}
    name_unread: bool = False
    processes: int | None = None

    def limits_of_texts(self, files: DataFiles) -> tuple[str, ...]:
        """Return the real paths of the folders that the texts of sources in files may be in."""
        roots = [Path(root) for root in files.roots]
        folders = (root if root.is_dir() else root.parent for root in roots)
        return self.text_folders or tuple(real_unless_link(f, str(f)) for f in folders)


RequestOf = Request | Callable[[sqlite3.Connection], Request]
"""A request, or a function that returns it, called with a connection to the index."""
WHOLE_DOSSIER = Request(scope=Scope.ALL, opposition=True)


def open_dossier(
    paths: Iterable[str | Path],
    request: RequestOf = WHOLE_DOSSIER,
    options: LoadOptions = LoadOptions(),  # noqa: B008 - frozen
) -> Dossier:
    """Read all files under the paths and return the requested records, by default all.

    Folders are searched for ``*.yaml`` and ``*.yml`` to any depth, except hidden ones. What cannot
    be read is among the dossier's problems. Raises ClaimcliError if a path does not exist, or if
    the query names something that the dossier does not have.
    """
    files = _with_overrides(find_files(paths), options.overrides)

    def use(db: sqlite3.Connection) -> Dossier:
        return read_dossier(db, files, request, options)

    with garbage_collection_paused():
        return with_index(files, use, options)


def open_in_batches(
    paths: Iterable[str | Path],
    request: RequestOf,
    use: Callable[[Iterator[Dossier]], _T],
    options: LoadOptions = LoadOptions(),  # noqa: B008 - frozen
    *,
    by_issue: bool = False,
) -> _T:
    """Return the result of ``use``, called with the requested records in batches.

    See :func:`claimcli.dossier.index.load.load_batches`. If the index is found damaged meanwhile,
    ``use`` is called again from the start, so it must not print. Raises as :func:`open_dossier`.
    """
    files = _with_overrides(find_files(paths), options.overrides)

    def read(db: sqlite3.Connection) -> _T:
        return use(read_batches(db, files, request, options, by_issue=by_issue))

    with garbage_collection_paused():
        return with_index(files, read, options)


def read_index(
    paths: Iterable[str | Path],
    use: Callable[[sqlite3.Connection, PathOf], _T],
    options: LoadOptions = LoadOptions(),  # noqa: B008 - frozen
) -> _T:
    """Return the result of ``use``, called with an index of the files and a lookup of their paths.

    Use it to read columns instead of records. Raises as :func:`open_dossier`.
    """
    files = _with_overrides(find_files(paths), options.overrides)

    def use_index(db: sqlite3.Connection) -> _T:
        path_of = path_lookup(db, files)
        with unread_named(db, path_of, options):
            return use(db, path_of)

    with garbage_collection_paused():
        return with_index(files, use_index, options)


def read_dossier(
    db: sqlite3.Connection, files: DataFiles, request: RequestOf, options: LoadOptions
) -> Dossier:
    """Return the requested records from an index of the files. Raises as :func:`open_dossier`."""
    path_of = path_lookup(db, files)
    with unread_named(db, path_of, options):
        dossier = load(db, request(db) if callable(request) else request, path_of)
    return _with_settings(dossier, files, options)


def read_batches(
    db: sqlite3.Connection,
    files: DataFiles,
    request: RequestOf,
    options: LoadOptions,
    *,
    by_issue: bool = False,
) -> Iterator[Dossier]:
    """Yield the requested records in batches, as :func:`open_in_batches` gives them."""
    path_of = path_lookup(db, files)
    with unread_named(db, path_of, options):
        wanted = request(db) if callable(request) else request
        for batch in load_batches(db, wanted, path_of, by_issue=by_issue):
            yield _with_settings(batch, files, options)


@contextmanager
def unread_named(
    db: sqlite3.Connection, path_of: Callable[[int], str], options: LoadOptions
) -> Iterator[None]:
    """Add to an error what could not be read, if the options say so."""
    try:
        yield
    except ClaimcliError as error:
        raise (with_unread_note(error, db, path_of) if options.name_unread else error) from None


def _with_settings(dossier: Dossier, files: DataFiles, options: LoadOptions) -> Dossier:
    return replace(dossier, text_folders=options.limits_of_texts(files), polarity=options.polarity)


def with_index(
    files: DataFiles,
    use: Callable[[sqlite3.Connection], _T],
    options: LoadOptions = LoadOptions(),  # noqa: B008 - frozen
) -> _T:
    """Return the result of calling ``use`` with an up-to-date index of the files.

    A damaged index is rebuilt once.
    """
    for note in files.notes:
        options.notify(note)
    index = index_of(files, options)

    def inspect_and_use(db: sqlite3.Connection) -> _T:
        options.inspect(db, files)
        return use(db)

    try:
        return _use(index, inspect_and_use)
    except ClaimcliError:
        raise
    except Exception as error:
        if not is_damage(error) or not index.discard():
            raise
        options.notify(REBUILT)
        return _use(index, inspect_and_use)


def index_of(files: DataFiles, options: LoadOptions) -> IndexCache:
    """Return the cache of the index of some files, which is not opened yet."""
    cache = (lambda: None) if options.overrides else options.cache
    return IndexCache(
        files, _LazyBuilder(options), program=__version__, cache_folder=cache, notify=options.notify
    )


def _use(index: IndexCache, use: Callable[[sqlite3.Connection], _T]) -> _T:
    with closing(index.open()) as db:
        return run_with_functions(db, index.files.path, use)


class _LazyBuilder:
    """Builds an index in several processes, and reports progress.

    The modules that read YAML are imported only if needed: that takes as long as everything else.
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
            processes=self.options.processes or readers.processors(),
            progress=self.options.progress,
            overrides=self.options.overrides,
        )
        return import_module("claimcli.dossier.index.build").IndexBuilder(read)


def _with_overrides(files: DataFiles, overrides: Mapping[str, bytes]) -> DataFiles:
    """Return the files, and those that exist only as overrides."""
    if overrides:
        there = {os.path.realpath(files.path(*stamp[:2])) for stamp in files.stamps}
        for path in sorted(overrides.keys() - there):
            files = with_extra_file(files, path, len(overrides[path]))
    return files


def path_lookup(db: sqlite3.Connection, files: DataFiles) -> Callable[[int], str]:
    """Return a function from a file's key to its path as the user knows it."""

    @cache
    def path_of(file: int) -> str:
        row = db.execute("SELECT root, path FROM files WHERE file = ?", (file,)).fetchone()
        return files.path(*row)

    return path_of
