"""Brief records: claims, sources and issues as far as they are columns of the index.

They take a fraction of the memory of whole records. A brief claim has no quotes, notes, tags,
requests for comment or relayed words, and of its location only the line.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import lru_cache

import msgspec

from claimcli.core.dates import Date, parse_date
from claimcli.core.records import NOWHERE, Answer, Citation, Claim, Issue, Location, Source
from claimcli.core.response_kinds import Kind
from claimcli.dossier.index.problems import PathOf
from claimcli.dossier.index.rows import made_by_date, refuse_changed

_CLAIMS = """
SELECT c.claim, c.status, c.answered, c.superseded_by, c.made_by, c.made_by_to, c.made_by_utc,
c.parties, c.said, c.about, c.withdrawn, c.internal, c.file, c.line, c.statement_check, c.id,
c.statement, c.speaker, c.issue, c.position, c.event, c.restates, c.supersedes FROM {start}
"""
_ANSWERS = "SELECT r.claim, r.target, r.kind FROM {start} ORDER BY r.claim, r.number"
_CITATIONS = "SELECT q.claim, q.source FROM {start} ORDER BY q.claim, q.number"
_KINDS = {kind.value: kind for kind in Kind}


def brief_claims(
    db: sqlite3.Connection, start: str, path_of: PathOf, *, every: bool, cited: bool
) -> Iterator[tuple[int, Claim, str, int, str | None]]:
    """Yield key, claim, status, whether it is answered, and successor of the claims in a table.

    ``start`` is the table, as ``c``, or a join with it; with ``every``, it has all claims.
    The claims have citations only if ``cited``.
    """
    only = "" if every else f"{start} CROSS JOIN "
    using = "" if every else " USING (claim)"
    answers = _answers(db, f"{only}responses r{using}")
    citations = _citations(db, f"{only}citations q{using}") if cited else {}
    parties_of: dict[str, tuple[str, ...]] = {}
    for row in db.execute(_CLAIMS.format(start=start)):
        key, status, answered, successor, by, by_to, by_utc, parties = row[:8]
        said, about, withdrawn, internal, file, line, check, name, statement, *more = row[8:]
        speaker, issue, position, event, restates, supersedes = more
        refuse_changed(statement, check)
        if parties not in parties_of:
            parties_of[parties] = tuple(parties.split(" "))
        claim = Claim(
            id=name,
            parties=parties_of[parties],
            statement=statement,
            location=Location(path_of(file), _places(line)),
            speaker=speaker,
            said=_date(said),
            made_by=made_by_date((by, by_to, by_utc)) if by else None,
            about=_date(about),
            issue=issue,
            position=position,
            event=event,
            restates=restates,
            supersedes=supersedes,
            citations=citations.get(key, ()),
            responds_to=answers.get(key, ()),
            withdrawn=_date(withdrawn),
            internal=internal == 1,
        )
        yield key, claim, status, answered, successor


def _answers(db: sqlite3.Connection, start: str) -> dict[int, tuple[Answer, ...]]:
    answers: dict[int, tuple[Answer, ...]] = defaultdict(tuple)
    for key, target, kind in db.execute(_ANSWERS.format(start=start)):
        answers[key] += (Answer(claim=target, kind=_KINDS[kind], location=NOWHERE),)
    return answers


def _citations(db: sqlite3.Connection, start: str) -> dict[int, tuple[Citation, ...]]:
    citations: dict[int, tuple[Citation, ...]] = defaultdict(tuple)
    cited: dict[str, tuple[Citation]] = {}  # many claims cite the same source
    for key, name in db.execute(_CITATIONS.format(start=start)):
        if name not in cited:
            cited[name] = (Citation(source=name, location=NOWHERE),)
        citations[key] += cited[name]
    return citations


@lru_cache(maxsize=4096)
def _places(line: int) -> bytes:
    """Return the places of a record that begins on a line; many files have the same lines."""
    return Location.create("", (line, 1, line, 1), {}).places


def _date(text: str | None) -> Date | None:
    return parse_date(text) if text else None


def brief_issues(db: sqlite3.Connection, names: Collection[str]) -> dict[str, Issue]:
    """Return the issues with these ids, by id, with their questions; those on file come first."""
    rows = db.execute(
        "SELECT i.id, i.question, i.registered FROM json_each(?) n"
        " CROSS JOIN issues i ON i.id = n.value"
        " LEFT JOIN _registry r ON r.kind = 'issue' AND r.id = i.id"
        " LEFT JOIN files f ON f.file = r.file"
        " ORDER BY r.id IS NULL, f.root, f.path, r.rowid, i.id",
        (_json(names),),
    )
    return {
        name: Issue(id=name, location=NOWHERE, question=question, registered=bool(registered))
        for name, question, registered in rows
    }


def brief_sources(db: sqlite3.Connection, names: Collection[str] | None) -> dict[str, Source]:
    """Return the sources with these ids (all if None), by id, with title, date and origins."""
    origins: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for name, origin in db.execute("SELECT source, origin FROM origins ORDER BY rowid"):
        origins[name] += (origin,)
    start, values = ("sources s", ()) if names is None else (_NAMED_SOURCES, (_json(names),))
    columns = "s.id, s.title, s.published, s.internal"
    rows = db.execute(f"SELECT {columns} FROM {start} ORDER BY s.id", values)
    return {
        name: Source(
            id=name,
            title=title,
            location=NOWHERE,
            published=_date(published),
            derived_from=origins.get(name, ()),
            internal=bool(internal),
        )
        for name, title, published, internal in rows
    }


_NAMED_SOURCES = "json_each(?) n CROSS JOIN sources s ON s.id = n.value"


def _json(names: Collection[str]) -> str:
    return msgspec.json.encode(sorted(names)).decode()
