"""Load a dossier from the index: the selected claims and the records that belong to them."""

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from claimcli.core.implied import mentioned_issues, mentioned_parties
from claimcli.core.provenance import trace_origins
from claimcli.core.query import Request, Scope
from claimcli.core.records import NOWHERE, Claim, Dossier, Issue, Party
from claimcli.core.relations import answers_by_target
from claimcli.dossier.index.brief import brief_issues, brief_sources
from claimcli.dossier.index.claims import wanted_claims
from claimcli.dossier.index.opposition import OppositionLoader
from claimcli.dossier.index.problems import (
    PathOf,
    cut_texts,
    has_records,
    load_problems,
    unread_parts,
)
from claimcli.dossier.index.resolve import find_party_by_part
from claimcli.dossier.index.rows import decode_record, refuse_another
from claimcli.dossier.index.selection import selected_claims
from claimcli.dossier.index.wanted import want, wants_every

BATCH = 2000
"""Number of selected claims in a batch: so many that the fixed costs of a batch are small."""


def load(db: sqlite3.Connection, request: Request, path_of: PathOf) -> Dossier:
    """Return the requested part of the dossier.

    Raises ClaimcliError if the query names something that the dossier does not have.
    """
    chosen = selected_claims(db, request)
    return _DossierLoader(db, request, path_of).load(chosen)


def load_batches(
    db: sqlite3.Connection,
    request: Request,
    path_of: PathOf,
    *,
    by_issue: bool = False,
    size: int = BATCH,
) -> Iterator[Dossier]:
    """Yield the requested part of the dossier in batches of ``size`` selected claims, in order.

    Each batch has the records that its claims need, and all parties. With ``by_issue``, the claims
    are in the order of their issues, and all those of an issue are in one batch. There is at least
    one batch, which can be empty. The scope must be CLAIMS, ANSWERS or LINKS: threads can be as
    large as the dossier. Raises as :func:`load`.
    """
    if request.scope not in (Scope.CLAIMS, Scope.ANSWERS, Scope.LINKS):
        raise ValueError(f"the scope {request.scope} cannot be loaded in batches")
    if by_issue:
        request = replace(request, sort="issue")
    chosen = selected_claims(db, request)
    loader = _DossierLoader(db, request, path_of)
    for batch in _whole_issues(db, chosen, size) if by_issue else _slices(chosen, size):
        yield loader.load(batch)


_Chosen = list[tuple[int, str]]


def _slices(chosen: _Chosen, size: int) -> Iterator[_Chosen]:
    for start in range(0, max(len(chosen), 1), size):
        yield chosen[start : start + size]


def _whole_issues(db: sqlite3.Connection, chosen: _Chosen, size: int) -> Iterator[_Chosen]:
    """Yield batches that end between two issues; each claim without an issue counts as one."""
    batch: _Chosen = []
    last: str | None = None
    for part in _slices(chosen, size):
        query = f"SELECT claim, issue FROM claims WHERE claim IN ({', '.join('?' * len(part))})"
        issue_of = dict(db.execute(query, [key for key, _ in part]))
        for key, name in part:
            issue = issue_of[key]
            if len(batch) >= size and (issue is None or issue != last):
                yield batch
                batch = []
            batch.append((key, name))
            last = issue
    yield batch


def _common(db: sqlite3.Connection, request: Request, path_of: PathOf) -> Dossier:
    """Return what does not depend on the selected claims."""
    internal = db.execute("SELECT id FROM claims WHERE internal > 0")
    (unread,) = db.execute("SELECT coalesce(sum(unread), 0) FROM files WHERE unread > 0").fetchone()
    (errors,) = db.execute("SELECT count(*) FROM problems WHERE severity = 'error'").fetchone()
    needs_problems = request.scope in (Scope.ISSUES, Scope.ALL)
    files: tuple[str, ...] = ()
    if request.scope is Scope.ALL:
        keys = db.execute("SELECT file FROM files ORDER BY root, path")
        files = tuple(path_of(file) for (file,) in keys)
    return Dossier(
        internal=frozenset(name for (name,) in internal),
        parties={} if request.scope is Scope.CLAIMS else all_parties(db, path_of),
        speakers=_speakers(db) if request.speakers else None,
        problems=load_problems(db, path_of) if needs_problems else (),
        files=files,
        party_ids={name: find_party_by_part(db, name) for name in request.parties},
        unread=unread,
        unread_parts=unread_parts(db, path_of) if unread else (),
        cut_texts=cut_texts(db, path_of),
        nothing_read=bool(unread) and not has_records(db),
        errors=errors,
    )


class _DossierLoader:
    """Loads chosen claims and the records that belong to them; what all have in common, once."""

    def __init__(self, db: sqlite3.Connection, request: Request, path_of: PathOf) -> None:
        self._db = db
        self._request = request
        self._path_of = path_of
        self._common = _common(db, request, path_of)
        self._opposition = OppositionLoader(db) if request.opposition else None
        # without the sources, nobody could tell which claims rest on internal ones alone
        internal = self._common.internal or any(db.execute(_INTERNAL_SOURCES).fetchone())
        self._sources = not request.brief or request.sources or bool(internal)

    def load(self, chosen: _Chosen) -> Dossier:
        """Return a dossier with the chosen claims and the records that belong to them."""
        want(self._db, chosen, self._request)
        every, brief = wants_every(self._request), self._request.brief
        claims, statuses, superseded, answered = wanted_claims(
            self._db, self._path_of, every=every, brief=brief, cited=self._sources
        )
        by_id = {claim.id: claim for claim in claims.values()}
        return replace(
            self._common,
            claims=tuple(claims[key] for key, _ in chosen),
            by_id=by_id,
            statuses=statuses,
            answered=answered,
            opposition=self._opposition.load(every=every) if self._opposition else None,
            superseded=superseded,
            **({} if self._request.scope is Scope.CLAIMS else self._related(by_id)),
        )

    def _related(self, claims: Mapping[str, Claim]) -> dict[str, Any]:
        """Return the answers, all parties, and other records that claims refer to, or all."""
        db, path_of, scope = self._db, self._path_of, self._request.scope
        everything = scope in (Scope.REGISTRIES, Scope.ALL)
        issue_ids = {claim.issue for claim in claims.values() if claim.issue}
        cited = {cited.source for claim in claims.values() for cited in claim.citations}
        cited = _with_origins(db, cited)
        if self._request.brief:
            sources = {}
            if self._sources:
                sources = brief_sources(db, None if everything else cited)
            return {
                "answers": answers_by_target(claims),
                "issues": brief_issues(db, issue_ids) if self._request.issues else {},
                "sources": sources,
                "origins": trace_origins(sources),
            }
        if self._request.derived:
            cited |= _derived_from(db, cited)
        events = {claim.event for claim in claims.values() if claim.event}
        parties = self._common.parties
        issues = _issues(db, None if everything else issue_ids, path_of)
        sources = load_records(db, "source", None if everything else cited, path_of)
        if scope is Scope.ALL:
            unknown = _unregistered(parties)
            mentioned = mentioned_parties(claims.values(), parties.values(), only=unknown)
            parties = {**parties, **mentioned}
            issues |= mentioned_issues(claims.values(), _unregistered(issues))
        return {
            "answers": answers_by_target(claims),
            "parties": parties,
            "issues": issues,
            "sources": sources,
            "origins": trace_origins(sources),
            "events": load_records(db, "event", None if everything else events, path_of),
        }


_INTERNAL_SOURCES = "SELECT EXISTS (SELECT 1 FROM sources WHERE internal)"


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


def _unregistered(records: Mapping[str, Party] | Mapping[str, Issue]) -> set[str]:
    return {name for name, record in records.items() if not record.registered}
