"""Load problems, and add the hints and fixes that depend on other records."""

import re
import sqlite3
from collections.abc import Callable

from msgspec.structs import replace

from claimcli.core.problems import (
    ClaimcliError,
    ExitCode,
    Problem,
    Severity,
    Span,
    UnreadPart,
    list_unread,
    replacement,
)
from claimcli.core.text.suggestions import did_you_mean, misspelled_id
from claimcli.dossier.index.problem_rows import decode_fix, decode_places
from claimcli.dossier.index.resolve import similar_ids, suggestion_candidates
from claimcli.dossier.index.rows import decode_record

PathOf = Callable[[int], str]
"""Returns the path of a file, as users know it, from its key in the index."""

MAX_SUGGESTIONS = 50
"""Unknown references for which similar ids are suggested: each is a search among many ids."""


def load_problems(db: sqlite3.Connection, path_of: PathOf) -> tuple[Problem, ...]:
    """Return every problem that was found while reading the files, in order of location."""
    rows: list[tuple[Problem, str | None, str]] = []
    for (
        file,
        rule,
        severity,
        message,
        hint,
        *place,
        kind,
        name,
        first,
        last,
        related,
        data,
    ) in db.execute(
        'SELECT file, rule, severity, message, help, line, "column", end_line, end_column,'
        " kind, name, unread_from, unread_to, related, fix FROM problems"
    ):
        path = path_of(file)
        spans = tuple(Span(path, *at) for at in decode_places(related))
        fix = decode_fix(data, path)
        lines = None if first is None else (first, last)
        span = Span(path, *place)
        problem = Problem(rule, message, span, Severity(severity), hint, spans, fix, lines)
        rows.append((problem, kind, name))
    rows.sort(key=lambda row: row[0].order)
    left = iter(range(MAX_SUGGESTIONS))
    problems = []
    for problem, kind, name in rows:
        if kind and problem.rule == "duplicate-id":
            problems.append(_duplicate(db, problem, kind, name, path_of))
        elif kind:
            unknown = replace(problem, help=f"add the {kind} or fix the id")
            may_search = next(left, None) is not None
            problems.append(_with_similar_ids(db, unknown, kind, name) if may_search else unknown)
        else:
            problems.append(problem)
    return tuple(problems)


def cut_texts(db: sqlite3.Connection, path_of: PathOf) -> frozenset[tuple[str, int, int]]:
    """Return path, line and column of each text that a comment may have ended."""
    rows = db.execute("SELECT file, line, \"column\" FROM problems WHERE rule = 'comment-in-text'")
    return frozenset((path_of(file), line, column) for file, line, column in rows)


def unread_parts(db: sqlite3.Connection, path_of: PathOf) -> tuple[UnreadPart, ...]:
    """Return the parts of files that are not read, in order."""
    rows = db.execute(
        "SELECT file, unread_from, unread_to FROM problems JOIN files USING (file)"
        " WHERE severity = 'error' AND unread_from IS NOT NULL ORDER BY root, path, unread_from"
    )
    return tuple(UnreadPart(path_of(file), (first, last)) for file, first, last in rows)


def describe_unread(db: sqlite3.Connection, path_of: PathOf | None = None) -> str:
    """Return what is not read, and where to look for the reasons; "" if all is read.

    Without ``path_of`` the functions of SQL must be registered.
    """
    (unread,) = db.execute("SELECT coalesce(sum(unread), 0) FROM files WHERE unread > 0").fetchone()
    if not unread:
        return ""

    def display_path(file: int) -> str:
        query = "SELECT display_path(root, path) FROM files WHERE file = ?"
        return str(db.execute(query, (file,)).fetchone()[0])

    parts = unread_parts(db, path_of or display_path)
    return f"{list_unread(parts, unread - len(parts))}, see 'claimcli check'"


def has_records(db: sqlite3.Connection) -> bool:
    """Return whether any record was read."""
    query = "SELECT EXISTS (SELECT 1 FROM claims) OR EXISTS (SELECT 1 FROM _registry)"
    return bool(db.execute(query).fetchone()[0])


def with_unread_note(
    error: ClaimcliError, db: sqlite3.Connection, path_of: PathOf
) -> ClaimcliError:
    """Return the error that a name is unknown, which adds what is not read, if anything."""
    note = describe_unread(db, path_of)
    if not note:
        return error
    near = re.match("did you mean[^?]*\\?", error.hint)
    hint = f"{near[0]} {note}" if near else note
    code = error.code if has_records(db) else ExitCode.UNREADABLE
    return ClaimcliError(error.message, hint, code=code, excerpt=error.excerpt)


def _with_similar_ids(db: sqlite3.Connection, problem: Problem, kind: str, name: str) -> Problem:
    table = f"{kind}s"
    near = suggestion_candidates(db, table, "id", name)
    hint = did_you_mean(name, near, problem.help or "")
    fix = replacement(problem.span, name, misspelled_id(name, similar_ids(db, table, name)))
    return replace(problem, help=hint, fix=fix)


def _duplicate(
    db: sqlite3.Connection, problem: Problem, kind: str, name: str, path_of: PathOf
) -> Problem:
    """Add the location of the first record with that id."""
    data = (
        "SELECT c.file, i.record FROM claims c JOIN _claims i USING (claim) WHERE c.id = ?"
        if kind == "claim"
        else f"SELECT file, record FROM _registry WHERE kind = '{kind}' AND id = ?"
    )
    file, record = db.execute(data, (name,)).fetchone()
    place = decode_record(kind, record, path_of(file)).location.of("id")
    hint = f"give it another id; the first is at {place}"
    return replace(problem, help=hint, related=(place,))
