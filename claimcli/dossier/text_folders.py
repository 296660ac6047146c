"""The folders that the texts of sources may be in, so that no other file of the user is read."""

import os
from collections.abc import Sequence
from pathlib import Path

from claimcli.dossier.config import find_config, nearest_config, place_of_data


def text_folders(named: Sequence[str]) -> tuple[str, ...]:
    """Return the folders that sources' texts may be in, for data at the places that the user names.

    This is the folder of the claimcli.toml at or above each place, else the place itself; without
    places the folder of the settings, or none if there are no settings. What settings name as data
    is not included, because a stranger may have written them; nor what a link stands for.
    """
    folders = []
    for path in named or [""]:
        place, _ = place_of_data(path)
        config = nearest_config(place)
        if config or named:
            folders.append(real_unless_link(config.parent if config else place, path))
    return tuple(folders)


def polarity_list(named: Sequence[str]) -> str:
    """Return the path of the list of negations that the nearest settings name, or ""."""
    return find_config(place_of_data((*named, "")[0])[0]).polarity


def real_unless_link(folder: Path, path: str) -> str:
    """Return the real path of a folder that the user named by a path; a link is not followed.

    A stranger's dossier may have a link for its data folder, to the folder above, for example. Only
    links above an absolute path are taken to be the user's own.
    """
    if os.path.isabs(path):  # noqa: PTH117 - a string
        return os.path.join(os.path.realpath(folder.parent), folder.name)  # noqa: PTH118 - so
    return os.path.normpath(os.path.join(os.path.realpath(""), folder))  # noqa: PTH118
