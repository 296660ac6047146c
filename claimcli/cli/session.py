"""The session of one call: what the shared options say, and the dossier that they name."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

from claimcli.cli.settings import settings_of
from claimcli.core.problems import ClaimcliError
from claimcli.core.query import Request, Scope, both, flag, since, until
from claimcli.core.query_parser import parse_query
from claimcli.core.records import Dossier
from claimcli.dossier.config import Configuration

FLAGS = ("party", "speaker", "issue", "tag", "source", "status")


class Session:
    """What the shared options of one call say.

    ``donors`` are functions whose parameters are the options that its commands have beside those
    of every command.
    """

    donors: tuple[Callable[..., None], ...] = ()

    def __init__(self, given: dict[str, Any]) -> None:
        self.given = given
        self.color = _color(given.get("color"))
        self._configuration: Configuration | None = None

    def configuration(self) -> Configuration:
        """Return the settings in force: of the nearest claimcli.toml at or above the data.

        Where nothing names the data, it is looked for from this folder on; a sample has none.
        Raises ClaimcliError where the file cannot be read.
        """
        if self._configuration is None:
            self._configuration = settings_of(self.given)
        return self._configuration

    def names_data(self) -> bool:
        """Return whether options say where the data is."""
        return bool(self.given.get("data") or self.given.get("sample"))

    def paths(self) -> list[Path]:
        """Return where the data is."""
        from claimcli.dossier.open import find_data, sample

        data, name = self.given.get("data"), self.given.get("sample")
        if data and name:
            raise ClaimcliError("--data and --sample exclude each other", "name one of them")
        if name:
            return [sample(name)]
        if data:
            return [given_path(path) for path in data]
        return find_data(os.environ, Path.cwd(), self.configuration())

    def spare(self, output: Path | None, among: Sequence[Path] = ()) -> None:
        """Raise ClaimcliError where an output file would be one of the dossier's own files.

        ``among`` is where the data is if a command was told so in an argument.
        """
        if output is None or str(output) == "-":
            return
        from claimcli.cli.output import refuse_own

        try:
            paths = among or self.paths()
        except ClaimcliError:  # whoever needs the data says so
            return
        refuse_own(output, paths)

    def open(
        self,
        request: Request = Request(scope=Scope.ALL),  # noqa: B008 - frozen
        paths: Sequence[Path] = (),
        overrides: Mapping[str, bytes] = MappingProxyType({}),
    ) -> Dossier:
        """Return what is asked of the dossier, everything if nothing is.

        ``overrides`` gives the bytes to read in place of those on the disk, by a file's true path.
        """
        from msgspec.structs import replace

        from claimcli.dossier.open import open_dossier

        with self.load_options() as options:
            return open_dossier(
                paths or self.paths(), request, replace(options, overrides=overrides)
            )

    def index(self, use: Callable[[Any], Any]) -> Any:
        """Return what ``use`` makes of a connection to the index of the dossier."""
        from claimcli.dossier.files import find_files
        from claimcli.dossier.open import with_index

        with self.load_options() as options:
            return with_index(find_files(self.paths()), use, options)

    @contextmanager
    def load_options(self) -> Iterator[Any]:
        """Give what lies around the dossier; on a terminal long reading shows how far it is."""
        from claimcli.cli.output import talk
        from claimcli.cli.progress import Progress
        from claimcli.dossier.open import LoadOptions

        with Progress(sys.stderr) as progress:
            yield LoadOptions(cache=self._cache, notify=talk, progress=progress.show)

    def _cache(self) -> Path | None:
        if self.given.get("no_cache") or not self.configuration().keep:
            return None
        from claimcli.dossier.folders import cache_folder

        return cache_folder()


class BareSession(Session):
    """A session of a command that must work where claimcli.toml does not."""

    def configuration(self) -> Configuration:
        """Return no settings."""
        return Configuration()


class FlaggedSession(Session):
    """A session of a command that takes the filter flags."""

    def narrows(self) -> bool:
        """Return whether flags or a query ask for some claims only."""
        return any(self.given.get(name) for name in (*FLAGS, "since", "until", "query"))

    def ask(self, **how: Any) -> Request:
        """Return what the flags, and the query if there is one, ask for.

        ``how`` are further fields of it.
        """
        given = self.given
        flags = [flag(name, given[name]) for name in FLAGS if given[name]]
        if given["since"]:
            flags.append(since(given["since"]))
        if given["until"]:
            flags.append(until(given["until"]))
        written = parse_query(" ".join(given.get("query") or ()))
        return Request(query=both([*flags, written]), **how)


class FilteredSession(FlaggedSession):
    """A session of a command that takes a query too."""


def _color(word: str | None) -> str:
    if word in (None, "auto", "always", "never"):
        return word or "auto"
    raise ClaimcliError(f"no colour mode '{word}'", "write auto, always or never")


def given_path(text: str) -> Path:
    """Return a path that was typed. Raises ClaimcliError for "", which would be this folder."""
    if not text:
        raise ClaimcliError("a path is empty", "name a file or folder, or leave it out")
    return Path(text)
