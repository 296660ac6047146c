"""Lookups by id: which records exist, what a part of an id means, and in which files they are."""

import sqlite3
from collections.abc import Iterable

from claimcli.core.id_parts import only_id, whole_id_hint
from claimcli.core.party_names import fold_name
from claimcli.core.positions import position_key
from claimcli.core.problems import ClaimcliError
from claimcli.core.query import MatchType, Term
from claimcli.core.text.suggestions import did_you_mean, list_names
from claimcli.dossier.index.id_parts import ids_with_part
from claimcli.dossier.index.problems import describe_unread
from claimcli.dossier.index.resolve import (
    MAX_CANDIDATES,
    exact_values,
    find_party,
    is_known,
    parties_called,
    suggestion_candidates,
    unknown_value,
)
from claimcli.dossier.index.rows import LAYOUT
from claimcli.dossier.value_parsers import ID

KINDS = ("claim", "party", "source", "issue", "event")
FileKey = tuple[int, str]
"""Number of a root, and a path below it."""


def is_taken(db: sqlite3.Connection, kind: str, name: str) -> bool:
    """Return whether there is a record with this kind and id; mentions do not count."""
    query = f"SELECT 1 FROM {LAYOUT[kind][0]} WHERE id = ? AND file IS NOT NULL"
    return db.execute(query, (name,)).fetchone() is not None


def file_of(db: sqlite3.Connection, kind: str, name: str) -> FileKey:
    """Return the file of the record with this kind and id, which must exist."""
    query = (
        f"SELECT f.root, f.path FROM {LAYOUT[kind][0]} t JOIN files f ON f.file = t.file"
        " WHERE t.id = ?"
    )
    root, path = db.execute(query, (name,)).fetchone()
    return (int(root), str(path))


def require_claim(db: sqlite3.Connection, word: str) -> str:
    """Return the id of a claim. Raises ClaimcliError, with similar ids, if it is unknown."""
    term = Term("id", MatchType.PHRASE, word)
    for name in exact_values(db, term):
        return name
    raise unknown_value(db, term)


def kind_of(db: sqlite3.Connection, name: str, *, mentioned: bool = False) -> str:
    """Return the kind of the record with an id; with ``mentioned`` also if it is only mentioned.

    Raises ClaimcliError if the id is unknown, or if records of several kinds have it.
    """
    kinds = [kind for kind in KINDS if is_taken(db, kind, name)]
    mentions = [kind for kind in KINDS if is_mentioned(db, kind, name)]
    if len(kinds) == 1:
        return kinds[0]
    if mentioned and not kinds and len(mentions) == 1:
        return mentions[0]
    if several := kinds or (mentions if mentioned else []):
        listed = " and ".join(f"{'an' if k[0] in 'ei' else 'a'} {k}" for k in several)
        raise ClaimcliError(f"'{name}' is {listed}", f"write it as {several[0]}:{name}")
    if mentions:
        raise _without_record(mentions[0], name)
    raise _no_record(db, name)


def _no_record(db: sqlite3.Connection, name: str, kinds: tuple[str, ...] = KINDS) -> ClaimcliError:
    """Return the error that no record has an id, with the ids that are similar or contain it."""
    near = [
        other for kind in kinds for other in suggestion_candidates(db, LAYOUT[kind][0], "id", name)
    ]
    longer = whole_id_hint([other for _, other in _with_part(db, name, kinds)])
    otherwise = longer or _hint(db, "'claimcli list' and 'claimcli parties' show ids")
    what = "nothing has the id" if kinds == KINDS else f"no {' or '.join(kinds)}"
    return ClaimcliError(f"{what} '{name}'", did_you_mean(name, near, otherwise))


def find_record(
    db: sqlite3.Connection, word: str, kinds: tuple[str, ...] = KINDS
) -> tuple[str, str]:
    """Return kind and id of the record that an id or ``kind:id``, or a part of the id, means.

    A party can be named too, and be only mentioned, as an issue. If records of several ``kinds``
    have the id, a claim is meant. Raises ClaimcliError if nothing or several records match.
    """
    first, colon, rest = word.partition(":")
    kinds, name = ((first,), rest) if colon and first in kinds else (kinds, word)
    exact = [kind for kind in kinds if is_known(db, LAYOUT[kind][0], name.lower())]
    if "claim" in exact or len(exact) == 1:
        return exact[0], name.lower()
    if exact:
        return kind_of(db, name.lower()), name.lower()
    if "party" in kinds and (parties := parties_called(db, name)):
        return "party", only_id(parties, name)
    matches = _with_part(db, name, kinds)
    ids = [other for _, other in matches]
    listed = [other if ids.count(other) == 1 else f"{kind}:{other}" for kind, other in matches]
    if only_id(listed, name):
        return matches[0]
    if len(kinds) == 1:
        require_record(db, kinds[0], name)
    raise _no_record(db, name, kinds)


def _with_part(db: sqlite3.Connection, part: str, kinds: Iterable[str]) -> list[tuple[str, str]]:
    """Return kind and id of the records whose ids begin with a text, or else contain it."""
    matches = [(kind, n) for kind in kinds for n in ids_with_part(db, LAYOUT[kind][0], part)]
    beginning = [match for match in matches if match[1].startswith(part.lower())]
    return beginning or matches


def is_mentioned(db: sqlite3.Connection, kind: str, name: str) -> bool:
    """Return whether other records name a party, an issue or an event that has no record."""
    if kind == "event":
        query = "SELECT 1 FROM claims WHERE event = ? AND event NOT IN (SELECT id FROM events)"
        return db.execute(query, (name,)).fetchone() is not None
    mere = kind in ("party", "issue") and not is_taken(db, kind, name)
    return mere and is_known(db, LAYOUT[kind][0], name)


def _without_record(kind: str, name: str) -> ClaimcliError:
    message = f"{kind} '{name}' is mentioned but has no record"
    return ClaimcliError(message, f"add one with 'claimcli set {kind}:{name} ...'")


def _hint(db: sqlite3.Connection, hint: str) -> str:
    """Return the hint, or another one if the record may be among those that cannot be read."""
    return describe_unread(db) or hint


def require_record(
    db: sqlite3.Connection, kind: str, name: str, *, mentioned: bool = False
) -> None:
    """Raise ClaimcliError if there is no record with this kind and id.

    With ``mentioned`` it is enough that others name it.
    """
    if is_taken(db, kind, name):
        return
    if not is_mentioned(db, kind, name):
        near = suggestion_candidates(db, LAYOUT[kind][0], "id", name)
        longer = whole_id_hint(ids_with_part(db, LAYOUT[kind][0], name))
        hint = did_you_mean(name, near, longer or _hint(db, "check the id"))
        raise ClaimcliError(f"no {kind} '{name}'", hint)
    if not mentioned:
        raise _without_record(kind, name)


def main_file_on_issue(db: sqlite3.Connection, issue: str) -> FileKey | None:
    """Return the file with the most claims on an issue; the first one in a tie."""
    row = db.execute(
        "SELECT f.root, f.path FROM claims c JOIN files f ON f.file = c.file WHERE c.issue = ?"
        " GROUP BY c.file ORDER BY count(*) DESC, f.root, f.path LIMIT 1",
        (issue,),
    ).fetchone()
    return (int(row[0]), str(row[1])) if row else None


def main_file_of(db: sqlite3.Connection, kind: str) -> FileKey | None:
    """Return the file that lists the most records of a kind; the first one in a tie."""
    row = db.execute(
        f"SELECT f.root, f.path FROM {LAYOUT[kind][0]} t JOIN files f ON f.file = t.file"
        " WHERE t.id NOT LIKE '%/%' GROUP BY t.file ORDER BY count(*) DESC, f.root, f.path LIMIT 1"
    ).fetchone()
    return (int(row[0]), str(row[1])) if row else None


def source_at(db: sqlite3.Connection, url: str) -> str | None:
    """Return the id of the source with a web address, but for its scheme and fragment, or None."""
    address = _bare_address(url)
    rows = db.execute("SELECT id, url FROM sources WHERE url IS NOT NULL AND file IS NOT NULL")
    return next((name for name, known in rows if _bare_address(known) == address), None)


def _bare_address(url: str) -> str:
    return url.partition("#")[0].partition("://")[2].rstrip("/")


def issue_of(db: sqlite3.Connection, claim: str) -> str | None:
    """Return the issue of a claim: its own or the inherited one; None for an unknown claim."""
    row = db.execute("SELECT issue FROM claims WHERE id = ?", (claim,)).fetchone()
    return row[0] if row else None


def declared_positions(db: sqlite3.Connection, issue: str | None = None) -> list[str]:
    """Return the positions that an issue declares in order, or those of all issues."""
    query = "SELECT DISTINCT position FROM issue_positions WHERE ? IS NULL OR issue = ?"
    return [position for (position,) in db.execute(f"{query} ORDER BY rowid", (issue, issue))]


def position_notes(db: sqlite3.Connection, issue: str | None, position: str) -> list[str]:
    """Return a note if an issue declares positions, and this is not one of them."""
    known = declared_positions(db, issue) if issue else []
    if not known or position_key(position) in map(position_key, known):
        return []
    hint = did_you_mean(position, known, list_names("positions", known))
    return [f"note: '{position}' is not a position of issue '{issue}'; {hint}"]


def resolve_party(db: sqlite3.Connection, word: str) -> str:
    """Return the id of the party with this id, name or alias; a new id is returned as it is.

    Raises ClaimcliError if several parties have the name, or if an unknown word is not a valid id.
    """
    called = db.execute("SELECT 1 FROM _names WHERE name = ?", (fold_name(word),)).fetchone()
    if ID.fullmatch(word) and not called:
        return word
    return find_party(db, word)


def similar_name_notes(db: sqlite3.Connection, kind: str, names: Iterable[str]) -> list[str]:
    """Return a note for each new party or issue whose name is similar to a known one."""
    notes = []
    for name in names:
        if not is_known(db, LAYOUT[kind][0], name):
            near = did_you_mean(name, suggestion_candidates(db, LAYOUT[kind][0], "id", name))
            notes += [f"note: the {kind} '{name}' is new here; {near}"] if near else []
    return notes


def free_id(db: sqlite3.Connection, stem: str, kind: str = "claim") -> str:
    """Return an unused id for a kind of record: the stem, or the stem with a number appended."""
    name, number = stem, 1
    while is_taken(db, kind, name):
        number += 1
        name = f"{stem}-{number}"
    return name


def known_ids(db: sqlite3.Connection, kind: str) -> list[str]:
    """Return all ids of parties, sources or issues, including those without a record."""
    return [name for (name,) in db.execute(f"SELECT id FROM {LAYOUT[kind][0]} ORDER BY id")]


_TITLES = {"party": "name", "source": "title", "issue": "question", "event": "title"}


def names_to_complete(db: sqlite3.Connection, kind: str) -> dict[str, str]:
    """Return ids with their titles and titles with their ids, of the first records of a kind."""
    column = _TITLES.get(kind, "statement")
    rows = db.execute(
        f"SELECT id, coalesce({column}, '') FROM {LAYOUT[kind][0]} ORDER BY id LIMIT ?",
        (MAX_CANDIDATES,),
    ).fetchall()
    named = {title: name for name, title in rows if title} if kind in ("party", "source") else {}
    return {**named, **dict(rows)}


def id_named(db: sqlite3.Connection, kind: str, word: str) -> str | None:
    """Return the id of the record that has a word as its id, or alone has it as its title."""
    table = LAYOUT[kind][0]
    if is_known(db, table, word):
        return word
    query = f"SELECT id FROM {table} WHERE {_TITLES.get(kind, 'id')} = ? LIMIT 2"
    rows = db.execute(query, (word,)).fetchall()
    return str(rows[0][0]) if len(rows) == 1 else None


def speakers_of(db: sqlite3.Connection, parties: Iterable[str]) -> list[str]:
    """Return who speaks for some parties: the speakers on record, then those of their claims."""
    names = dict.fromkeys(
        speaker
        for party in parties
        for (speaker,) in db.execute(
            "SELECT speaker FROM party_speakers WHERE party = :party UNION ALL SELECT * FROM ("
            "SELECT DISTINCT speaker FROM claim_parties p JOIN claims c ON c.claim = p.claim"
            " WHERE p.party = :party AND speaker IS NOT NULL ORDER BY speaker)",
            {"party": party},
        )
    )
    return list(names)


def positions_on(db: sqlite3.Connection, issue: str) -> list[str]:
    """Return the positions on an issue: those it declares, then others in use."""
    used = db.execute(
        "SELECT DISTINCT position FROM claims WHERE issue = ? AND position IS NOT NULL ORDER BY 1",
        (issue,),
    )
    spellings: dict[str, str] = {}
    for position in (*declared_positions(db, issue), *(position for (position,) in used)):
        spellings.setdefault(position_key(position), position)
    return list(spellings.values())


def source_facts(db: sqlite3.Connection, name: str) -> tuple[str | None, str | None]:
    """Return the date of publication and the kind of a source, each None if not on file."""
    query = "SELECT published, kind FROM sources WHERE id = ?"
    row = db.execute(query, (name,)).fetchone()
    return (row[0], row[1]) if row else (None, None)
