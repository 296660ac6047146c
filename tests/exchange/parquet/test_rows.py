"""The records of a dossier as tables."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from claimcli.dossier.open import open_dossier
from claimcli.exchange.parquet import rows
from claimcli.exchange.parquet.rows import tables_of
from claimcli.exchange.parquet.schema import table_schema
from tests.support.every_field import Ledger

DATA = """
issues: [{id: river, question: Clean?, compatible: [[yes, no]]}]
claims:
  - {id: clean, party: [mill, guild], statement: It is clean., said: 2021-05, issue: river, position: "Yes.",
     sources: [{id: letter, quote: one}, {title: Leaflet, published: 2021-01-02}],
     rebuttals: [{party: town, statement: "No.", position: no, internal: true}]}
  - {id: later, party: mill, statement: So., supersedes: clean, asked: {party: lab, on: 2021-06-01T10:00+02:00}}
"""


def tables(tmp_path: Path, data: str = DATA) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of the tables of a dossier, without values that are missing."""
    path = tmp_path / "data.yaml"
    path.write_text(data, "utf-8")
    made = tables_of(open_dossier([path]), name="case")
    for name, table in made.items():
        assert table.schema.equals(table_schema(name), check_metadata=True)
    return {name: [_filled(row) for row in table.to_pylist()] for name, table in made.items()}


def _filled(row: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a row that are neither missing, false nor empty, without the file."""
    missing = (None, False)
    return {
        name: value
        for name, value in row.items()
        if name != "file" and value != [] and not any(value is one for one in missing)
    }


def test_claims_have_their_fields_and_what_depends_on_others(tmp_path: Path) -> None:
    """An answer is a row of its own, with the issue of the claim that it answers."""
    clean, answer, later = tables(tmp_path)["claims"]

    assert clean == {
        "dossier": "case", "id": "clean", "parties": ["mill", "guild"], "statement": "It is clean.",
        "said": "2021-05", "said_from": datetime(2021, 5, 1), "said_to": datetime(2021, 5, 31, 23, 59, 59),
        "issue": "river", "position": "Yes.", "party": "mill",
        "when": "2021-05", "when_from": datetime(2021, 5, 1), "when_to": datetime(2021, 5, 31, 23, 59, 59),
        "dated_by": "said", "rank": 0, "position_key": "yes", "status": "contested", "answered": True,
        "superseded_by": "later", "line": 4,
    }  # fmt: skip
    assert answer == {
        "dossier": "case", "id": "clean/town", "parties": ["town"], "statement": "No.", "issue": "river",
        "position": "no", "internal": True, "party": "town", "rank": 1, "position_key": "no",
        "status": "answered", "answered": True, "rebuts": True, "withheld": True, "line": 6,
    }  # fmt: skip
    assert (later["id"], later["supersedes"], later["rank"]) == ("later", "clean", 2)


def test_parts_of_claims_are_numbered(tmp_path: Path) -> None:
    """A source that a citation describes has a row among the sources."""
    made = tables(tmp_path)

    assert made["citations"] == [
        {"dossier": "case", "claim": "clean", "number": 0, "source": "letter", "quote": "one", "line": 5},
        {"dossier": "case", "claim": "clean", "number": 1, "source": "clean/source", "line": 5},
    ]  # fmt: skip
    assert made["responses"] == [
        {"dossier": "case", "claim": "clean/town", "number": 0, "target": "clean", "kind": "denies", "line": 6}
    ]  # fmt: skip
    assert made["requests"] == [
        {"dossier": "case", "claim": "later", "number": 0, "party": "lab", "on": "2021-06-01T10:00+02:00",
         "on_from": datetime(2021, 6, 1, 10), "on_to": datetime(2021, 6, 1, 10, 0, 59), "line": 7}
    ]  # fmt: skip
    assert [(one["id"], one["published_from"]) for one in made["sources"]] == [
        ("clean/source", datetime(2021, 1, 2))
    ]
    assert made["issues"][0]["compatible"] == [["yes", "no"]]


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("0001", None, datetime(1, 12, 31, 23, 59, 59)),
        ("1066-10-14", datetime(1066, 10, 14), datetime(1066, 10, 14, 23, 59, 59)),
        ("9999-12-31", datetime(9999, 12, 31), None),
        ("2021/..", datetime(2021, 1, 1), None),
        ("../2021", None, datetime(2021, 12, 31, 23, 59, 59)),
    ],
)
def test_the_bounds_of_dates(
    tmp_path: Path, date: str, first: datetime | None, last: datetime | None
) -> None:
    """They have all years from 1 to 9999; an open end has none."""
    (claim,) = tables(tmp_path, f"claims: [{{id: a, party: p, statement: S, about: '{date}'}}]")[
        "claims"
    ]

    assert (claim["about"], claim.get("about_from"), claim.get("about_to")) == (date, first, last)


def test_every_value_is_in_a_table(tmp_path: Path) -> None:
    """No field of the specification is left out."""
    ledger = Ledger(tmp_path)
    made = tables_of(open_dossier([ledger.folder / "now"]), name="case")
    columns = {name: set(table.column_names) for name, table in made.items()}
    filled = {
        name: {column for column in names if made[name][column].null_count < made[name].num_rows}
        for name, names in columns.items()
    }

    empty = {name: names - filled[name] for name, names in columns.items() if names != filled[name]}
    assert empty == {}


def test_large_tables_are_made_in_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows are the same."""
    expected = tables(tmp_path)
    monkeypatch.setattr(rows, "BATCH_ROWS", 2)

    assert tables(tmp_path) == expected
