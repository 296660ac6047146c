"""Translate a query to an SQL condition on ``claims c``; names and ids in it are looked up."""

import re
import sqlite3
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct

from claimcli.core.dates import Date
from claimcli.core.positions import position_key
from claimcli.core.problems import ClaimcliError
from claimcli.core.query import All, Has, MatchType, Node, Not, Term
from claimcli.core.response_kinds import Kind, ReplyState
from claimcli.dossier.index.functions import compile_pattern, lower
from claimcli.dossier.index.resolve import find_speakers, find_values, party_and_members


class Condition(Struct, frozen=True):
    """An SQL expression and the values of its ``?`` placeholders."""

    sql: str
    values: tuple[object, ...] = ()


TRUE = Condition("1")


def condition(db: sqlite3.Connection, node: Node) -> Condition:
    """Return the condition that claims must meet.

    Raises ClaimcliError if the query names something that the dossier does not have.
    """
    if isinstance(node, Term):
        return _term(db, node)
    if isinstance(node, Not):
        below = condition(db, node.node)
        return Condition(f"({below.sql}) IS NOT TRUE", below.values)
    if isinstance(node, All):
        return _joined("AND", [condition(db, part) for part in node.nodes]) or TRUE
    if len(node.nodes) > 1 and all(map(_names_one_id, node.nodes)):
        return _has_id(db, node.nodes)
    return _joined("OR", [condition(db, part) for part in node.nodes]) or Condition("0")


def _names_one_id(node: Node) -> bool:
    return isinstance(node, Term) and node.field == "id" and node.test is MatchType.PHRASE


def _has_id(db: sqlite3.Connection, terms: Iterable[Any]) -> Condition:
    """Return the condition that a claim has one of some ids, of which there can be many."""
    ids = dict.fromkeys(name for term in terms for name in find_values(db, term))
    query = "c.id IN (SELECT value FROM json_each(?))"
    return Condition(query, (msgspec.json.encode(list(ids)).decode(),))


def _joined(word: str, parts: Iterable[Condition]) -> Condition | None:
    """Return the parts joined as a balanced tree, since SQLite limits the depth of expressions."""
    every = list(parts)
    if len(every) < 2:
        return every[0] if every else None
    half = len(every) // 2
    left, right = _joined(word, every[:half]), _joined(word, every[half:])
    if left is None or right is None:
        return left or right
    return Condition(f"({left.sql}) {word} ({right.sql})", left.values + right.values)


def _term(db: sqlite3.Connection, term: Term) -> Condition:
    if term.test is MatchType.PATTERN:
        compile_pattern(term.text, term.at)
    return _FIELDS[term.field](db, term)


def _is_one_of(column: str, values: Iterable[str]) -> Condition:
    options = tuple(values)
    return Condition(f"{column} IN ({', '.join('?' * len(options))})", options)


def _has_row(table: str, inner: Condition) -> Condition:
    """Return the condition that a claim has a row in a table that meets ``inner``."""
    return Condition(f"c.claim IN (SELECT claim FROM {table} WHERE {inner.sql})", inner.values)


def _party(db: sqlite3.Connection, term: Term) -> Condition:
    parties = party_and_members(db, term.text, term.at)
    return _has_row("claim_parties", _is_one_of("party", parties))


def _against(db: sqlite3.Connection, term: Term) -> Condition:
    party = _is_one_of("p.party", party_and_members(db, term.text, term.at))
    kind = _is_one_of("r.kind", [kind.value for kind in Kind if kind.opposes])
    return Condition(
        "c.claim IN (SELECT r.claim FROM claim_parties p JOIN claims t ON t.claim = p.claim"
        f" JOIN responses r ON r.target = t.id WHERE {party.sql} AND {kind.sql})",
        party.values + kind.values,
    )


def _speaker(db: sqlite3.Connection, term: Term) -> Condition:
    if term.test is MatchType.PATTERN:
        return Condition("c.speaker REGEXP ? OR c.reports_speaker REGEXP ?", (term.text, term.text))
    names = find_speakers(db, term)
    either = (_is_one_of("c.speaker", names), _is_one_of("c.reports_speaker", names))
    return _joined("OR", either) or TRUE


def _position(db: sqlite3.Connection, term: Term) -> Condition:
    if term.test is MatchType.PATTERN:
        return Condition("c.position REGEXP ?", (term.text,))
    if term.test is MatchType.PREFIX:
        return Condition("c.position_key GLOB ?", (f"{_literal(position_key(term.text))}*",))
    return _is_one_of("c.position_key", find_values(db, term))


def _by_name(db: sqlite3.Connection, term: Term, column: str) -> Condition:
    """Return the condition of a field that contains ids or names."""
    if term.test is MatchType.PATTERN:
        return Condition(f"{column} REGEXP ?", (term.text,))
    if term.test is MatchType.WORD and "*" in term.text:
        return Condition(f"lower({column}) GLOB ?", (_literal(lower(term.text)),))
    return _is_one_of(column, find_values(db, term))


def _literal(text: str) -> str:
    """Return a GLOB pattern in which ``*`` is the only special character."""
    return text.replace("[", "[[]").replace("?", "[?]")


def _file(_: sqlite3.Connection, term: Term) -> Condition:
    """Match any part of a file's path, or the whole path if the text contains ``*``."""
    if term.test is MatchType.PATTERN:
        inner = Condition("display_path(root, path) REGEXP ?", (term.text,))
    elif term.test is MatchType.WORD and "*" in term.text:
        inner = Condition("lower(display_path(root, path)) GLOB ?", (_literal(lower(term.text)),))
    else:
        inner = Condition("instr(lower(display_path(root, path)), ?)", (lower(term.text),))
    return Condition(f"c.file IN (SELECT file FROM files WHERE {inner.sql})", inner.values)


_HAS_RESPONSE = "EXISTS (SELECT 1 FROM responses r WHERE r.target = c.id AND r.kind {} ({}))"
_OPPOSING = ", ".join(f"'{kind.value}'" for kind in Kind if kind.opposes)
_HAS = {
    **{
        has: f"c.{has.value} IS NOT NULL"
        for has in (
            Has.SPEAKER, Has.SAID, Has.ABOUT, Has.ISSUE, Has.POSITION, Has.EVENT, Has.RESTATES,
            Has.SUPERSEDES, Has.WITHDRAWN, Has.NOTE,
        )
    },
    **{
        has: f"c.claim IN (SELECT claim FROM citations WHERE {has.value} IS NOT NULL)"
        for has in (Has.SOURCE, Has.QUOTE, Has.TRANSLATION, Has.LOCATOR)
    },
    Has.REPORTS: "c.reports_party IS NOT NULL OR c.reports_speaker IS NOT NULL",
    Has.REBUTTAL: _HAS_RESPONSE.format("IN", _OPPOSING),
    Has.RESPONSE: _HAS_RESPONSE.format("NOT IN", _OPPOSING),
    Has.ANSWER: "c.answered",
    Has.TARGET: "c.claim IN (SELECT claim FROM responses)",
    Has.ASKED: "c.claim IN (SELECT claim FROM requests)",
    Has.TAG: "c.claim IN (SELECT claim FROM claim_tags)",
}  # fmt: skip


UNSPACED = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
"""Scripts written without spaces between words: Thai, Lao, Burmese, Khmer, kana, Han."""


def _free_text(_: sqlite3.Connection, term: Term) -> Condition:
    if term.test is MatchType.PATTERN:
        return _anywhere("{} REGEXP ?", term.text)
    if not any(char.isalnum() for char in term.text):
        message = f"'{term.text}' contains no word to search for"
        raise ClaimcliError(message, "write a word, or a pattern as /.../", excerpt=term.at)
    if re.search(UNSPACED, term.text):
        return _anywhere("instr(lower({}), ?)", lower(term.text))
    text, star = term.text.replace('"', " "), " *" * (term.test is MatchType.PREFIX)
    forms = dict.fromkeys(unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    phrases = " OR ".join(f'"{form}"{star}' for form in forms)  # Hangul is indexed as written
    return Condition("c.claim IN (SELECT rowid FROM words WHERE words MATCH ?)", (phrases,))


def _anywhere(test: str, value: str) -> Condition:
    columns = ("c.statement", "c.speaker", "c.reports_speaker", "c.note")
    parts = [Condition(test.format(column), (value,)) for column in columns]
    quote = _has_row("citations", Condition(test.format("quote"), (value,)))
    return _joined("OR", [*parts, quote]) or TRUE


def _published(_: sqlite3.Connection, term: Term) -> Condition:
    inner = _within("s.published", term)
    return Condition(
        "c.claim IN (SELECT q.claim FROM sources s JOIN citations q ON q.source = s.id"
        f" WHERE {inner.sql})",
        inner.values,
    )


def _asked(_: sqlite3.Connection, term: Term) -> Condition:
    """Match claims on which a party was asked to comment; the day of the clock is today."""
    if term.text == ReplyState.OVERDUE:
        today = date.today().isoformat()
        return _has_row("replies", Condition("state = 'open' AND due_to < ?", (today,)))
    return _has_row("replies", Condition("state = ?", (term.text,)))


def _within(column: str, term: Term) -> Condition:
    """Return the condition of a date: it matches if it can mean a time within the bounds."""
    parts = [Condition(f"{column}_to IS NOT NULL")]
    if term.first is not None:
        sign, end = (">", 1) if term.strict else (">=", 0)
        parts.append(_bound(column, "_to", sign, term.first, end))
    if term.last is not None:
        sign, end = ("<", 0) if term.strict else ("<=", 1)
        parts.append(_bound(column, "_from", sign, term.last, end))
    return _joined("AND", parts) or TRUE


def _bound(column: str, side: str, sign: str, date: Date, end: int) -> Condition:
    """Return the condition that compares one side of a date column with one end of a date.

    Both are in UTC if both have an offset, else as written.
    """
    local = (date.earliest, date.latest)[end].isoformat()
    as_written = f"{column}{side} {sign} ?"
    if side == "_from":  # a missing first moment is before all others
        as_written = f"({column}_from IS NULL OR {as_written})"
    if date.utc is None:
        return Condition(as_written, (local,))
    part = "1, 19" if side == "_from" else "21"
    return Condition(
        f"CASE WHEN {column}_utc IS NULL THEN {as_written}"
        f" ELSE substr({column}_utc, {part}) {sign} ? END",
        (local, date.utc[end].isoformat()),
    )


_FIELDS: dict[str, Callable[[sqlite3.Connection, Term], Condition]] = {
    "": _free_text,
    "party": _party,
    "speaker": _speaker,
    "against": _against,
    "issue": lambda db, term: _by_name(db, term, "c.issue"),
    "tag": lambda db, term: _has_row("claim_tags", _by_name(db, term, "tag")),
    "source": lambda db, term: _has_row("citations", _by_name(db, term, "source")),
    "kind": lambda _, term: _has_row("responses", Condition("kind = ?", (term.text,))),
    "status": lambda _, term: Condition("c.status = ?", (term.text,)),
    "position": _position,
    "event": lambda db, term: _by_name(db, term, "c.event"),
    "id": lambda db, term: _by_name(db, term, "c.id"),
    "said": lambda _, term: _within("c.said", term),
    "when": lambda _, term: _within("c.when", term),
    "about": lambda _, term: _within("c.about", term),
    "published": _published,
    "has": lambda _, term: Condition(_HAS[Has(term.text)]),
    "asked": _asked,
    "file": _file,
}
