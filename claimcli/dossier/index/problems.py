"""Load problems, and add the hints and fixes that depend on other records."""

import sqlite3
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from claimcli.core.problems import Problem, Severity, Span, replacement
from claimcli.core.text.suggestions import did_you_mean, typo_of
from claimcli.dossier.index.resolve import suggestion_candidates
from claimcli.dossier.index.rows import LAYOUT, decode_fix, decode_places, decode_record

PathOf = Callable[[int], str]
"""Returns the path of a file, as users know it, from its key in the index."""

MAX_SUGGESTIONS = 50
"""Unknown references for which similar ids are suggested: each is a search among many ids."""


def load_problems(db: sqlite3.Connection, path_of: PathOf) -> tuple[Problem, ...]:
    """Return every problem that was found while reading the files, in order of location."""
    problems: list[tuple[Problem, str | None]] = []
    for file, rule, severity, message, hint, *place, name, related, data in db.execute(
        'SELECT file, rule, severity, message, help, line, "column", end_line, end_column, name,'
        " related, fix FROM problems"
    ):
        path = path_of(file)
        spans = tuple(Span(path, *at) for at in decode_places(related))
        span = Span(path, *place)
        fix = decode_fix(data, path)
        problems.append((Problem(rule, message, span, Severity(severity), hint, spans, fix), name))
    problems.sort(key=lambda pair: pair[0].order)
    left = iter(range(MAX_SUGGESTIONS))
    return tuple(
        _with_hint(db, problem, name, path_of, left) if name else problem
        for problem, name in problems
    )


def _with_hint(
    db: sqlite3.Connection, problem: Problem, name: str, path_of: PathOf, left: Iterator[int]
) -> Problem:
    if problem.rule == "duplicate-id":
        return _duplicate(db, problem, name, path_of)
    what = problem.rule.removeprefix("unknown-")
    near = suggestion_candidates(db, f"{what}s", "id", name) if next(left, None) is not None else ()
    return replace(
        problem,
        help=did_you_mean(name, near, f"add the {what} or fix the id"),
        fix=replacement(problem.span, name, typo_of(name, near, alone=1)),
    )


def _duplicate(db: sqlite3.Connection, problem: Problem, name: str, path_of: PathOf) -> Problem:
    """Add the location of the first record with that id."""
    kind = next(kind for kind in LAYOUT if problem.message == f"a second {kind} '{name}'")
    data = (
        "SELECT c.file, i.record FROM claims c JOIN _claims i USING (claim) WHERE c.id = ?"
        if kind == "claim"
        else f"SELECT file, record FROM _registry WHERE kind = '{kind}' AND id = ?"
    )
    file, record = db.execute(data, (name,)).fetchone()
    place = decode_record(kind, record, path_of(file)).location.of("id")
    hint = f"give it another id; the first is at {place}"
    return replace(problem, help=hint, related=(place,))
