"""Load problems, and add the hints and fixes that depend on other records."""

import sqlite3
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from claimcli.core.problems import Problem, Severity, Span, replacement
from claimcli.core.text.suggestions import did_you_mean, typo_of
from claimcli.dossier.index.resolve import suggestion_candidates
from claimcli.dossier.index.rows import decode_fix, decode_places, decode_record

PathOf = Callable[[int], str]
"""Returns the path of a file, as users know it, from its key in the index."""

MAX_SUGGESTIONS = 50
"""Unknown references for which similar ids are suggested: each is a search among many ids."""


def load_problems(db: sqlite3.Connection, path_of: PathOf) -> tuple[Problem, ...]:
    """Return every problem that was found while reading the files, in order of location."""
    rows: list[tuple[Problem, str | None, str]] = []
    for file, rule, severity, message, hint, *place, kind, name, related, data in db.execute(
        'SELECT file, rule, severity, message, help, line, "column", end_line, end_column,'
        " kind, name, related, fix FROM problems"
    ):
        path = path_of(file)
        spans = tuple(Span(path, *at) for at in decode_places(related))
        fix = decode_fix(data, path)
        problem = Problem(rule, message, Span(path, *place), Severity(severity), hint, spans, fix)
        rows.append((problem, kind, name))
    rows.sort(key=lambda row: row[0].order)
    left = iter(range(MAX_SUGGESTIONS))
    problems = []
    for problem, kind, name in rows:
        if kind and problem.rule == "duplicate-id":
            problems.append(_duplicate(db, problem, kind, name, path_of))
        elif kind:
            may_search = next(left, None) is not None
            near = suggestion_candidates(db, f"{kind}s", "id", name) if may_search else ()
            problems.append(_unknown(problem, kind, name, near))
        else:
            problems.append(problem)
    return tuple(problems)


def _unknown(problem: Problem, kind: str, name: str, near: Sequence[str]) -> Problem:
    """Add similar ids."""
    return replace(
        problem,
        help=did_you_mean(name, near, f"add the {kind} or fix the id"),
        fix=replacement(problem.span, name, typo_of(name, near, alone=1)),
    )


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
