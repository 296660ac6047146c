"""Dossiers taken apart into imported records, as an export without losses would list them."""

from random import Random
from typing import Any

from msgspec import Struct

from claimcli.core.dates import Date
from claimcli.core.records import Dossier
from claimcli.core.response_kinds import Kind
from claimcli.core.schema import RECORD_KINDS
from claimcli.exchange.records import Imported, ImportedRecord

_NAMES = {"parties": "party", "citations": "source", "source": "id"}


def imported(*records: dict[str, Any], kind: str = "claim", file: str = "t.csv") -> Imported:
    """Return records of a kind whose cells are those of a table, from the second row on."""
    rows = []
    for row, fields in enumerate(records, 2):
        cells = {name: f"{file}:R{row}C{column}" for column, name in enumerate(fields, 1)}
        rows.append(ImportedRecord(kind, fields, f"{file}:R{row}", cells))
    return Imported(tuple(rows))


def taken_apart(dossier: Dossier) -> Imported:
    """Return every record of a dossier by itself, answers and described sources with their ids."""
    registries = (dossier.parties, dossier.issues, dossier.events, dossier.sources, dossier.by_id)
    records = [record for records in registries for record in records.values()]
    return Imported(
        tuple(
            ImportedRecord(kind, _fields(record), f"row of {record.id}")
            for record in records
            if getattr(record, "registered", True)
            and (kind := type(record).__name__.lower()) in RECORD_KINDS
        )
    )


def _fields(record: Struct) -> dict[str, Any]:
    left = ("location", "registered", "made_by")
    values = ((name, getattr(record, name)) for name in record.__struct_fields__)
    return {_NAMES.get(n, n): _value(v) for n, v in values if v and n not in left}


def _value(value: Any) -> Any:
    if isinstance(value, Kind):
        return value.value
    if isinstance(value, Date):
        return value.text
    if isinstance(value, Struct):
        return _fields(value)
    if isinstance(value, tuple):
        return [_value(one) for one in value]
    return "true" if value is True else value


def random_dossier(seed: int) -> dict[str, Any]:
    """Return a dossier without errors: answers in answers, described sources, joint statements."""
    random = Random(seed)
    parties = ["mill", "town", "court", "mill-2"]
    claims: list[dict[str, Any]] = []

    def claim(depth: int, name: str = "") -> dict[str, Any]:
        words = random.choice(
            ("It leaks.", "No.", "no: #1, [x]", " 'It'\n\nis \"so\"", "=1+1", "0x1F")
        )
        fields: dict[str, Any] = {"id": name, "party": random.choice((*parties, parties[:2]))}
        fields |= {"statement": words, "said": random.choice(("", "2021-12-30", "2021~"))}
        fields["source"] = random.choice(
            ("", "wire", {"title": "A, b"}, [{"title": "A"}, "wire", {"title": "B", "quote": "q"}])
        )
        fields["issue"] = random.choice(("", "", "leak", "other"))
        fields["reports"] = random.choice(("", {"speaker": "A. Clerk"}))
        fields["tags"] = random.choice(([], ["a", "no"]))
        if claims and not depth:
            earlier = random.choice(claims)["id"]
            fields["responds_to"] = random.choice(
                ("", earlier, {"claim": earlier, "kind": "confirms"})
            )
        for thread, kinds in _THREADS.items():
            count = random.choice((0, 0, 1, 3)) if depth < 3 else 0
            answers = [claim(depth + 1) for _ in range(count)]
            fields[thread] = [{**one, "kind": random.choice(kinds)} for one in answers]
        return {name: value for name, value in fields.items() if value}

    for number in range(8):
        claims.append(claim(0, f"c{number}"))
    return {"sources": [{"id": "wire", "title": "A wire"}], "claims": claims}


_THREADS = {
    "rebuttals": [kind.value for kind in Kind if kind.opposes],
    "responses": [kind.value for kind in Kind if not kind.opposes],
}
