"""CSL-JSON: sources as items of reference managers, and back."""

import json
from pathlib import Path
from shutil import which
from subprocess import run
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from claimcli import open_dossier
from claimcli.core.problems import ClaimcliError
from claimcli.core.schema import SOURCE
from claimcli.exchange.bibliography.imported_sources import imported_sources
from claimcli.exchange.bibliography.items import CslItem
from claimcli.exchange.bibliography.source_items import fields_of_source, item_of_source
from claimcli.exchange.converters.csl_json import read, write
from claimcli.exchange.records import ExportOptions, Imported, ImportOptions
from claimcli.exchange.registry import reader_of
from claimcli.exchange.selection import select_records
from tests.support.cli import TEST_DATA, claimcli
from tests.support.every_field import PAGES

SCHEMA = TEST_DATA / "datasets" / "csl" / "csl-data.json"
needs_schema = pytest.mark.skipif(
    not SCHEMA.is_file(), reason="CLAIMCLI_TEST_DATA names no folder with CSL's schema"
)


def read_text(folder: Path, text: str) -> Imported:
    """Return what is read from a file with this text."""
    file = folder / "items.json"
    file.write_text(text, encoding="utf-8")
    return read([file], ImportOptions())


def again(item: dict[str, Any]) -> dict[str, Any]:
    """Return the fields that are read from an item."""
    (record,) = imported_sources([CslItem(json.loads(json.dumps(item)))]).records
    return dict(record.fields)


@pytest.mark.parametrize("sample", ["waterworks", None])
def test_sources_of_a_dossier(sample: str | None, tmp_path: Path) -> None:
    """They are read again as they were, without losses; other records are listed as losses."""
    dossier = open_dossier(sample=sample) if sample else open_dossier("data")
    selection = select_records(dossier, whole=True)

    exported = write(selection, ExportOptions())

    imported = read_text(tmp_path, exported.files[0].data.decode())
    assert [dict(record.fields) for record in imported.records] == [
        fields_of_source(source) for source in selection.sources
    ]
    assert (imported.losses, imported.notes) == ((), ())
    others = (*selection.parties, *selection.issues, *selection.events, *selection.claims)
    assert (exported.losses, len(exported.left_out)) == ((), len(others))


DOSSIER = """\
sources:
  - {id: s, title: S <i>x</i>, published: 2021-12-30T15:35-05:00, kind: primary, note: "type: speech"}
claims:
  - id: a
    party: p
    statement: S.
    source: {title: Inline, published: 2021, quote: "q", outlet: O}
    sources: [s, {title: Second, published: 2020~, url: "https://b.example/x", internal: true}]
    rebuttals:
      - {party: q, statement: No., source: {title: Deep, published: 2022, author: "A, B"}}
"""


def test_sources_in_citations(tmp_path: Path) -> None:
    """Importing them changes nothing, and a corrected one is corrected in its citation."""
    (tmp_path / "data").mkdir()
    data, file = tmp_path / "data" / "a.yaml", tmp_path / "o.json"
    data.write_text(DOSSIER, encoding="utf-8")
    claimcli("export", "--format", "csl-json", "--internal", "-o", str(file), cwd=tmp_path)

    same = claimcli("import", "csl-json", str(file), cwd=tmp_path)
    assert (same.returncode, data.read_text(encoding="utf-8")) == (0, DOSSIER)
    assert same.stderr == "4 sources unchanged\n"

    file.write_text(file.read_text(encoding="utf-8").replace('"Deep"', '"Deeper"'), "utf-8")
    claimcli("import", "csl-json", str(file), "--on-conflict", "update", cwd=tmp_path)
    assert data.read_text(encoding="utf-8") == DOSSIER.replace("Deep", "Deeper")


@pytest.mark.skipif(not which("pandoc"), reason="pandoc is not installed")
def test_another_program_cites_the_items(tmp_path: Path) -> None:
    """pandoc makes a bibliography of them; it knows which name is the family's."""
    note = "type: article-newspaper\nauthor: van Beethoven || Ludwig\nauthor: Press office"
    author = "Ludwig van Beethoven, Press office"
    fields = {"id": "a", "title": "T", "outlet": "The Courier", "published": "2023-05-04"}
    item = item_of_source({**fields, "author": author, "note": note})
    (tmp_path / "a.json").write_text(json.dumps([item]), encoding="utf-8")

    cited = run(
        ["pandoc", "--citeproc", "--bibliography", "a.json", "--to", "plain", "--columns", "100"],
        input="[@a]\n", text=True, capture_output=True, check=True, cwd=tmp_path,
    )  # fmt: skip

    assert cited.stderr == ""
    assert cited.stdout.splitlines()[-1] == (
        "Beethoven, Ludwig van, and Press office. 2023. “T.” The Courier, May 4, 2023."
    )


def test_an_item_of_every_field() -> None:
    """Fields have the properties of CSL, the others are in `custom`."""
    source = {"id": "letter", **PAGES["letter"], "internal": "true"}

    item = item_of_source(source)

    assert source.keys() == set(SOURCE.names)
    custom = item.pop("custom")
    assert item == {
        "id": "letter",
        "type": "webpage",
        "citation-key": "letter",
        "title": "letter title",
        "URL": "https://letter.example/page",
        "language": "letter-language",
        "container-title": "letter outlet",
        "issued": {"date-parts": [[2011, 1, 1]]},
        "accessed": {"date-parts": [[2011, 2, 2]]},
        "author": [{"literal": "letter author"}],
        "note": "letter note",
    }
    names = ("archive_url", "kind", "derived_from", "text", "sha256", "internal")
    assert custom == {"claimcli": {name: source[name] for name in names}}
    assert again({**item, "custom": custom}) == source


def test_properties_in_the_note_are_properties_again() -> None:
    """An item that Zotero exported, imported and exported again, is the same item."""
    item = {
        "id": "smith2023",
        "type": "report",
        "citation-key": "smith2023",
        "title": "Water",
        "publisher": "Council",
        "author": [{"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"}],
        "editor": [{"family": "Roe", "given": "Jo"}, {"literal": "Office"}],
        "issued": {"date-parts": [[2023, 5]]},
        "event-date": {"date-parts": [[2022]]},
        "DOI": "10.1/x",
        "URL": "https://doi.example/x",
        "number-of-pages": "12",
    }

    exported = item_of_source(again(item))

    del exported["custom"]
    assert exported == item


def test_what_the_note_had_is_no_loss() -> None:
    """Reading an exported item again lists only what another program added."""
    source = {"id": "a", "title": "T", "note": "type: speech\nDOI: 10.1/x", "kind": "primary"}
    item = item_of_source(source)

    def losses(item: dict[str, Any]) -> list[str]:
        return [loss.field for loss in imported_sources([CslItem(item)]).losses]

    assert losses(item) == []
    assert losses({**item, "volume": "3"}) == ["type", "DOI", "volume"]


def test_a_change_in_another_program_wins() -> None:
    """A field in `custom` that differs from its property is used as long as that is unchanged."""
    source = {"id": "a", "title": "<i>T</i>", "published": "2021-12-30T15:35Z", "sha256": "0"}
    item = item_of_source(source)

    assert again(item) == source
    assert again({**item, "issued": {"date-parts": [[2022]]}}) == {**source, "published": "2022"}
    assert again({**item, "title": "New"}) == {**source, "title": "New"}


TEXTS = st.text(max_size=30).map(str.strip).filter(bool) | st.sampled_from(
    [
        "type: speech",
        "Citation Key: Roe",
        "author: Roe || Jo\neditor: A || B\nauthor: X",
        "accessed: 2021\nDOI: 10.1/x\nissued: n.d.",
        "<i>x</i><sup>2</sup>",
        "=1+1\n\u202eabc",
        "internal: true\nkind: primary",
    ]
)
DATES = st.sampled_from(
    ["2021", "2021-12~", "202X", "2021-12-30T15:35-05:00", "../2021", "2021-05/2022", "2021?"]
)
SPECIAL = {
    "id": st.sampled_from(["a", "claim/letter", "claim/letter-2/x"]),
    "published": DATES,
    "accessed": DATES,
    "kind": st.sampled_from(["primary", "secondary"]),
    "derived_from": st.lists(st.sampled_from(["a", "b/c"]), min_size=1),
    "internal": st.just("true"),
}
SOURCES = st.fixed_dictionaries(
    {"id": SPECIAL["id"], "title": TEXTS},
    optional={n: SPECIAL.get(n, TEXTS) for n in SOURCE.names if n not in ("id", "title")},
)


@settings(max_examples=150)
@given(SOURCES)
def test_any_source_is_read_again(source: dict[str, Any]) -> None:
    """Export and import give the same fields."""
    assert again(item_of_source(source)) == source


@needs_schema
@settings(max_examples=60)
@given(SOURCES)
def test_items_are_valid(source: dict[str, Any]) -> None:
    """CSL's schema, which permits no other properties, accepts any source."""
    schema = Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))

    assert [error.message for error in schema.iter_errors([item_of_source(source)])] == []


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)
NAMES = st.sampled_from(["title", "author", "issued", "type", "id", "note", "custom", "DOI", "x"])


@settings(max_examples=100)
@given(st.dictionaries(NAMES, VALUES | st.fixed_dictionaries({"date-parts": VALUES})))
def test_malformed_items(item: dict[str, Any]) -> None:
    """Properties of unexpected types are read as far as possible; each source has a title."""
    (record,) = imported_sources([CslItem(item)]).records

    assert record.fields["id"]
    assert record.fields["title"]


def test_the_forms_of_a_file(tmp_path: Path) -> None:
    """It is an array, one item, or what Zotero's interface answers."""
    item = '{"id": "a", "type": "book", "title": "T"}'

    for text in (f"[{item}]", item, f'{{"items": [{item}]}}'):
        (record,) = read_text(tmp_path, text).records
        assert record.fields == {"id": "a", "title": "T", "note": "type: book"}
    assert read_text(tmp_path, "[]").records == ()


def test_an_id_that_is_twice(tmp_path: Path) -> None:
    """An equal item is the same source, another one gets a number."""
    items = [{"id": "Roe", "title": "One"}, {"id": "Roe", "title": "One"}]
    items += [{"id": "roe", "title": "Two"}]

    imported = read_text(tmp_path, json.dumps(items))

    assert [record.fields["id"] for record in imported.records] == ["roe", "roe-2"]
    assert imported.notes == (
        "items.json:1:33: source 'roe' is twice, which is one source",
        "items.json:1:64: a second source 'roe' gets the id 'roe-2'",
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("csl-json", "[" + ",".join(['{"id": 1}'] * 5) + "]"),
        ("ris", "TY  - GEN\n" * 5),
        ("bibtex", "@misc{a}\n" * 5),
    ],
)
def test_too_many_items(
    name: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of very many items is refused."""
    (tmp_path / "a").write_text(text, encoding="utf-8")
    for module in ("bibliography.items", "converters.ris", "converters.bibtex"):
        monkeypatch.setattr(f"claimcli.exchange.{module}.MAX_ITEMS", 4)

    with pytest.raises(ClaimcliError, match="a has more than 4 items"):
        reader_of(name)([tmp_path / "a"], ImportOptions())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[{"id": "a"},\n "b"]', "items.json:2:2: an item of CSL-JSON is an object"),
        ('{"claims": []}', "items.json:1:1: no item of CSL-JSON"),
        ('[{"id": "a",}]', "items.json:1:13: not JSON"),
    ],
)
def test_other_files(tmp_path: Path, text: str, message: str) -> None:
    """What is no item is refused with its location."""
    with pytest.raises(ClaimcliError) as caught:
        read_text(tmp_path, text)

    assert caught.value.message.startswith(message)
    assert caught.value.hint
