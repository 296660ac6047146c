"""The session of one call: the values of the shared options, and the dossier they select."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

from claimcli.cli.inputs import given_path
from claimcli.cli.settings import config_in_use, settings_of
from claimcli.core.problems import ClaimcliError
from claimcli.core.query import (
    Node,
    Request,
    Scope,
    combine,
    field_condition,
    period_conditions,
    terms,
)
from claimcli.core.query_parser import parse_query, term_text
from claimcli.core.records import Dossier
from claimcli.dossier.config import Configuration, named_data, working_folder
from claimcli.dossier.text_folders import text_folders

FLAGS = ("party", "speaker", "issue", "tag", "source", "status")


class Session:
    """The shared options of one call, by name, and access to the dossier.

    The parameters of ``option_sources`` are further options of commands with this session.
    """

    option_sources: tuple[Callable[..., None], ...] = ()

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        self.color = _color(options.get("color"))
        self.outputs: tuple[Any, ...] = ()
        self.texts: Path | None = None
        self._configuration: Configuration | None = None
        self._paths: list[Path] = []

    def configuration(self) -> Configuration:
        """Return the settings in force, read once. Raises ClaimcliError if they are unreadable."""
        if self._configuration is None:
            self._configuration = settings_of(self.options)
        return self._configuration

    def names_data(self) -> bool:
        """Return whether options say where the data is."""
        return bool(self.options.get("data") or self.options.get("sample"))

    def paths(self) -> list[Path]:
        """Return the files and folders of the dossier, found once.

        Raises ClaimcliError if no file is found.
        """
        if not self._paths:
            self._paths = self._find_paths()
        return self._paths

    def _find_paths(self) -> list[Path]:
        from claimcli.dossier.data_folders import find_data, sample

        data, name = self.options.get("data"), self.options.get("sample")
        if data and name:
            raise ClaimcliError("--data and --sample exclude each other", "name one of them")
        if name:
            return [sample(name)]
        if data:
            return [given_path(path) for path in data]
        return find_data(os.environ, working_folder(), self.configuration())

    def roots_of(self, paths: Sequence[Path]) -> list[Path]:
        """Return the paths of the dossier if it contains ``paths``, else ``paths``."""
        try:
            mine = [path.resolve() for path in self.paths()]
        except ClaimcliError:
            return [*paths]
        inside = all(any(p.resolve().is_relative_to(root) for root in mine) for p in paths)
        return self.paths() if inside else [*paths]

    def protect(self, outputs: Iterable[Path | None], options: Mapping[str, Any]) -> None:
        """Set the output files; raise ClaimcliError if one would replace a file that is read.

        ``options`` are those of the command. If the command opens the dossier, an output that would
        replace one of its files is refused then, before anything else; otherwise the command must
        call :meth:`protect_dossier`.
        """
        from claimcli.cli.output_files import output_files, refuse_inputs

        self.outputs, self.texts = output_files(outputs), options.get("texts")
        refuse_inputs(self.outputs, options, config_in_use(self.options))

    def protect_dossier(self, paths: Sequence[Path] = ()) -> None:
        """Raise ClaimcliError if an output file would replace one of the dossier.

        ``paths`` is where the data is if an argument of the command says so.
        """
        if not self.outputs:
            return
        try:
            existing = [path for path in paths or self.paths() if path.exists()]
        except ClaimcliError:  # reported when the command reads the data
            return
        if existing:
            self.index(lambda _: None, existing)

    def open(
        self,
        request: Request | Callable[[Any], Request] = Request(scope=Scope.ALL),  # noqa: B008 - frozen
        paths: Sequence[Path] = (),
        overrides: Mapping[str, bytes] = MappingProxyType({}),
    ) -> Dossier:
        """Return the selected part of the dossier, by default all of it.

        ``overrides`` gives bytes to read instead of those on the disk, by the real path of a file.
        """
        from msgspec.structs import replace

        from claimcli.dossier.open import open_dossier

        with self.load_options(paths) as options:
            return open_dossier(
                paths or self.paths(), request, replace(options, overrides=overrides)
            )

    def open_in_batches(
        self,
        request: Request | Callable[[Any], Request],
        use: Callable[[Iterator[Dossier]], Any],
        *,
        by_issue: bool = False,
    ) -> Any:
        """Return the result of ``use``, called with the selected part of the dossier in batches.

        See :func:`claimcli.dossier.open.open_in_batches`.
        """
        from claimcli.dossier.open import open_in_batches

        with self.load_options() as options:
            return open_in_batches(self.paths(), request, use, options, by_issue=by_issue)

    def read(self, use: Callable[[Any, Any], Any]) -> Any:
        """Do as :func:`claimcli.dossier.open.read_index`, with the paths of the dossier."""
        from claimcli.dossier.open import read_index

        with self.load_options() as options:
            return read_index(self.paths(), use, options)

    def index(self, use: Callable[[Any], Any], paths: Sequence[Path] = ()) -> Any:
        """Return the result of ``use``, called with a connection to the index of the dossier."""
        from claimcli.dossier.files import find_files
        from claimcli.dossier.open import with_index

        with self.load_options(paths) as options:
            return with_index(find_files(paths or self.paths()), use, options)

    def open_records(
        self,
        words: Sequence[str],
        request_of: Callable[[list[tuple[str, str]]], Request],
        *kinds: str,
    ) -> tuple[list[tuple[str, str]], Dossier]:
        """Return kind and id of records, and the part of the dossier that they need.

        A part of an id is enough. ``kinds`` are those that the records can have, by default any.
        Raises ClaimcliError if nothing or several records match a word.
        """
        from claimcli.dossier.index.lookup import KINDS, find_record

        records: list[tuple[str, str]] = []

        def request(db: Any) -> Request:
            records[:] = [find_record(db, word, kinds or KINDS) for word in words]
            return request_of(records)

        dossier = self.open(request)
        return records, dossier

    @contextmanager
    def load_options(self, paths: Sequence[Path] = ()) -> Iterator[Any]:
        """Yield the options for loading; slow loading shows its progress on a terminal.

        ``paths`` is where the data is if an argument of the command says so.
        """
        from claimcli.cli.output import say
        from claimcli.cli.progress import Progress
        from claimcli.dossier.open import LoadOptions

        with Progress(sys.stderr) as progress:
            yield LoadOptions(
                cache=self.cache,
                notify=say,
                progress=progress.show,
                inspect=self._inspect,
                text_folders=self._text_folders(paths),
                polarity=self.configuration().polarity,
                name_unread=True,
            )

    def _text_folders(self, paths: Sequence[Path]) -> tuple[str, ...]:
        if self.options.get("sample"):
            return ()
        return text_folders(named_data(paths or self.options.get("data") or ()))

    def _inspect(self, db: Any, files: Any) -> None:
        """Raise ClaimcliError if an output file would replace one of the dossier."""
        if self.outputs:
            from claimcli.cli.output_files import refuse_dossier

            refuse_dossier(self.outputs, self.texts, db, files)

    def verdict_file(self, paths: Sequence[Path] = ()) -> str:
        """Return the path of the file that keeps verdicts on quotes, or "" if none are kept."""
        from claimcli.dossier.files import only_roots
        from claimcli.dossier.index.verdicts import verdict_file

        cache = self.cache()
        return str(verdict_file(cache, only_roots(paths or self.paths()))) if cache else ""

    def cache(self) -> Path | None:
        """Return the folder where the index is kept; None if it is not kept."""
        if self.options.get("no_cache") or not self.configuration().keep:
            return None
        from claimcli.dossier.runtime import cache_folder

        return cache_folder()


class BareSession(Session):
    """The session of a command that must work even if claimcli.toml does not."""

    def configuration(self) -> Configuration:
        """Return no settings."""
        return Configuration()

    def protect_dossier(self, paths: Sequence[Path] = ()) -> None:
        """Do as :meth:`Session.protect_dossier`, for the data that settings name if readable."""
        session = Session(self.options)
        session.outputs = self.outputs
        session.protect_dossier(paths)


class FlaggedSession(Session):
    """The session of a command that takes the filter flags."""

    def has_filters(self) -> bool:
        """Return whether flags or a query select some of the claims."""
        return any(self.options.get(name) for name in (*FLAGS, "since", "until", "query"))

    def condition(self) -> Node | None:
        """Return what flags and query select, None without any."""
        return self.request().query if self.has_filters() else None

    def request(self, **fields: Any) -> Request:
        """Return the request for the claims that flags and query select, with further fields."""
        options = self.options
        flags = [field_condition(name, options[name]) for name in FLAGS if options[name]]
        flags += period_conditions(options["since"], options["until"])
        query = parse_query(" ".join(options.get("query") or ()))
        return Request(query=combine([*flags, query]), **fields)

    def query_text(self) -> str:
        """Return what flags and query select as the text of one query.

        Raises ClaimcliError if the value of a flag cannot be written in a query.
        """
        query = " ".join(self.options.get("query") or ()).strip()
        parts = [_flag_text(name, self.options[name]) for name in FLAGS if self.options[name]]
        if since := self.options["since"]:
            parts.append(f"when:>={since}")
        if until := self.options["until"]:
            parts.append(f"when:<={until}")
        self.request()  # refuses what is invalid
        return " ".join((*parts, f"({query})" if parts and query else query)).strip()


def _flag_text(name: str, values: Iterable[str]) -> str:
    """Return a repeatable flag as text of a query."""
    texts = [term_text(term.field, term.text) for term in terms(field_condition(name, values))]
    if not all(texts):
        message = f"the value of --{name} has characters that a query cannot have"
        raise ClaimcliError(message, "leave it out, and narrow the list in the browser")
    return texts[0] if len(texts) == 1 else f"({' OR '.join(texts)})"


class FilteredSession(FlaggedSession):
    """The session of a command that takes the filter flags and a query."""


def _color(mode: str | None) -> str:
    if mode in (None, "auto", "always", "never"):
        return mode or "auto"
    raise ClaimcliError(f"no colour mode '{mode}'", "write auto, always or never")
