"""Columns and rows that depend on several records: times, issues, successors, mentions, problems.

Each step works on all claims (``every``), or on those in the temporary table ``touched``: claims
that were added or removed, and the claims that refer to them or that they refer to.
"""

import sqlite3
from collections.abc import Iterable, Iterator

from claimcli.core.problems import Problem, Span
from claimcli.dossier.index.insert import keys_of
from claimcli.dossier.index.internal import derive_internal
from claimcli.dossier.index.problem_rows import problem_row
from claimcli.dossier.index.rows import decode_record
from claimcli.dossier.index.statuses import derive_statuses
from claimcli.dossier.index.tables import run_script
from claimcli.dossier.index.times import derive_times

_TOUCHED = """
CREATE TEMP TABLE touched (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE touched_parties (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE touched_issues (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE touched_sources (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE changed (file INTEGER PRIMARY KEY, first INTEGER, last INTEGER);
"""
_NEIGHBOURS = {
    "touched": (
        "SELECT id FROM claims WHERE claim BETWEEN :first AND :last",
        "SELECT target FROM responses WHERE claim BETWEEN :first AND :last",
        "SELECT restates FROM claims WHERE claim BETWEEN :first AND :last",
        "SELECT supersedes FROM claims WHERE claim BETWEEN :first AND :last",
        "SELECT c.id FROM claims o CROSS JOIN responses r ON r.target = o.id CROSS JOIN claims c"
        " ON c.claim = r.claim WHERE o.claim BETWEEN :first AND :last",
        "SELECT c.id FROM claims o CROSS JOIN claims c ON c.restates = o.id"
        " WHERE o.claim BETWEEN :first AND :last",
        "SELECT c.id FROM claims o CROSS JOIN claims c ON c.supersedes = o.id"
        " WHERE o.claim BETWEEN :first AND :last",
    ),
    "touched_parties": (
        "SELECT id FROM parties WHERE file = :file",
        "SELECT part_of FROM parties WHERE file = :file",
        "SELECT reports_party FROM claims WHERE claim BETWEEN :first AND :last",
        "SELECT party FROM requests WHERE claim BETWEEN :first AND :last",
        "SELECT value FROM claims, json_each('[\"' || replace(parties, ' ', '\",\"') || '\"]')"
        " WHERE claim BETWEEN :first AND :last",
    ),
    "touched_issues": (
        "SELECT id FROM issues WHERE file = :file",
        "SELECT issue FROM claims WHERE claim BETWEEN :first AND :last",
    ),
    "touched_sources": ("SELECT id FROM sources WHERE file = :file",),
}


def create_touched_tables(db: sqlite3.Connection) -> None:
    """Create the temporary tables of what was touched."""
    run_script(db, _TOUCHED)


def drop_touched_tables(db: sqlite3.Connection) -> None:
    """Drop the temporary tables of what was touched."""
    for table in (*_NEIGHBOURS, "changed"):
        db.execute(f"DROP TABLE {table}")


def touch(db: sqlite3.Connection, file: int) -> None:
    """Record what a file's records affect; call it before removing and after adding them."""
    first, last = keys_of(file)
    for table, queries in _NEIGHBOURS.items():
        for query in queries:
            db.execute(
                f"INSERT OR IGNORE INTO {table} {query}",
                {"first": first, "last": last, "file": file},
            )


def derive(db: sqlite3.Connection, *, every: bool) -> None:
    """Update everything that depends on several records."""
    derive_times(db, every=every)
    _inherit_issues(db, every=every)
    _set_successors(db, every=every)
    _add_mentioned(db, every=every)
    _report_unknown(db, every=every)
    derive_statuses(db, every=every)
    derive_internal(db)


def _inherit_issues(db: sqlite3.Connection, *, every: bool) -> None:
    """Set the issue of each claim without one to that of the claim it answers or restates.

    That claim may itself inherit its issue.
    """
    if not every:
        db.execute(
            "INSERT OR IGNORE INTO touched WITH RECURSIVE below (id) AS (SELECT id FROM touched"
            " UNION SELECT c.id FROM below CROSS JOIN _claims i ON i.inherits = below.id"
            " CROSS JOIN claims c USING (claim)) SELECT id FROM below"
        )
    start = "claims c" if every else "touched CROSS JOIN claims c USING (id)"
    waiting = {
        name: (key, above, issue)
        for key, name, above, issue in db.execute(
            f"SELECT i.claim, c.id, i.inherits, c.issue FROM {start} CROSS JOIN _claims i"
            " USING (claim) WHERE i.inherits IS NOT NULL"
        )
    }
    issue_of: dict[str, str | None] = {}
    for name in waiting:
        _follow(db, name, waiting, issue_of)
    changed = [(issue_of[n], key) for n, (key, _, old) in waiting.items() if issue_of[n] != old]
    if not every:
        issues = {issue for n, (_, _, old) in waiting.items() for issue in (issue_of[n], old)}
        db.executemany(
            "INSERT OR IGNORE INTO touched_issues VALUES (?)", [(issue,) for issue in issues]
        )
    db.executemany("UPDATE claims SET issue = ? WHERE claim = ?", changed)


def _follow(
    db: sqlite3.Connection,
    name: str,
    waiting: dict[str, tuple[int, str, str | None]],
    issue_of: dict[str, str | None],
) -> None:
    """Follow a claim to one with an issue, and set the issue of all claims on the way."""
    path: dict[str, None] = {}
    while name in waiting and name not in issue_of and name not in path:
        path[name] = None
        name = waiting[name][1]
    if name in path or name in issue_of:
        issue = issue_of.get(name)
    else:
        row = db.execute("SELECT issue FROM claims WHERE id = ?", (name,)).fetchone()
        issue = row[0] if row else None
    issue_of.update(dict.fromkeys(path, issue))


def _set_successors(db: sqlite3.Connection, *, every: bool) -> None:
    """Store for each claim the first claim by one of its parties that supersedes it."""
    start = "claims later CROSS JOIN claims c ON c.id = later.supersedes"
    if not every:
        start = (
            "touched CROSS JOIN claims c USING (id)"
            " CROSS JOIN claims later ON later.supersedes = c.id"
        )
        known = dict(db.execute(_SUPERSEDED))
        db.execute("UPDATE claims SET superseded_by = NULL WHERE id IN (SELECT id FROM touched)")
    pairs = db.execute(
        f"SELECT c.claim, later.id, c.parties, later.parties FROM {start}"
        " WHERE later.supersedes IS NOT NULL ORDER BY later.sort, later.id"
    ).fetchall()
    successors: dict[int, str] = {}
    for key, later, parties, later_parties in pairs:
        if not set(parties.split()).isdisjoint(later_parties.split()):
            successors.setdefault(key, later)
    db.executemany(
        "UPDATE claims SET superseded_by = ? WHERE claim = ?",
        [(later, key) for key, later in successors.items()],
    )
    if not every:
        now = dict(db.execute(_SUPERSEDED))
        changed = (name for name in {*known, *now} if (name in known) != (name in now))
        _touch_neighbours(db, changed)


_SUPERSEDED = (
    "SELECT id, superseded_by FROM touched CROSS JOIN claims USING (id)"
    " WHERE superseded_by IS NOT NULL"
)


def _touch_neighbours(db: sqlite3.Connection, claims: Iterable[str]) -> None:
    """Record that claims changed what they do to those that they answer or that answer them."""
    for name in claims:
        db.execute(
            "INSERT OR IGNORE INTO touched SELECT r.target FROM claims c CROSS JOIN responses r"
            " USING (claim) WHERE c.id = ? UNION SELECT c.id FROM responses r"
            " CROSS JOIN claims c USING (claim) WHERE r.target = ?",
            (name, name),
        )


_MENTIONS = {
    "parties": "claim_parties.party claims.reports_party requests.party parties.part_of",
    "issues": "claims.issue",
}


def _add_mentioned(db: sqlite3.Connection, *, every: bool) -> None:
    """Add a row for each party and issue that is mentioned but has no record."""
    for table, places in _MENTIONS.items():
        columns = [place.split(".") for place in places.split()]
        if every:
            mentioned = " UNION ".join(
                f"SELECT {column} FROM {other} WHERE {column} IS NOT NULL"
                for other, column in columns
            )
        else:
            touched = f"touched_{table}"
            db.execute(f"DELETE FROM {table} WHERE NOT registered AND id IN {touched}")
            somewhere = " OR ".join(
                f"EXISTS (SELECT 1 FROM {other} o WHERE o.{column} = t.id)"
                for other, column in columns
            )
            mentioned = f"SELECT id FROM {touched} t WHERE {somewhere}"
        db.execute(f"INSERT OR IGNORE INTO {table} (id, registered) SELECT *, 0 FROM ({mentioned})")


_REFERENCES = {
    "unknown-claim": (
        ("responses", "target", "claims", "responds_to"),
        ("claims", "restates", "claims", "restates"),
        ("claims", "supersedes", "claims", "supersedes"),
    ),
    "unknown-source": (("citations", "source", "sources", "citations"),),
}
"""By rule: the table and column of a reference, the table it refers to, the field of the record."""


def _report_unknown(db: sqlite3.Connection, *, every: bool) -> None:
    """Add a problem for each reference to an unknown claim or source."""
    if not every:
        for rule, touched in (("claim", "touched"), ("source", "touched_sources")):
            db.execute(
                f"DELETE FROM problems WHERE rule = 'unknown-{rule}'"
                f" AND (name IN {touched} OR file IN (SELECT file FROM changed))"
            )
    problems: list[tuple[object, ...]] = []
    for rule, places in _REFERENCES.items():
        for table, column, target, field in places:
            for key, name in db.execute(_dangling(table, column, target, every=every)).fetchall():
                problems += _claim_problems(db, rule, key, name, field)
    problems += _origin_problems(db, every=every)
    db.executemany(
        f"INSERT INTO problems VALUES ({', '.join('?' * 16)})",
        dict.fromkeys(problems),
    )


def _dangling(table: str, column: str, target: str, *, every: bool) -> str:
    """Return a query for the keys of claims with unknown references, and the unknown ids."""
    query = (
        f"SELECT DISTINCT r.claim, r.{column} FROM {table} r LEFT JOIN {target} t"
        f" ON t.id = r.{column} WHERE t.id IS NULL AND r.{column} IS NOT NULL"
    )
    if every:
        return query
    touched = "touched" if target == "claims" else "touched_sources"
    return (
        f"{query} AND r.{column} IN {touched} UNION SELECT DISTINCT r.claim, r.{column}"
        f" FROM changed CROSS JOIN {table} r ON r.claim BETWEEN changed.first AND changed.last"
        f" LEFT JOIN {target} t ON t.id = r.{column} WHERE t.id IS NULL AND r.{column} IS NOT NULL"
    )


def _claim_problems(
    db: sqlite3.Connection, rule: str, key: int, name: str, field: str
) -> Iterator[tuple[object, ...]]:
    query = "SELECT c.file, i.record FROM _claims i JOIN claims c USING (claim) WHERE claim = ?"
    file, data = db.execute(query, (key,)).fetchone()
    claim = decode_record("claim", data, "")
    if field == "responds_to":
        spans = [a.location.of("claim") for a in claim.responds_to if a.claim == name]
    elif field == "citations":
        spans = [c.location.of("id") for c in claim.citations if c.source == name]
    else:
        spans = [claim.location.of(field)]
    yield from (_problem(file, rule, name, span) for span in spans)


def _origin_problems(db: sqlite3.Connection, *, every: bool) -> Iterator[tuple[object, ...]]:
    starts = ["origins o CROSS JOIN sources s ON s.id = o.source"]
    if not every:
        starts = [
            "touched_sources x CROSS JOIN origins o ON o.origin = x.id"
            " CROSS JOIN sources s ON s.id = o.source",
            "changed CROSS JOIN sources s ON s.file = changed.file"
            " CROSS JOIN origins o ON o.source = s.id",
        ]
    query = " UNION ".join(
        f"SELECT s.file, r.record, o.origin FROM {start}"
        " CROSS JOIN _registry r ON r.kind = 'source' AND r.id = s.id"
        " LEFT JOIN sources t ON t.id = o.origin WHERE t.id IS NULL"
        for start in starts
    )
    for file, data, origin in db.execute(query).fetchall():
        place = decode_record("source", data, "").location.of("derived_from")
        yield _problem(file, "unknown-source", origin, place)


def _problem(file: int, rule: str, name: str, span: Span) -> tuple[object, ...]:
    what = rule.removeprefix("unknown-")
    return tuple(problem_row(file, Problem(rule, f"no {what} '{name}'", span), what, name))
