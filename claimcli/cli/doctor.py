"""What a command would find around it: the parts of ``claimcli doctor``, each a row or some."""

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from msgspec import Struct

from claimcli import __version__
from claimcli.cli.completion import SHELLS
from claimcli.cli.session import Session
from claimcli.core.problems import ClaimcliError
from claimcli.core.table import Table
from claimcli.core.text.word_diff import counted
from claimcli.dossier.config import CONFIG, Configuration
from claimcli.dossier.extras import EXTRAS, install_hint, missing
from claimcli.dossier.files import DataFiles, find_files
from claimcli.dossier.folders import cache_folder
from claimcli.dossier.index import stamp
from claimcli.dossier.index.cache import MIN_BYTES, open_existing
from claimcli.dossier.json_schema import SCHEMA_FILE, schema
from claimcli.edit.init import MODELINE

YES, NO, BROKEN = "yes", "no", "broken"


class Row(Struct, frozen=True):
    """One thing: whether it is there and well, and what, where or why."""

    what: str
    state: str
    why: str


class Examination(Struct, frozen=True):
    """Everything that was looked at."""

    rows: tuple[Row, ...]

    @property
    def records(self) -> tuple[dict[str, Any], ...]:
        """Each row's fields by name."""
        return tuple({"what": r.what, "state": r.state, "why": r.why} for r in self.rows)

    def table(self) -> Table:
        """Return it as a table."""
        rows = tuple((row.what, row.state, row.why) for row in self.rows)
        return Table("examination", ("what", "state", "why"), rows)


def examine(session: Session) -> Examination:
    """Look at everything; what cannot be looked at is a row that says why."""
    return Examination((*_program(), *_project(session), *_around(session)))


def _program() -> Iterator[Row]:
    yield Row("claimcli", YES, f"{__version__}, {Path(__file__).parent.parent}")
    version = ".".join(map(str, sys.version_info[:3]))
    yield Row("python", YES, f"{version}, {sys.executable}")


def _project(session: Session) -> Iterator[Row]:
    try:
        settings = session.configuration()
    except ClaimcliError as error:
        yield Row("settings", BROKEN, str(error))
        return
    if settings.path:
        yield Row("settings", YES, str(settings.path))
    else:
        yield Row("settings", NO, f"no {CONFIG} at or above the data; 'claimcli init' writes one")
    yield from _data(session, settings)


def _data(session: Session, settings: Configuration) -> Iterator[Row]:
    try:
        paths = session.paths()
        found = find_files(paths)
    except ClaimcliError as error:
        is_named = session.names_data() or os.environ.get("CLAIMCLI_DATA") or settings.path
        yield Row("data", BROKEN if is_named else NO, str(error))
        return
    listed = ", ".join(map(str, paths))
    yield Row("data", YES, f"{listed}, {_origin_of_data(session, settings)}")
    yield _index(session, settings, found)
    yield _dossier(session)
    if not session.given.get("sample"):
        folder = settings.path.parent if settings.path else None
        yield _schema(folder)
        yield _lines(found)


def _origin_of_data(session: Session, settings: Configuration) -> str:
    for option in ("data", "sample"):
        if session.given.get(option):
            return f"by --{option}"
    if os.environ.get("CLAIMCLI_DATA"):
        return "by CLAIMCLI_DATA"
    return f"by {settings.path}" if settings.path else "which stands here"


def _index(session: Session, settings: Configuration, found: DataFiles) -> Row:
    if session.given.get("no_cache") or not settings.keep:
        return Row("index", NO, "--no-cache" if settings.keep else f"'keep = false' in {CONFIG}")
    if found.size < MIN_BYTES:
        return Row(
            "index", NO, f"the files are read each time; from {MIN_BYTES // 1024} KiB on it is kept"
        )
    cache = cache_folder()
    try:
        db = open_existing(cache, found, __version__)
        if db is None:
            return Row("index", NO, f"none yet in {cache}; the next command keeps one")
        with closing(db):
            fresh = stamp.is_fresh(db, found)
            (_, _, path) = db.execute("PRAGMA database_list").fetchone()
    except sqlite3.Error as error:
        return Row("index", NO, f"in {cache}: {error}; the next command makes it anew")
    size = f"{Path(path).stat().st_size:,} bytes"
    state = "fresh" if fresh else "older than the files; the next command brings it up to date"
    return Row("index", YES, f"{path}, {size}, {state}")


def _dossier(session: Session) -> Row:
    tables = ("claims", "files", "problems WHERE severity = 'error'")

    def count(db: sqlite3.Connection) -> list[int]:
        return [int(db.execute(f"SELECT count(*) FROM {t}").fetchone()[0]) for t in tables]  # noqa: S608 - named above

    try:
        claims, files, errors = session.index(count)
    except ClaimcliError as error:
        return Row("dossier", BROKEN, str(error))
    why = f"{counted(claims, 'claim')} in {counted(files, 'file')}, {counted(errors, 'error')}"
    return Row(
        "dossier", BROKEN if errors else YES, f"{why}; see 'claimcli check'" if errors else why
    )


def _schema(folder: Path | None) -> Row:
    path = (folder or Path()) / SCHEMA_FILE
    if not path.is_file():
        return Row("editor schema", NO, f"no {path}; 'claimcli init' writes it")
    try:
        is_current = path.read_text(encoding="utf-8") == schema()
    except (OSError, UnicodeDecodeError) as error:
        return Row("editor schema", BROKEN, f"{path} cannot be read: {error}")
    if is_current:
        return Row("editor schema", YES, str(path))
    return Row("editor schema", NO, f"{path} is of another version: claimcli schema -o {path}")


def _lines(found: DataFiles) -> Row:
    """Look into the first line of each file."""
    paths = [found.path(*stamp[:2]) for stamp in found.stamps]
    have = sum(_has_line(Path(path)) for path in paths)
    why = f"line 1 of {have} of {counted(len(paths), 'file')}"
    if have < len(paths):
        why += f"; it is '{MODELINE}{SCHEMA_FILE}', with the path from the file"
    return Row("editor line", YES if have == len(paths) and paths else NO, why)


def _has_line(path: Path) -> bool:
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.readline(200).decode("utf-8-sig", "replace").startswith(MODELINE)
    except OSError:
        return False


def _around(session: Session) -> Iterator[Row]:
    yield _completion()
    yield _color(session)
    for extra, (_, purpose) in EXTRAS.items():
        lacking = missing(extra)
        why = f"{purpose}; {install_hint(extra)}" if lacking else purpose
        yield Row(f"extra {extra}", NO if lacking else YES, why)
    git = shutil.which("git")
    yield Row("git", YES if git else NO, git or "not on the PATH; revisions are read with it")
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    yield Row("editor", YES if named else NO, named or "neither VISUAL nor EDITOR is set")


_SCRIPTS = {
    "bash": (".local/share/bash-completion/completions/claimcli", ".bashrc", ".bash_profile"),
    "fish": (".config/fish/completions/claimcli.fish", ".config/fish/config.fish"),
    "zsh": (".zfunc/_claimcli", ".zshrc"),
}
"""Where a shell finds the script, or is told to ask for it."""


def _completion() -> Row:
    shell = Path(os.environ.get("SHELL", "")).name
    if shell not in SHELLS:
        return Row(
            "completion", NO, f"the shell is '{shell}'; there is one for {', '.join(SHELLS)}"
        )
    for name in _SCRIPTS[shell]:
        path = Path.home() / name
        if _mentions(path, b"claimcli"):
            return Row("completion", YES, f"{shell}, {path}")
    return Row("completion", NO, f"{shell}; 'claimcli help completion' says how")


def _mentions(path: Path, word: bytes) -> bool:
    try:
        return path.is_file() and word in path.read_bytes()
    except OSError:
        return False


def _color(session: Session) -> Row:
    reasons: list[tuple[Callable[[], object], str, str]] = [
        (lambda: session.color == "always", YES, "--color always"),
        (lambda: session.color == "never", NO, "--color never"),
        (lambda: os.environ.get("FORCE_COLOR"), YES, "FORCE_COLOR is set"),
        (lambda: not sys.stdout.isatty(), NO, "the output is no terminal"),
        (lambda: os.environ.get("NO_COLOR"), NO, "NO_COLOR is set"),
        (lambda: os.environ.get("TERM") == "dumb", NO, "TERM is dumb"),
    ]
    for holds, state, why in reasons:
        if holds():
            return Row("colour", state, why)
    return Row("colour", YES, "the output is a terminal")
