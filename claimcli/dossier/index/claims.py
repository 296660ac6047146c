"""The wanted claims as records: whole ones, or brief ones."""

import sqlite3
from collections.abc import Iterator
from typing import Any

from claimcli.core.records import Claim, Status
from claimcli.dossier.index.brief import brief_claims
from claimcli.dossier.index.problems import PathOf
from claimcli.dossier.index.rows import decode_claim, refuse_another, share_values

_STATUSES = {status.value: status for status in Status}


def wanted_claims(
    db: sqlite3.Connection,
    path_of: PathOf,
    *,
    every: bool = False,
    brief: bool = False,
    cited: bool = True,
) -> tuple[dict[int, Claim], dict[str, Status], dict[str, str], frozenset[str]]:
    """Return the wanted claims in order, by key; statuses and successors by id; answered ids.

    With ``every``, these are all claims; brief ones have citations only if ``cited``. See
    :mod:`claimcli.dossier.index.brief`.
    """
    start = "claims c" if every else "wanted w CROSS JOIN claims c USING (claim)"
    claims: dict[int, Claim] = {}
    statuses: dict[str, Status] = {}
    superseded: dict[str, str] = {}
    answered: list[str] = []
    read = (
        brief_claims(db, start, path_of, every=every, cited=cited)
        if brief
        else _whole_claims(db, start, path_of)
    )
    for key, claim, status, is_answered, successor in read:
        claims[key] = claim
        statuses[claim.id] = _STATUSES[status]
        if is_answered:
            answered.append(claim.id)
        if successor:
            superseded[claim.id] = successor
    # sorting the keys alone saves SQLite sorting the records
    ordered = db.execute(f"SELECT c.claim FROM {start} ORDER BY c.sort, c.id")
    in_order = {key: claims[key] for (key,) in ordered}
    return in_order, statuses, superseded, frozenset(answered)


def _whole_claims(
    db: sqlite3.Connection, start: str, path_of: PathOf
) -> Iterator[tuple[int, Claim, str, int, str | None]]:
    """Yield the same as :func:`brief_claims`, with whole claims."""
    shared: dict[Any, Any] = {}
    for key, status, answered, successor, name, issue, file, data, *made_by in db.execute(
        "SELECT c.claim, c.status, c.answered, c.superseded_by, c.id, c.issue, c.file, i.record,"
        f" c.made_by, c.made_by_to, c.made_by_utc FROM {start} CROSS JOIN _claims i USING (claim)"
    ):
        claim = decode_claim(data, path_of(file), issue, tuple(made_by))
        refuse_another(claim.id, name)
        share_values(claim, shared)
        yield key, claim, status, answered, successor
