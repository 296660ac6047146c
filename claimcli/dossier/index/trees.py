"""The party tree of each party, in the column ``parties.tree``."""

import sqlite3
from collections.abc import Callable

import msgspec

from claimcli.core.party_trees import tree_roots, trees_of


def set_trees(db: sqlite3.Connection) -> bool:
    """Store the tree of each party; return whether one has changed."""
    parents = dict(db.execute("SELECT id, part_of FROM parties WHERE part_of IS NOT NULL"))
    roots = tree_roots(parents)
    stored = msgspec.json.encode(roots, order="sorted").decode()
    known = db.execute("SELECT value FROM _state WHERE key = 'trees'").fetchone()
    changed = known != (stored,)
    db.execute("UPDATE parties SET tree = id WHERE tree IS NULL" + " OR tree <> id" * changed)
    pairs = [(root, party, root) for party, root in roots.items()]
    db.executemany("UPDATE parties SET tree = ? WHERE id = ? AND tree <> ?", pairs)
    db.execute("INSERT OR REPLACE INTO _state VALUES ('trees', ?)", (stored,))
    return changed and (bool(roots) or known not in (None, ("{}",)))


TreeFinder = Callable[[str], frozenset[str]]
"""Returns the trees of the parties in ``claims.parties``."""


def tree_finder(db: sqlite3.Connection) -> TreeFinder:
    """Return the function that looks up trees, which are stored by :func:`set_trees`."""
    roots = dict(db.execute("SELECT id, tree FROM parties WHERE tree <> id"))
    known: dict[str, frozenset[str]] = {}

    def trees(parties: str) -> frozenset[str]:
        if parties not in known:
            known[parties] = trees_of(parties.split(), roots)
        return known[parties]

    return trees
