"""The claim at the end of each chain of restatements, in the column ``_claims.root``."""

import sqlite3


def set_roots(db: sqlite3.Connection, *, every: bool) -> None:
    """Store for each claim that restates another the claim at the end of that chain.

    The root of claims that restate one another in a circle is the first in alphabetical order.
    """
    some = "claims c" if every else "affected CROSS JOIN claims c USING (claim)"
    restating = dict(
        db.execute(
            "SELECT c.id, c.restates FROM "
            f"{some} JOIN claims r ON r.id = c.restates WHERE c.restates IS NOT NULL"
        )
    )
    if not every:
        db.execute("UPDATE _claims SET root = NULL WHERE claim IN affected AND root IS NOT NULL")
    roots = [(root, name) for name, root in _roots(db, restating).items()]
    db.executemany(
        "UPDATE _claims SET root = ? WHERE claim = (SELECT claim FROM claims WHERE id = ?)", roots
    )


def _roots(db: sqlite3.Connection, restating: dict[str, str]) -> dict[str, str]:
    roots: dict[str, str] = {}
    for start in list(restating):
        path: dict[str, None] = {}
        at: str | None = start
        while at is not None and at not in path and at not in roots:
            path[at] = None
            at = restating.get(at) or _restated(db, at, restating)
        if at is None:
            root = list(path)[-1]
        elif at in roots:
            root = roots[at]
        else:
            names = list(path)
            root = min(names[names.index(at) :])
        roots.update(dict.fromkeys(path, root))
    return {name: root for name, root in roots.items() if name != root}


def _restated(db: sqlite3.Connection, name: str, known: dict[str, str]) -> str | None:
    """Return the claim that a claim outside the affected ones restates, if it is on file."""
    row = db.execute(
        "SELECT r.id FROM claims c JOIN claims r ON r.id = c.restates WHERE c.id = ?", (name,)
    ).fetchone()
    if row:
        known[name] = row[0]
    return row[0] if row else None
