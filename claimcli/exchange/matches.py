"""Which imported claims and sources are on file already, and the ids of the others."""

import re
import sqlite3
from collections import deque
from collections.abc import Iterable, Sequence

from claimcli.core.problems import ClaimcliError
from claimcli.dossier.index.lookup import is_taken
from claimcli.dossier.value_parsers import DERIVED_ID, MAX_ID
from claimcli.edit.new_records import NAMED_BY, id_from_text
from claimcli.exchange.import_items import ImportItem, listed, reference

Key = tuple[str, ...]

_KEYS = {
    "claim": "SELECT id, parties, statement, coalesce(said, '') FROM claims ORDER BY claim",
    "source": "SELECT id, title, coalesce(url, ''), coalesce(published, '') FROM sources"
    " WHERE id NOT LIKE '%/%' ORDER BY rowid",
}
_ANSWERS = "SELECT c.id, r.target FROM responses r JOIN claims c USING (claim)"
MAX_PASSES = 100
"""Levels of answers up to which equal ones are matched by the claim that they answer."""
_NOT_IN_IDS = re.compile(r"[^a-z0-9._/]+")


class Ids:
    """The ids of the claims and sources of a dossier and of an import."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.used: set[tuple[str, str]] = set()
        self.numbers: dict[tuple[str, str], int] = {}

    def unused(self, kind: str, stem: str, *, numbered: bool = False) -> str:
        """Return the stem if no record of the kind has it as its id, else with a number."""
        number = self.numbers.get((kind, stem), 0)
        while True:
            number += 1
            name = f"{stem}-{number}" if numbered or number > 1 else stem
            if (kind, name) not in self.used and not is_taken(self.db, kind, name):
                self.numbers[kind, stem] = number
                self.used.add((kind, name))
                return name


def match_records(records: Sequence[ImportItem], ids: Ids) -> None:
    """Give every record of a kind that is on file the id that it has there.

    A record is on file if one has its id; a claim without an id, or with a derived one, also if one
    has its parties, statement and date, a source if one has its title, address and date. Equal
    claims are matched by what they answer, then in their order. Raises ClaimcliError if two
    records have the same id.
    """
    _match_by_id(records, ids)
    for kind in _KEYS:
        others = [one for one in records if one.kind == kind and not one.matches]
        if kind == "claim":
            others = [one for one in others if not one.id or "/" in one.id]
        _match_by_key(others, records, ids)


def _match_by_id(records: Sequence[ImportItem], ids: Ids) -> None:
    first: dict[tuple[str, str], ImportItem] = {}
    for record in records:
        given = str(record.fields.get("id", "")) if not record.id else record.id
        if not given:
            continue
        record.id = given if DERIVED_ID.fullmatch(given) else _valid_id(given)
        if not record.id:
            continue
        key = (record.kind, record.id)
        if key in first:
            message = f"{record.cell('id')}: a second {record.name}"
            raise ClaimcliError(message, f"the first is at {first[key].origin.where}")
        first[key] = record
        ids.used.add(key)
        record.matches = is_taken(ids.db, *key)


def _valid_id(text: str) -> str:
    """Return an id similar to a text, "" if it has no letters or digits of ids."""
    return _NOT_IN_IDS.sub("-", text.lower()).strip("-._/")[:MAX_ID]


def _match_by_key(records: Sequence[ImportItem], every: Iterable[ImportItem], ids: Ids) -> None:
    if not records:
        return
    kind = records[0].kind
    of_kind = [record for record in every if record.kind == kind]
    taken = {record.id for record in of_kind if record.matches}
    wanted = {_key(record) for record in records}
    known: dict[Key, list[str]] = {}
    for name, *values in ids.db.execute(_KEYS[kind]):
        key = tuple(values)
        if key in wanted and name not in taken:
            known.setdefault(key, []).append(name)
    if known:
        _Candidates(known, ids.db, of_kind).match(records)


class _Candidates:
    """The records on file with the key of imported ones, and the claims that they answer."""

    def __init__(
        self, known: dict[Key, list[str]], db: sqlite3.Connection, of_kind: Sequence[ImportItem]
    ) -> None:
        self.items = {reference(one): one for one in of_kind if not one.below}
        self.taken: set[str] = set()
        self.by_key = {key: deque(names) for key, names in known.items()}
        names = {name for same in known.values() for name in same}
        answered: dict[str, list[str]] = {}
        for name, target in db.execute(_ANSWERS) if of_kind[0].kind == "claim" else ():
            if name in names:
                answered.setdefault(name, []).append(target)
        self.by_answer: dict[tuple[Key, str], deque[str]] = {}
        for key, same in known.items():
            for name in same:
                for target in answered.get(name, ("",)):
                    self.by_answer.setdefault((key, target), deque()).append(name)

    def match(self, records: Sequence[ImportItem]) -> None:
        """Match claims that answer the same claim first, and the others in their order.

        What is nested in another claim is never an answer to a claim on file that it does not
        answer: "False" on one claim is not "False" on another.
        """
        self._take_exact(records)
        others = [one for one in records if not one.below]
        if [one for one in others if self._take(one, exact=False)]:
            self._take_exact(records)

    def _take_exact(self, records: Sequence[ImportItem]) -> None:
        for _ in range(MAX_PASSES):  # each finds answers to the claims that the last one matched
            if not [one for one in records if self._take(one, exact=True)]:
                return

    def _take(self, record: ImportItem, *, exact: bool) -> bool:
        key = () if record.matches else _key(record)
        if key not in self.by_key:
            return False
        names = self.by_answer.get((key, self._target(record))) if exact else self.by_key[key]
        while names:
            name = names.popleft()
            if name not in self.taken:
                self.taken.add(name)
                record.id, record.matches = name, True
                return True
        return False

    def _target(self, record: ImportItem) -> str:
        """Return the id of the claim that a record answers first, as far as it is known."""
        answers = record.fields.get("responds_to")
        word = str(answers[0].get("claim", "")) if answers else ""
        item = record.below or self.items.get(word)
        return item.id or word if item else word


def _key(record: ImportItem) -> Key:
    fields = record.fields
    if record.kind == "claim":
        parties = " ".join(map(str, listed(fields.get("party", []))))
        return (parties, _text(record, "statement"), _text(record, "said"))
    return (_text(record, "title"), _text(record, "url"), _text(record, "published"))


def claims_with_other_dates(
    db: sqlite3.Connection, new: Iterable[ImportItem]
) -> list[tuple[ImportItem, str]]:
    """Return new claims with the party and statement of one on file and another date, and its id.

    Claims that have an id in the imported file are others.
    """
    wanted = {_key(one)[:2]: one for one in new if one.kind == "claim" and "id" not in one.fields}
    stored = db.execute(_KEYS["claim"]) if wanted else ()
    same = {key: (name, said) for name, *key_, said in stored if (key := tuple(key_)) in wanted}
    return [
        (wanted[key], name) for key, (name, said) in same.items() if said != _key(wanted[key])[2]
    ]


def _text(record: ImportItem, field: str) -> str:
    return str(record.fields.get(field, "")).strip()


def new_id(record: ImportItem, ids: Ids) -> str:
    """Return an id for a claim or source that has none, made of its words."""
    text = str(record.fields.get(NAMED_BY[record.kind], ""))
    if stem := id_from_text(text, ""):
        return ids.unused(record.kind, stem)
    party = next(iter(listed(record.fields.get("party", []))), record.kind)
    return ids.unused(record.kind, str(party), numbered=True)
