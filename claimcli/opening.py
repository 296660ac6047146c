"""The one way into a dossier: find the data, read it, keep what was asked for."""

import gc
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from claimcli.linking import link
from claimcli.model import Dossier
from claimcli.near import did_you_mean
from claimcli.problems import ClaimcliError, ExitCode
from claimcli.query import Filters
from claimcli.reading import read_file
from claimcli.selection import select

CONFIG = "claimcli.toml"
_PACKAGE = Path(__file__).parent
_SUFFIXES = (".yaml", ".yml")


def open_dossier(paths: Iterable[str | Path], filters: Filters | None = None) -> Dossier:
    """Read everything under the paths and return the dossier, narrowed by the filters.

    Folders are searched for ``*.yaml`` and ``*.yml`` to any depth, hidden ones aside. What cannot
    be read is among the dossier's problems. Raises ClaimcliError where a path does not exist, or
    where a filter names something that the dossier does not have.
    """
    with _collector_paused():
        files = _files([Path(path) for path in paths])
        dossier = link(read_file(path, shown) for shown, path in sorted(files.items()))
        return select(dossier, filters) if filters else dossier


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


def find_data(environ: Mapping[str, str], folder: Path) -> list[Path]:
    """Return where the data is when no option says so, seen from a folder.

    ``CLAIMCLI_DATA`` (several parted as in PATH), else what the nearest ``claimcli.toml`` going
    up names as ``data``, else ``./data``. Raises ClaimcliError where there is none.
    """
    if named := environ.get("CLAIMCLI_DATA"):
        return [Path(part) for part in named.split(os.pathsep) if part]
    for place in (folder, *folder.parents):
        if (place / CONFIG).is_file():
            return _configured(place / CONFIG, folder)
    if Path("data").is_dir():
        return [Path("data")]
    raise ClaimcliError(
        f"no data: looked for --data, CLAIMCLI_DATA, {CONFIG} in this folder and above, and ./data",
        "name a folder with --data, try --sample call, or start a dossier with 'claimcli init'",
        code=ExitCode.UNREADABLE,
    )


def _configured(config: Path, folder: Path) -> list[Path]:
    import tomllib

    try:
        named = tomllib.loads(config.read_text(encoding="utf-8")).get("data", "data")
    except (OSError, ValueError) as error:
        raise ClaimcliError(
            f"{config} cannot be read: {error}", "mend it", code=ExitCode.UNREADABLE
        ) from None
    listed = [named] if isinstance(named, str) else named
    if not isinstance(listed, list) or not all(isinstance(part, str) for part in listed):
        raise ClaimcliError(f"{config}: 'data' takes a folder or a list of folders", "mend it")
    return [_shown_from(config.parent / part, folder) for part in listed]


def _shown_from(path: Path, folder: Path) -> Path:
    return path.relative_to(folder) if path.is_relative_to(folder) else path


def _files(paths: Sequence[Path]) -> dict[str, Path]:
    """Return the YAML files under the paths, by the path that the user knows them by."""
    found: dict[str, Path] = {}
    seen: set[Path] = set()
    for path in paths:
        if not os.path.lexists(path):
            raise ClaimcliError(
                f"no file or folder '{path}'", "look at the path", code=ExitCode.UNREADABLE
            )
        for file in _walk(path) if path.is_dir() else [path]:
            real = file.resolve()
            if real not in seen:
                seen.add(real)
                found[file.as_posix()] = file
    return found


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder, and the folders in it that cannot be entered."""
    closed: list[Path] = []
    for top, folders, files in os.walk(folder, onerror=lambda e: closed.append(Path(e.filename))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.lower().endswith(_SUFFIXES) and not name.startswith("."):
                yield Path(top, name)
    yield from closed


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep the cyclic garbage collector from walking records that live on anyway."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
