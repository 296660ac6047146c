"""Paths relative to the root of a repository, by which code hosts know files."""

import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path


def repository_paths() -> Callable[[str], str]:
    """Return a function that makes paths relative to the root of the repository.

    The root is ``GITHUB_WORKSPACE``, else the git repository around the working directory, else the
    one around the file, else the working directory: the first that contains the file. Its path
    then has slashes. A file outside keeps its absolute path.
    """
    here = Path.cwd()
    workspace = os.environ.get("GITHUB_WORKSPACE")
    roots = [Path(workspace)] if workspace else []
    roots += _top_levels(here)

    @cache
    def relative(path: str) -> str:
        try:
            places = list(_places(path))
        except ValueError:  # not the path of a file
            return path
        for root in (*roots, *_top_levels(places[0].parent), here):
            real = Path(os.path.realpath(root))
            for place in places:
                if place.is_relative_to(real):
                    return place.relative_to(real).as_posix()
        return os.path.abspath(path)  # noqa: PTH100 - without following links

    return relative


def _places(path: str) -> Iterator[Path]:
    """Yield the real place of a file, then the places of the link to it and to its folder."""
    folder, name = os.path.split(path)
    yield Path(os.path.realpath(path))
    yield Path(os.path.realpath(folder), name)
    yield Path(os.path.abspath(path))  # noqa: PTH100 - without following links


def _top_levels(folder: Path) -> list[Path]:
    """Return the work tree of git around a folder, if any; in a linked one ``.git`` is a file."""
    marks = ((place, place / ".git") for place in (folder, *folder.parents))
    tops = (place for place, git in marks if git.is_file() or (git / "HEAD").is_file())
    return list(tops)[:1]
