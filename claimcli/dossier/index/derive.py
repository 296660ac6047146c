"""What follows from all records together: issues handed down, successors, mentions, gaps.

Each step works on the claims in the temporary table ``touched``, whose ids are those of every
claim that was added or taken out and of its neighbours; or, with ``every``, on all.
"""

import sqlite3
from collections.abc import Iterator

from claimcli.core.problems import Problem, Span
from claimcli.dossier.index.insert import keys_of, run_script
from claimcli.dossier.index.rows import decode_record, problem_row
from claimcli.dossier.index.statuses import derive_statuses

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
        "SELECT value FROM claims, json_each('[\"' || replace(parties, ' ', '\",\"') || '\"]')"
        " WHERE claim BETWEEN :first AND :last",
    ),
    "touched_issues": (
        "SELECT id FROM issues WHERE file = :file",
        "SELECT issue FROM claims WHERE claim BETWEEN :first AND :last",
    ),
    "touched_sources": ("SELECT id FROM sources WHERE file = :file",),
}


def begin_touching(db: sqlite3.Connection) -> None:
    """Make the tables that say what was touched."""
    run_script(db, _TOUCHED)


def end_touching(db: sqlite3.Connection) -> None:
    """Take them away again."""
    for table in (*_NEIGHBOURS, "changed"):
        db.execute(f"DROP TABLE {table}")


def touch(db: sqlite3.Connection, file: int) -> None:
    """Note what a file's records bear on: before they are taken out and after they are added."""
    first, last = keys_of(file)
    for table, queries in _NEIGHBOURS.items():
        for query in queries:
            db.execute(
                f"INSERT OR IGNORE INTO {table} {query}",
                {"first": first, "last": last, "file": file},
            )


def derive(db: sqlite3.Connection, *, every: bool) -> None:
    """Bring everything that follows from the records up to date."""
    _hand_down_issues(db, every=every)
    _find_successors(db, every=every)
    _register_mentions(db, every=every)
    _find_gaps(db, every=every)
    derive_statuses(db, every=every)


def _hand_down_issues(db: sqlite3.Connection, *, every: bool) -> None:
    """Give each claim without an issue that of the claim it answers or restates in the end."""
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
    found: dict[str, str | None] = {}
    for name in waiting:
        _follow(db, name, waiting, found)
    changed = [(found[name], key) for name, (key, _, was) in waiting.items() if found[name] != was]
    if not every:
        issues = {issue for name, (_, _, was) in waiting.items() for issue in (found[name], was)}
        db.executemany(
            "INSERT OR IGNORE INTO touched_issues VALUES (?)", [(issue,) for issue in issues]
        )
    db.executemany("UPDATE claims SET issue = ? WHERE claim = ?", changed)


def _follow(
    db: sqlite3.Connection,
    name: str,
    waiting: dict[str, tuple[int, str, str | None]],
    found: dict[str, str | None],
) -> None:
    """Follow a claim to one with an issue; each claim on the way is followed once for all."""
    path: dict[str, None] = {}
    while name in waiting and name not in found and name not in path:
        path[name] = None
        name = waiting[name][1]
    if name in path or name in found:
        issue = found.get(name)
    else:
        row = db.execute("SELECT issue FROM claims WHERE id = ?", (name,)).fetchone()
        issue = row[0] if row else None
    found.update(dict.fromkeys(path, issue))


def _find_successors(db: sqlite3.Connection, *, every: bool) -> None:
    """Note for each claim the first claim of one of its parties that takes its place."""
    start = "claims later CROSS JOIN claims c ON c.id = later.supersedes"
    if not every:
        start = (
            "touched CROSS JOIN claims c USING (id)"
            " CROSS JOIN claims later ON later.supersedes = c.id"
        )
        db.execute("UPDATE claims SET superseded_by = NULL WHERE id IN (SELECT id FROM touched)")
    pairs = db.execute(
        f"SELECT c.claim, later.id, c.parties, later.parties FROM {start}"
        " WHERE later.supersedes IS NOT NULL ORDER BY later.sort, later.id"
    ).fetchall()
    found: dict[int, str] = {}
    for key, later, parties, later_parties in pairs:
        if not set(parties.split()).isdisjoint(later_parties.split()):
            found.setdefault(key, later)
    db.executemany(
        "UPDATE claims SET superseded_by = ? WHERE claim = ?",
        [(later, key) for key, later in found.items()],
    )


_MENTIONS = {
    "parties": "claim_parties.party claims.reports_party parties.part_of",
    "issues": "claims.issue",
}


def _register_mentions(db: sqlite3.Connection, *, every: bool) -> None:
    """Give each party and issue that is only mentioned a row of its own."""
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
"""Rule: from which table and column, to the ids of which; and the field of the record."""


def _find_gaps(db: sqlite3.Connection, *, every: bool) -> None:
    """Note a problem for each reference to a claim or source that there is none of."""
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
                problems += _claim_gap(db, rule, key, name, field)
    problems += _origin_gaps(db, every=every)
    db.executemany(
        "INSERT INTO problems VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        dict.fromkeys(problems),
    )


def _dangling(table: str, column: str, target: str, *, every: bool) -> str:
    """Return the SQL of the claims' keys, and the ids that they refer to in vain."""
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


def _claim_gap(
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
    yield from (_gap(file, rule, name, span) for span in spans)


def _origin_gaps(db: sqlite3.Connection, *, every: bool) -> Iterator[tuple[object, ...]]:
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
        yield _gap(file, "unknown-source", origin, place)


def _gap(file: int, rule: str, name: str, span: Span) -> tuple[object, ...]:
    what = rule.removeprefix("unknown-")
    return tuple(problem_row(file, Problem(rule, f"no {what} '{name}'", span), name))
