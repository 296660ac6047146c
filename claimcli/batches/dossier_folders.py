"""The dossiers of a corpus of YAML files: the subfolders of a folder, or the folder itself."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.dossier.config import CONFIG, DEFAULT_DATA, Configuration, find_config
from claimcli.dossier.files import SUFFIXES, has_files, path_as_text
from claimcli.dossier.open import LoadOptions
from claimcli.dossier.text_folders import text_folders


class DossierFolder(Struct, frozen=True):
    """A folder with a dossier, and the name of the dossier in the tables of the corpus."""

    name: str
    path: str

    def configuration(self) -> Configuration:
        """Return the settings of the dossier. Raises ClaimcliError if they cannot be read."""
        return find_config(Path(self.path))

    def data(self, settings: Configuration) -> tuple[Path, ...]:
        """Return where its data is: what a ``claimcli.toml`` in it says, else the folder.

        The default, a folder ``data`` in it, need not exist.
        """
        folder = Path(self.path)
        own = settings.path is not None and settings.path.parent == folder
        default = folder / DEFAULT_DATA
        if own and (settings.data != (default,) or default.exists()):
            return settings.data
        return (folder,)

    def options(self, settings: Configuration) -> LoadOptions:
        """Return the options to read it in this process, without an index on disk."""
        folders = text_folders([self.path])
        return LoadOptions(text_folders=folders, polarity=settings.polarity, processes=1)


def dossier_folders(folder: Path) -> list[DossierFolder]:
    """Return the folder itself if it has YAML files or settings, else its subfolders with
    either.

    Hidden folders are skipped; links are followed, but not to a folder that contains them, and
    each folder counts once. Raises ClaimcliError if there is no dossier.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = f"'{folder}' cannot be read: {reason}"
        hint = "name a folder with dossiers"
        raise ClaimcliError(message, hint, code=ExitCode.UNREADABLE) from None
    if any(_is_data(entry) for entry in entries):
        name = Path(os.path.realpath(folder)).name
        return [DossierFolder(path_as_text(name), os.fspath(folder))]
    folders = list(_subfolders(folder, entries))
    for name, count in Counter(one.name for one in folders).items():
        if count > 1:  # one has bytes that are not UTF-8, and the other has them spelled out
            message = f"'{folder}' has two dossiers with the name '{name}'"
            raise ClaimcliError(message, "rename one of the two", code=ExitCode.UNREADABLE)
    if not folders:
        message = f"'{folder}' has no YAML files, and no folder in it has"
        raise ClaimcliError(message, "name a folder with dossiers", code=ExitCode.UNREADABLE)
    return folders


def _is_data(entry: os.DirEntry[str]) -> bool:
    name = entry.name.lower()
    return not entry.is_dir() and (name == CONFIG or (name[0] != "." and name.endswith(SUFFIXES)))


def _subfolders(folder: Path, entries: list[os.DirEntry[str]]) -> Iterator[DossierFolder]:
    here = os.path.realpath(folder)
    seen: set[str] = set()
    for entry in sorted(entries, key=os.DirEntry.is_symlink):  # links are the second names
        if entry.name.startswith(".") or not entry.is_dir():
            continue
        real = os.path.realpath(entry.path)
        around = os.path.commonpath((here, real)) == real
        if not around and real not in seen and (has_files(entry.path) or _has_settings(entry.path)):
            seen.add(real)
            yield DossierFolder(path_as_text(entry.name), entry.path)


def _has_settings(folder: str) -> bool:
    """Return whether a folder has settings, which can name data elsewhere, or be unreadable."""
    return (Path(folder) / CONFIG).exists()
