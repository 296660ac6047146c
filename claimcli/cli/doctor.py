"""The report of ``claimcli doctor`` on the program, the project and the environment."""

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, astuple

from claimcli import __version__
from claimcli.cli.completion import SHELLS
from claimcli.cli.session import Session
from claimcli.core.problems import ClaimcliError
from claimcli.core.table import Table
from claimcli.core.text.word_diff import plural
from claimcli.dossier.config import CONFIG, Configuration
from claimcli.dossier.files import DataFiles, find_files
from claimcli.dossier.index import stamp
from claimcli.dossier.index.cache import open_existing
from claimcli.dossier.json_schema import SCHEMA_FILE, schema
from claimcli.dossier.runtime import EXTRAS, cache_folder, install_hint, missing_modules
from claimcli.edit.init import MODELINE

YES, NO, BROKEN = "yes", "no", "broken"


class Item(Struct, frozen=True):
    """One thing: its name, its state (yes, no or broken), and its location or the reason."""

    what: str
    state: str
    why: str


class Examination(Struct, frozen=True):
    """The rows of the report."""

    rows: tuple[Item, ...]

    @property
    def records(self) -> tuple[dict[str, Any], ...]:
        """Each row's fields by name."""
        return tuple(map(asdict, self.rows))

    def table(self) -> Table:
        """Return the rows as a table."""
        return Table("examination", Item.__struct_fields__, tuple(map(astuple, self.rows)))


def examine(session: Session) -> Examination:
    """Return the report; what cannot be examined has a row with the reason."""
    return Examination((*_program(), *_project(session), *_environment(session)))


def _program() -> Iterator[Item]:
    yield Item("claimcli", YES, f"{__version__}, {Path(__file__).parent.parent}")
    version = ".".join(map(str, sys.version_info[:3]))
    yield Item("python", YES, f"{version}, {sys.executable}")


def _project(session: Session) -> Iterator[Item]:
    try:
        settings = session.configuration()
    except ClaimcliError as error:
        yield Item("settings", BROKEN, str(error))
        return
    if settings.path:
        yield Item("settings", YES, str(settings.path))
    else:
        yield Item("settings", NO, f"no {CONFIG} at or above the data; 'claimcli init' writes one")
    yield from _data(session, settings)


def _data(session: Session, settings: Configuration) -> Iterator[Item]:
    try:
        paths = session.paths()
        found = find_files(paths)
    except ClaimcliError as error:
        is_named = session.names_data() or os.environ.get("CLAIMCLI_DATA") or settings.path
        yield Item("data", BROKEN if is_named else NO, str(error))
        return
    listed = ", ".join(map(str, paths))
    yield Item("data", YES, f"{listed}, {_origin_of_data(session, settings)}")
    yield _index(session, settings, found)
    yield _dossier(session)
    if not session.options.get("sample"):
        folder = settings.path.parent if settings.path else None
        yield _schema(folder)
        yield _lines(found)


def _origin_of_data(session: Session, settings: Configuration) -> str:
    for option in ("data", "sample"):
        if session.options.get(option):
            return f"by --{option}"
    if os.environ.get("CLAIMCLI_DATA"):
        return "by CLAIMCLI_DATA"
    return f"by {settings.path}" if settings.path else "in this folder"


def _index(session: Session, settings: Configuration, found: DataFiles) -> Item:
    if session.options.get("no_cache") or not settings.keep:
        return Item("index", NO, "--no-cache" if settings.keep else f"'keep = false' in {CONFIG}")
    cache = cache_folder()
    try:
        db = open_existing(cache, found, __version__)
        if db is None:
            return Item("index", NO, f"none yet in {cache}; the next command writes one")
        with closing(db):
            fresh = stamp.is_fresh(db, found)
            (_, _, path) = db.execute("PRAGMA database_list").fetchone()
    except (sqlite3.Error, OSError) as error:
        return Item("index", NO, f"in {cache}: {error}; the next command builds it again")
    size = f"{Path(path).stat().st_size:,} bytes"
    state = "fresh" if fresh else "older than the files; the next command updates it"
    return Item("index", YES, f"{path}, {size}, {state}")


def _dossier(session: Session) -> Item:
    tables = ("claims", "files", "problems WHERE severity = 'error'")

    def count(db: sqlite3.Connection) -> list[int]:
        return [int(db.execute(f"SELECT count(*) FROM {t}").fetchone()[0]) for t in tables]  # noqa: S608 - named above

    try:
        claims, files, errors = session.index(count)
    except ClaimcliError as error:
        return Item("dossier", BROKEN, str(error))
    why = f"{plural(claims, 'claim')} in {plural(files, 'file')}, {plural(errors, 'error')}"
    return Item(
        "dossier", BROKEN if errors else YES, f"{why}; see 'claimcli check'" if errors else why
    )


def _schema(folder: Path | None) -> Item:
    path = (folder or Path()) / SCHEMA_FILE
    if not path.is_file():
        return Item("editor schema", NO, f"no {path}; 'claimcli init' writes it")
    try:
        is_current = path.read_text(encoding="utf-8") == schema()
    except (OSError, UnicodeDecodeError) as error:
        return Item("editor schema", BROKEN, f"{path} cannot be read: {error}")
    if is_current:
        return Item("editor schema", YES, str(path))
    return Item("editor schema", NO, f"{path} is of another version: claimcli schema -o {path}")


def _lines(found: DataFiles) -> Item:
    """Return how many files name the schema in their first line."""
    paths = [found.path(*stamp[:2]) for stamp in found.stamps]
    have = sum(_has_line(Path(path)) for path in paths)
    why = f"line 1 of {have} of {plural(len(paths), 'file')}"
    if have < len(paths):
        why += f"; the line is '{MODELINE}{SCHEMA_FILE}', with the path from the file"
    return Item("editor line", YES if have == len(paths) and paths else NO, why)


def _has_line(path: Path) -> bool:
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.readline(200).decode("utf-8-sig", "replace").startswith(MODELINE)
    except OSError:
        return False


def _environment(session: Session) -> Iterator[Item]:
    yield _completion()
    yield _color(session)
    for extra, (_, purpose) in EXTRAS.items():
        lacking = missing_modules(extra)
        why = f"{purpose}; {install_hint(extra)}" if lacking else purpose
        yield Item(f"extra {extra}", NO if lacking else YES, why)
    git = shutil.which("git")
    yield Item("git", YES if git else NO, git or "not on the PATH; needed to read revisions")
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    yield Item("editor", YES if named else NO, named or "neither VISUAL nor EDITOR is set")


_SCRIPTS = {
    "bash": (".local/share/bash-completion/completions/claimcli", ".bashrc", ".bash_profile"),
    "fish": (".config/fish/completions/claimcli.fish", ".config/fish/config.fish"),
    "zsh": (".zfunc/_claimcli", ".zshrc"),
}
"""Files below the home folder that have the completion script or load it."""


def _completion() -> Item:
    shell = Path(os.environ.get("SHELL", "")).name
    if shell not in SHELLS:
        return Item("completion", NO, f"the shell is '{shell}'; supported are {', '.join(SHELLS)}")
    for name in _SCRIPTS[shell]:
        path = Path.home() / name
        if _mentions(path, b"claimcli"):
            return Item("completion", YES, f"{shell}, {path}")
    return Item("completion", NO, f"{shell}; 'claimcli help completion' says how")


def _mentions(path: Path, word: bytes) -> bool:
    try:
        return path.is_file() and word in path.read_bytes()
    except OSError:
        return False


def _color(session: Session) -> Item:
    reasons: list[tuple[Callable[[], object], str, str]] = [
        (lambda: session.color == "always", YES, "--color always"),
        (lambda: session.color == "never", NO, "--color never"),
        (lambda: os.environ.get("FORCE_COLOR"), YES, "FORCE_COLOR is set"),
        (lambda: not sys.stdout.isatty(), NO, "the output is not a terminal"),
        (lambda: os.environ.get("NO_COLOR"), NO, "NO_COLOR is set"),
        (lambda: os.environ.get("TERM") == "dumb", NO, "TERM is dumb"),
    ]
    for applies, state, why in reasons:
        if applies():
            return Item("colour", state, why)
    return Item("colour", YES, "the output is a terminal")
