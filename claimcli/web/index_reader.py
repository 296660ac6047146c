"""Read pages' parts of a dossier from its index, which follows the files."""

import os
import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

import msgspec

from claimcli.analysis.indexed_registries import read_parties, read_sources
from claimcli.core.problems import ClaimcliError
from claimcli.core.query import EVERYTHING, Node, Request
from claimcli.core.records import Claim, Dossier
from claimcli.dossier.config import Configuration
from claimcli.dossier.connections import IndexConnections
from claimcli.dossier.files import DataFiles, find_files
from claimcli.dossier.index.facets import Facet, facets_of
from claimcli.dossier.index.selection import count_claims
from claimcli.dossier.index.similar import SimilarSearch
from claimcli.dossier.index.similar_table import is_filled
from claimcli.dossier.index.stamp import is_young
from claimcli.dossier.open import LoadOptions, path_lookup, read_dossier, unread_named
from claimcli.dossier.runtime import garbage_collection_paused
from claimcli.history.revision import Revision, revision_of
from claimcli.quotes.texts.source_texts import is_within
from claimcli.web.reader import UNTITLED, ListedRecords, SiteInfo, similar_ids

MAX_COUNTS = 256
"""Counts and facets that are kept until the data changes."""
MAX_PREPARED = 2 * 1024 * 1024
"""Bytes of YAML for which the search for similar claims takes little time to prepare."""
MAX_TEXTS = 1000
"""Texts of sources whose changes are noticed: those read last."""

_T = TypeVar("_T")


class IndexReader:
    """Reads the data as it is at each call. Threads may share it.

    ``settings`` returns those of the dossier's claimcli.toml; while it raises ClaimcliError, the
    last ones are used.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        options: LoadOptions,
        *,
        settings: Callable[[], Configuration] = Configuration,
    ) -> None:
        self.paths = paths
        self.options = options
        self.connections = IndexConnections(options)
        self.texts = _WatchedTexts()
        self.counts = _Kept(MAX_COUNTS)
        self._settings = settings
        self._last_settings = settings()

    def current(self) -> "IndexState":
        """Return a reader of the data as it is now, for one page.

        Raises ClaimcliError if the data does not exist.
        """
        files = find_files(self.paths)
        settings = self.settings()
        described = (settings.title, settings.description)
        seen = [(*stamp, is_young(stamp[3], files.listed_at)) for stamp in files.stamps]
        state = msgspec.msgpack.encode((files.real, seen, described, self.texts.changes()))
        stamp = blake2b(state, digest_size=16).hexdigest()
        return IndexState(self, files, settings, stamp)

    def settings(self) -> Configuration:
        """Return the settings of the dossier, or the last ones that could be read."""
        with suppress(ClaimcliError):
            self._last_settings = self._settings()
        return self._last_settings

    def stamp(self) -> str:
        """Return a text that changes with the data. Raises as :meth:`current`.

        The data are the files, the title, and those texts of sources that were read. A file that
        changed a moment ago has another stamp than later, since it may change again unnoticed.
        """
        return self.current().stamp

    def info(self) -> SiteInfo:
        """Do as :meth:`claimcli.web.reader.Reader.info`; data that does not exist is an error."""
        try:
            return self.current().info()
        except ClaimcliError:
            return _info(self.settings(), errors=1)

    def read(self, request: Request) -> Dossier:
        """Do as :meth:`claimcli.web.reader.Reader.read`."""
        return self.current().read(request)

    def registry(self, kind: str, query: Node, most: int) -> ListedRecords:
        """Do as :meth:`claimcli.web.reader.Reader.registry`."""
        return self.current().registry(kind, query, most)

    def count(self, query: Node) -> int:
        """Do as :meth:`claimcli.web.reader.Reader.count`."""
        return self.current().count(query)

    def facets(self, query: Node) -> tuple[Facet, ...]:
        """Do as :meth:`claimcli.web.reader.Reader.facets`."""
        return self.current().facets(query)

    def similar(self, claim: Claim) -> tuple[str, ...]:
        """Do as :meth:`claimcli.web.reader.Reader.similar`."""
        return self.current().similar(claim)

    def revision(self) -> Revision | None:
        """Do as :meth:`claimcli.web.reader.Reader.revision`."""
        return revision_of(self.paths)


class IndexState:
    """Reads the data in one state, which ``stamp`` identifies."""

    def __init__(
        self, reader: IndexReader, files: DataFiles, settings: Configuration, stamp: str
    ) -> None:
        self.reader = reader
        self.files = files
        self.settings = settings
        self.stamp = stamp

    def info(self) -> SiteInfo:
        """Do as :meth:`claimcli.web.reader.Reader.info`."""
        return _info(self.settings, self._kept("errors", _count_errors))

    def read(self, request: Request) -> Dossier:
        """Do as :meth:`claimcli.web.reader.Reader.read`."""
        options = self.reader.options
        with garbage_collection_paused():
            dossier = self._use(lambda db: read_dossier(db, self.files, request, options))
        self.reader.texts.watch(dossier)
        return dossier

    def registry(self, kind: str, query: Node, most: int) -> ListedRecords:
        """Do as :meth:`claimcli.web.reader.Reader.registry`; the numbers come from the index."""
        some = None if query == EVERYTHING else query

        def use(db: sqlite3.Connection) -> ListedRecords:
            path_of = path_lookup(db, self.files)
            with unread_named(db, path_of, self.reader.options):
                if kind == "party":
                    records = read_parties(db, path_of, some).records
                    return ListedRecords(records[:most], len(records))
                found = read_sources(db, path_of, some)
            first = tuple(islice(found.records, most))
            return ListedRecords(first, sum(1 for _ in found.rows), found.summary)

        with garbage_collection_paused():
            return self._use(use)

    def count(self, query: Node) -> int:
        """Do as :meth:`claimcli.web.reader.Reader.count`."""
        return self._kept(("count", query), lambda db: count_claims(db, query))

    def facets(self, query: Node) -> tuple[Facet, ...]:
        """Do as :meth:`claimcli.web.reader.Reader.facets`."""
        return self._kept(("facets", query), lambda db: facets_of(db, query))

    def similar(self, claim: Claim) -> tuple[str, ...]:
        """Do as :meth:`claimcli.web.reader.Reader.similar`.

        The search of a large dossier is prepared by ``claimcli match`` only.
        """
        is_small = self.files.size < MAX_PREPARED

        def use(db: sqlite3.Connection) -> tuple[str, ...]:
            return similar_ids(SimilarSearch(db), claim) if is_small or is_filled(db) else ()

        return self._use(use)

    def revision(self) -> Revision | None:
        """Do as :meth:`claimcli.web.reader.Reader.revision`."""
        return self.reader.revision()

    def _kept(self, key: Hashable, count: Callable[[sqlite3.Connection], _T]) -> _T:
        result: _T = self.reader.counts.get(self.stamp, key, lambda: self._use(count))
        return result

    def _use(self, use: Callable[[sqlite3.Connection], _T]) -> _T:
        return self.reader.connections.use(self.files, use)


def _info(settings: Configuration, errors: int) -> SiteInfo:
    title = settings.title or UNTITLED
    return SiteInfo(title=title, description=settings.description, errors=errors)


def _count_errors(db: sqlite3.Connection) -> int:
    query = "SELECT count(*) FROM problems WHERE severity = 'error'"
    return int(db.execute(query).fetchone()[0])


class _Kept:
    """The last results of one state of the data."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._lock = Lock()
        self._stamp = ""
        self._results: OrderedDict[Hashable, Any] = OrderedDict()

    def get(self, stamp: str, key: Hashable, compute: Callable[[], Any]) -> Any:
        """Return the result for a key, computed if it is not there."""
        with self._lock:
            if stamp == self._stamp and key in self._results:
                self._results.move_to_end(key)
                return self._results[key]
        result = compute()
        with self._lock:
            if stamp != self._stamp:
                self._stamp = stamp
                self._results.clear()
            self._results[key] = result
            while len(self._results) > self._limit:
                self._results.popitem(last=False)
        return result


class _WatchedTexts:
    """The texts of sources that were read, and how often one of them changed."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._states: OrderedDict[str, tuple[int, int] | None] = OrderedDict()
        self._changes = 0

    def watch(self, dossier: Dossier) -> None:
        """Notice changes of the texts of a dossier's sources from now on."""
        for source in dossier.sources.values():
            if source.text:
                path = os.path.join(os.path.dirname(source.location.path), source.text)  # noqa: PTH118, PTH120 - strings, as all here
                with self._lock:
                    self._add(path, dossier.text_folders)

    def _add(self, path: str, folders: Sequence[str]) -> None:
        if path not in self._states:
            if "\0" in path or not is_within(Path(path), folders):
                return
            self._states[path] = _state(path)
        self._states.move_to_end(path)
        while len(self._states) > MAX_TEXTS:
            self._states.popitem(last=False)

    def changes(self) -> int:
        """Return the number of changes that were noticed so far."""
        with self._lock:
            for path, state in self._states.items():
                if state != (now := _state(path)):
                    self._states[path] = now
                    self._changes += 1
            return self._changes


def _state(path: str) -> tuple[int, int] | None:
    try:
        stat = os.stat(path)  # noqa: PTH116
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size
