"""Load a dossier from the index: the selected claims and the records that belong to them."""

import sqlite3
from collections.abc import Collection, Mapping
from typing import Any

import msgspec

from claimcli.core.implied import mentioned_issues, mentioned_parties
from claimcli.core.provenance import trace_origins
from claimcli.core.query import Request, Scope
from claimcli.core.records import NOWHERE, Claim, Dossier, Issue, Party, Status
from claimcli.core.response_kinds import Kind
from claimcli.dossier.index.opposition import OppositionLoader
from claimcli.dossier.index.problems import (
    PathOf,
    cut_texts,
    has_records,
    load_problems,
    unread_parts,
)
from claimcli.dossier.index.resolve import find_party_by_part
from claimcli.dossier.index.rows import decode_claim, decode_record, refuse_another
from claimcli.dossier.index.selection import selected_claims
from claimcli.dossier.index.wanted import want


def load(db: sqlite3.Connection, request: Request, path_of: PathOf) -> Dossier:
    """Return the requested part of the dossier.

    Raises ClaimcliError if the query names something that the dossier does not have.
    """
    chosen = selected_claims(db, request)
    db.execute("DROP TABLE IF EXISTS temp.wanted")
    db.execute("CREATE TEMP TABLE wanted (claim INTEGER PRIMARY KEY, id TEXT NOT NULL)")
    want(db, chosen, request)
    return _dossier(db, [key for key, _ in chosen], request, path_of)


def _dossier(
    db: sqlite3.Connection, chosen: list[int], request: Request, path_of: PathOf
) -> Dossier:
    claims, statuses, superseded, answered = wanted_claims(db, path_of)
    internal = db.execute("SELECT id FROM claims WHERE internal > 0")
    by_id = {claim.id: claim for claim in claims.values()}
    (unread,) = db.execute("SELECT coalesce(sum(unread), 0) FROM files WHERE unread > 0").fetchone()
    (errors,) = db.execute("SELECT count(*) FROM problems WHERE severity = 'error'").fetchone()
    needs_problems = request.scope in (Scope.ISSUES, Scope.ALL)
    files: tuple[str, ...] = ()
    if request.scope is Scope.ALL:
        keys = db.execute("SELECT file FROM files ORDER BY root, path")
        files = tuple(path_of(file) for (file,) in keys)
    related: dict[str, Any] = {}
    if request.scope is not Scope.CLAIMS:
        related = {
            "answers": _responses(by_id),
            **_registries(db, by_id.values(), request, path_of),
        }
    return Dossier(
        claims=tuple(claims[key] for key in chosen),
        by_id=by_id,
        statuses=statuses,
        answered=answered,
        internal=frozenset(name for (name,) in internal),
        opposition=OppositionLoader(db).load() if request.opposition else None,
        speakers=_speakers(db) if request.speakers else None,
        superseded=superseded,
        problems=load_problems(db, path_of) if needs_problems else (),
        files=files,
        party_ids={name: find_party_by_part(db, name) for name in request.parties},
        unread=unread,
        unread_parts=unread_parts(db, path_of) if unread else (),
        cut_texts=cut_texts(db, path_of),
        nothing_read=bool(unread) and not has_records(db),
        errors=errors,
        **related,
    )


def _speakers(db: sqlite3.Connection) -> tuple[str, ...]:
    """Return the speakers of all claims, and those whose words claims relay, each once."""
    columns = ("speaker", "reports_speaker")
    return tuple(dict.fromkeys(name for c in columns for (name,) in db.execute(_NAMES.format(c))))


_NAMES = """
WITH RECURSIVE names (name) AS (
    SELECT min({0}) FROM claims WHERE {0} IS NOT NULL
    UNION ALL
    SELECT (SELECT min({0}) FROM claims WHERE {0} > name) FROM names WHERE name IS NOT NULL
) SELECT name FROM names WHERE name IS NOT NULL
"""
"""The distinct names in an indexed column, with one step in the index for each."""


def wanted_claims(
    db: sqlite3.Connection, path_of: PathOf
) -> tuple[dict[int, Claim], dict[str, Status], dict[str, str], frozenset[str]]:
    """Return the wanted claims in order, by key; statuses and successors by id; answered ids."""
    claims: dict[int, Claim] = {}
    statuses: dict[str, Status] = {}
    superseded: dict[str, str] = {}
    answered: list[str] = []
    for key, name, issue, status, is_answered, successor, file, data, by, to, utc in db.execute(
        "SELECT c.claim, w.id, c.issue, c.status, c.answered, c.superseded_by, c.file, i.record,"
        " c.made_by, c.made_by_to, c.made_by_utc"
        " FROM wanted w CROSS JOIN claims c USING (claim) CROSS JOIN _claims i USING (claim)"
        " ORDER BY c.sort, c.id"
    ):
        claim = decode_claim(data, path_of(file), issue, (by, to, utc))
        refuse_another(claim.id, name)
        claims[key] = claim
        statuses[claim.id] = _STATUSES[status]
        if is_answered:
            answered.append(claim.id)
        if successor:
            superseded[claim.id] = successor
    return claims, statuses, superseded, frozenset(answered)


def _registries(
    db: sqlite3.Connection, claims: Collection[Claim], request: Request, path_of: PathOf
) -> dict[str, dict[str, Any]]:
    """Return all parties, and the issues, sources and events that claims refer to, or all."""
    scope = request.scope
    everything = scope in (Scope.REGISTRIES, Scope.ALL)
    issue_ids = {claim.issue for claim in claims if claim.issue}
    cited = _with_origins(db, {cited.source for claim in claims for cited in claim.citations})
    if request.derived:
        cited |= _derived_from(db, cited)
    events = {claim.event for claim in claims if claim.event}
    parties = all_parties(db, path_of)
    issues = _issues(db, None if everything else issue_ids, path_of)
    sources = load_records(db, "source", None if everything else cited, path_of)
    if scope is Scope.ALL:
        parties |= _unregistered(parties, mentioned_parties(claims, parties.values()))
        issues |= _unregistered(issues, mentioned_issues(claims))
    return {
        "parties": parties,
        "issues": issues,
        "sources": sources,
        "origins": trace_origins(sources),
        "events": load_records(db, "event", None if everything else events, path_of),
    }


def _derived_from(db: sqlite3.Connection, names: set[str]) -> set[str]:
    """Return the ids of the sources that are derived from some sources."""
    query = "SELECT o.source FROM json_each(?) n CROSS JOIN origins o ON o.origin = n.value"
    listed = msgspec.json.encode(sorted(names)).decode()
    return {name for (name,) in db.execute(query, (listed,))}


def _with_origins(db: sqlite3.Connection, cited: set[str]) -> set[str]:
    """Return the ids of sources and of all sources that they are derived from."""
    if db.execute("SELECT 1 FROM origins LIMIT 1").fetchone() is None:
        return cited
    query = (
        "WITH RECURSIVE up (id) AS (SELECT value FROM json_each(?) UNION"
        " SELECT o.origin FROM up CROSS JOIN origins o ON o.source = up.id) SELECT id FROM up"
    )
    listed = msgspec.json.encode(sorted(cited)).decode()
    return {name for (name,) in db.execute(query, (listed,))}


_STATUSES = {status.value: status for status in Status}


def _responses(claims: Mapping[str, Claim]) -> dict[str, tuple[tuple[str, Kind], ...]]:
    """Return the ids and kinds of responses, in order, by the id of the answered claim."""
    responses: dict[str, list[tuple[str, Kind]]] = {}
    for claim in claims.values():
        for answer in claim.responds_to:
            if answer.claim in claims:
                responses.setdefault(answer.claim, []).append((claim.id, answer.kind))
    return {target: tuple(answers) for target, answers in responses.items()}


def load_records(
    db: sqlite3.Connection, kind: str, names: Collection[str] | None, path_of: PathOf
) -> dict[str, Any]:
    """Return the records of a kind with these ids (all if None), by id.

    Parties and issues are in the order of the files and of their places in them.
    """
    start, values = "_registry r", [kind]
    if names is not None:
        start = "json_each(?) n CROSS JOIN _registry r ON r.id = n.value"
        values = [msgspec.json.encode(sorted(names)).decode(), kind]
    order = "f.root, f.path, r.rowid" if kind in ("party", "issue") else "r.id"
    rows = db.execute(
        f"SELECT r.id, r.file, r.record FROM {start} JOIN files f ON f.file = r.file"
        f" WHERE r.kind = ? ORDER BY {order}",
        values,
    )
    records = {name: decode_record(kind, data, path_of(file)) for name, file, data in rows}
    for name, record in records.items():
        refuse_another(record.id, name)
    return records


def all_parties(db: sqlite3.Connection, path_of: PathOf) -> dict[str, Party]:
    """Return all parties, by id, including those that are mentioned but have no record."""
    known = load_records(db, "party", None, path_of)
    mentioned = [name for (name,) in db.execute("SELECT id FROM parties WHERE NOT registered")]
    return {
        name: known.get(name) or Party(id=name, location=NOWHERE, registered=False)
        for name in (*known, *sorted(mentioned))
    }


def _issues(
    db: sqlite3.Connection, names: Collection[str] | None, path_of: PathOf
) -> dict[str, Issue]:
    known = load_records(db, "issue", names, path_of)
    if names is None:
        names = [name for (name,) in db.execute("SELECT id FROM issues WHERE NOT registered")]
    return {
        name: known.get(name) or Issue(id=name, location=NOWHERE, registered=False)
        for name in (*known, *sorted(set(names) - known.keys()))
    }


def _unregistered(known: dict[str, Any], mentioned: dict[str, Any]) -> dict[str, Any]:
    """Return the mentioned parties or issues that have no record."""
    return {name: record for name, record in mentioned.items() if not known[name].registered}
