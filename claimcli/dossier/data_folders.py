"""Where the data of a dossier is: named, in the settings, in ./data, or a sample."""

import os
from collections.abc import Mapping
from pathlib import Path

from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.core.text.suggestions import did_you_mean
from claimcli.dossier.config import CONFIG, DEFAULT_DATA, Configuration, find_config

_PACKAGE = Path(__file__).parent.parent


def sample(name: str) -> Path:
    """Return the folder of a sample dossier. Raises ClaimcliError if there is no such sample."""
    folders = samples()
    if name not in folders:
        hint = did_you_mean(name, folders, f"the samples are {', '.join(sorted(folders))}")
        raise ClaimcliError(f"no sample '{name}'", hint)
    return folders[name]


def samples() -> dict[str, Path]:
    """Return the folders of the sample dossiers, by name.

    In a checkout the sample "call" is ``data/`` next to the package; a build copies it.
    """
    inside = _PACKAGE / "samples"
    folders = {path.name: path for path in sorted(inside.iterdir())} if inside.is_dir() else {}
    checkout = _PACKAGE.parent / "data"
    if "call" not in folders and (checkout / "claims").is_dir():
        folders["call"] = checkout
    return folders


def find_data(
    environ: Mapping[str, str], folder: Path, settings: Configuration | None = None
) -> list[Path]:
    """Return where the data is if no option names it, seen from a folder.

    This is ``CLAIMCLI_DATA`` (paths separated as in PATH), else the ``data`` of the nearest
    ``claimcli.toml`` (``settings`` if it is read already), else ``./data``. Raises ClaimcliError if
    there is no data, or the file cannot be read.
    """
    if named := environ.get("CLAIMCLI_DATA"):
        return [Path(part) for part in named.split(os.pathsep) if part]
    if paths := (settings or find_config(folder, folder)).data:
        return list(paths)
    if Path(DEFAULT_DATA).is_dir():
        return [Path(DEFAULT_DATA)]
    raise ClaimcliError(
        f"no data: looked for --data, CLAIMCLI_DATA, {CONFIG} in this folder and above, and ./data",
        "name a folder with --data, try --sample call, or begin with 'claimcli init'",
        code=ExitCode.UNREADABLE,
    )


def dossier_name(path: Path) -> str:
    """Return the name of a dossier whose data is at a path: that of the file or folder.

    A folder called ``data`` has the name of the folder that contains it.
    """
    for name, sample_path in samples().items():
        if path == sample_path:
            return name
    real = Path(os.path.realpath(path))
    if real.name == DEFAULT_DATA:
        return real.parent.name
    return real.name if real.is_dir() else real.stem
