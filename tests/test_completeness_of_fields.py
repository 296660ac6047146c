"""Every field of every record appears in every output, so that a new one is not lost in any."""

import json
from pathlib import Path
from typing import Any

import pytest

from claimcli.cli.completion import answer
from tests.support.cli import claimcli
from tests.support.every_field import (
    PARTS,
    RECORDS,
    SPECS,
    VALUES,
    Ledger,
    applicable,
    leaves,
    other,
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """Return the dossier with every field."""
    return Ledger(tmp_path_factory.mktemp("fields"))


PART_FIELDS = {
    "citation": "sources", "reports": "reports", "answer": "responds_to", "request": "asked",
}  # fmt: skip
"""The fields of a claim that contain the parts."""


def value_of(kind: str, field: str) -> Any:
    """Return the value of a field in the dossier."""
    return {**VALUES, **PARTS}[kind][field]


def test_the_dossier_has_every_field_and_a_distinct_value_in_each() -> None:
    """A new field in the table needs a value there, and is then part of every test."""
    assert {kind: set(spec) for kind, spec in SPECS.items()} == {
        kind: set(record) for kind, record in {**VALUES, **PARTS}.items()
    }
    texts = [text for kind in RECORDS for text in leaves(VALUES[kind]) if len(text) > 8]
    assert sorted(set(texts)) == sorted(texts)


@pytest.mark.parametrize(("kind", "field"), applicable("json"))
def test_json(ledger: Ledger, kind: str, field: str) -> None:
    """Under its name and as written; fields with several values are lists."""
    claim = ledger.json["claim"]
    expected = {
        ("claim", "source"): claim["sources"],
        ("claim", "asked"): [value_of("claim", "asked")],
        ("claim", "rebuttals"): ["foul"],
        ("claim", "responses"): [{"id": "so", "kind": "confirms"}],
    }
    if kind in PARTS:
        parts = PART_FIELDS[kind]
        records = claim[parts] if isinstance(claim[parts], list) else [claim[parts]]
        assert value_of(kind, field) in [record[field] for record in records]
    elif (kind, field) == ("claim", "party"):
        assert claim["parties"] == value_of(kind, field)
    elif (kind, field) in (("claim", "source"), ("claim", "sources")):
        assert len(claim["sources"]) == 2
    else:
        assert ledger.json[kind][field] == expected.get((kind, field), value_of(kind, field))


def test_json_has_the_place_and_empty_lists(tmp_path: Path) -> None:
    """A record with only the required fields has the same keys, and its file and line."""
    bare = "parties: [{id: a}]\nsources: [{id: b, title: B}]\nissues: [{id: c, question: C?}]\n"
    (tmp_path / "bare.yaml").write_text(bare, "utf-8")
    found = [
        json.loads(claimcli(command, "-f", "json", "--data", "bare.yaml", cwd=tmp_path).stdout)[0]
        for command in ("parties", "sources", "issues")
    ]

    assert [(r["file"], r["line"]) for r in found] == [("bare.yaml", n) for n in (1, 2, 3)]
    assert [found[0]["aliases"], found[0]["speakers"], found[1]["derived_from"]] == [[], [], []]


@pytest.mark.parametrize(("kind", "field"), applicable("show"))
def test_show(ledger: Ledger, kind: str, field: str) -> None:
    """The card of a claim has the texts of all its fields, and of its citations' fields."""
    values = value_of(kind, field)
    if field in ("source", "sources", "reports", "responds_to", "asked"):
        return  # their fields are tested as those of their parts
    if (kind, field) == ("claim", "party"):
        values = ["Paper Mill", "guild"]
    if (kind, field) in (("citation", "kind"), ("source", "kind"), ("answer", "kind")):
        values = {"answer": "disputes the step"}.get(kind, f"source kind\t{values}")
    if field in ("rebuttals", "responses"):
        values = [values[0]["id"], values[0]["statement"]]

    assert [text for text in leaves(values) if text not in ledger.card] == []


@pytest.mark.parametrize(("kind", "field"), applicable("changes"))
def test_changes(ledger: Ledger, kind: str, field: str) -> None:
    """A changed field is reported with its new value."""
    owner = kind if kind in RECORDS else "claim"
    names = {"party": "parties", "source": "sources"} if kind == "claim" else {}
    after = ledger.changed[owner][PART_FIELDS.get(kind, names.get(field, field))]

    if value_of(kind, field) is True:
        assert kind == "citation" or after == "null"
    elif (owner, field) not in (("claim", "source"), ("claim", "sources")):
        values = leaves(other(value_of(kind, field)))
        assert [text for text in values if text not in after] == []


@pytest.mark.parametrize(("kind", "field"), applicable("sql"))
def test_sql(ledger: Ledger, kind: str, field: str) -> None:
    """The documented tables have a cell with the value."""
    expected = {"1" if text == "true" else text for text in leaves(value_of(kind, field))}

    assert expected - ledger.tables == set()


@pytest.mark.parametrize(("kind", "spec"), SPECS.items())
def test_schema(ledger: Ledger, kind: str, spec: tuple[str, ...]) -> None:
    """The JSON Schema has every field, each with a description."""
    properties = ledger.schema[kind]["properties"]

    assert set(properties) == set(spec)
    assert [name for name, shape in properties.items() if not shape["description"]] == []


@pytest.mark.parametrize(("kind", "field"), applicable("set"))
def test_set_takes_the_field_and_completion_offers_it(
    ledger: Ledger, kind: str, field: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ledger.folder)
    fields = {**PART_FIELDS, "citation": "source"}
    outer = f"{fields[kind]}." if kind in fields else ""
    owner = kind if kind in RECORDS else "claim"
    record = f"{owner}:{VALUES[owner]['id']}"

    _, *offered = answer("bash", [" =", f"claimcli --data now set {record} {outer}{field}"]).split()

    assert f"{outer}{field}=" in offered
    if kind in RECORDS:
        assert list(leaves(ledger.set[kind][field])) == list(leaves(value_of(kind, field)))


@pytest.mark.parametrize(("kind", "spec"), SPECS.items())
def test_fmt_has_a_place_for_every_key(ledger: Ledger, kind: str, spec: tuple[str, ...]) -> None:
    """An unknown key comes after all known keys, though it is written first."""
    assert ledger.formatted[kind][-1] == "unknown"
    assert set(ledger.formatted[kind][:-1]) == set(spec)


@pytest.mark.parametrize("field", ["quote", "translation", "prefix", "suffix"])
def test_fmt_keeps_quotation_marks(tmp_path: Path, field: str) -> None:
    """Words of a source are in quotation marks, though YAML does not require them."""
    text = f"claims:\n  - id: a\n    party: p\n    statement: s\n    source: {{id: s, {field}: 'plain words'}}\n"
    (tmp_path / "a.yaml").write_text(text, "utf-8")

    done = claimcli("fmt", "a.yaml", cwd=tmp_path)

    assert done.returncode == 0
    assert f'source: {{id: s, {field}: "plain words"}}' in (tmp_path / "a.yaml").read_text("utf-8")


def test_changes_has_the_citations_of_a_claim_in_json(ledger: Ledger) -> None:
    """With all fields of the citation, before and after."""
    assert ledger.changed
    changes = json.loads(ledger.run("changes", "now", "later", "-f", "json"))["changes"]
    claim = next(change for change in changes if change["id"] == "clean")

    assert claim["before"]["sources"][0] == VALUES["claim"]["source"]
    assert claim["after"]["sources"][0] == other(VALUES["claim"]["source"])
