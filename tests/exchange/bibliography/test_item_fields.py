"""Items of reference managers as the fields of a source."""

from typing import Any

import pytest

from claimcli.exchange.bibliography.item_fields import fields_of_item, id_of_key
from claimcli.exchange.bibliography.items import DATES, NAMES, TEXTS, CslItem

ARTICLE = {
    "id": "http://zotero.org/users/local/ab/items/9XKQ2ZAB",
    "type": "article-newspaper",
    "title": "Brown water explained",
    "container-title": "The Courier",
    "author": [{"family": "Smith", "given": "Jane"}, {"literal": "Press office"}],
    "issued": {"date-parts": [["2023", 5, "4"]]},
    "accessed": {"date-parts": [[2023, 5, 9]]},
    "URL": "https://courier.example/brown",
    "language": "en-GB",
    "ISSN": "1234-5678",
    "note": "archive_url: https://archive.example/x\nA remark\ntex.x: y",
}


def fields(**properties: Any) -> dict[str, Any]:
    """Return the fields of a document with some properties."""
    return fields_of_item(
        CslItem({"id": "a", "type": "document", "title": "T", **properties})
    ).fields


def test_an_article() -> None:
    """Properties are fields, or lines of the note, and lines of the note are fields."""
    assert fields_of_item(CslItem(ARTICLE)).fields == {
        "id": "9xkq2zab",
        "title": "Brown water explained",
        "outlet": "The Courier",
        "author": "Jane Smith, Press office",
        "published": "2023-05-04",
        "accessed": "2023-05-09",
        "url": "https://courier.example/brown",
        "language": "en-GB",
        "archive_url": "https://archive.example/x",
        "note": "A remark\n"
        "tex.x: y\n"
        "type: article-newspaper\n"
        "id: http://zotero.org/users/local/ab/items/9XKQ2ZAB\n"
        "author: Smith || Jane\n"
        "author: Press office\n"
        "ISSN: 1234-5678",
    }


@pytest.mark.parametrize(
    ("date", "text", "kept"),
    [
        ({"date-parts": [["2021", "12", "30"]]}, "2021-12-30", None),
        ({"date-parts": [[2021, 12]]}, "2021-12", None),
        ({"date-parts": [["2021", "", ""]]}, "2021", None),
        ({"date-parts": [[2021, 5, 1], [2021, 5, 3]]}, "2021-05-01/2021-05-03", None),
        ({"date-parts": [[2021]], "circa": True}, "2021~", None),
        ({"date-parts": [[2021]], "circa": "1"}, "2021~", None),
        ({"date-parts": [[800]]}, "0800", None),
        ({"date-parts": [[2021, 12, 30]], "literal": "Dec 30, 2021"}, "2021-12-30", None),
        ({"date-parts": [["2021"]], "season": "1"}, "2021", "issued: 2021, season 1"),
        ({"date-parts": [[2021, 21]]}, "2021", "issued: 2021-21"),
        ({"raw": "2021-12-30T10:00Z"}, "2021-12-30T10:00Z", None),
        ({"raw": "30 December 2021"}, "2021-12-30", None),
        ({"literal": "circa 1920"}, "1920~", None),
        ({"literal": "n.d."}, None, "issued: n.d."),
        ({"literal": "5/4/2021"}, None, "issued: 5/4/2021"),
        ({"date-parts": [[2021, 2, 30]]}, None, "issued: 2021-2-30"),
        ({"date-parts": [[-50]]}, None, "issued: -50"),
        ("2021-05/2021-06", "2021-05/2021-06", None),
    ],
)
def test_dates(date: Any, text: str | None, kept: str | None) -> None:
    """Both styles of Zotero and texts are read; what is no date is in the note."""
    read = fields(issued=date)

    assert (read.get("published"), read.get("note")) == (text, kept)


@pytest.mark.parametrize(
    ("name", "text", "kept"),
    [
        ({"family": "Smith", "given": "Jane"}, "Jane Smith", "author: Smith || Jane"),
        (
            {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
            "Ludwig van Beethoven",
            "author: van Beethoven || Ludwig",
        ),
        (
            {"family": "La Fontaine", "given": "Jean", "dropping-particle": "de"},
            "Jean de La Fontaine",
            "author: La Fontaine || Jean de",
        ),
        (
            {"family": "Angelo", "given": "Ana", "non-dropping-particle": "d'"},
            "Ana d'Angelo",
            "author: d'Angelo || Ana",
        ),
        (
            {"family": "King", "given": "Martin", "suffix": "Jr."},
            "Martin King Jr.",
            "author: King || Martin, Jr.",
        ),
        ({"literal": "Council, press office"}, "Council, press office", None),
        ({"family": "Plato"}, "Plato", None),
        ("Jane Smith", "Jane Smith", None),
    ],
)
def test_names(name: Any, text: str, kept: str | None) -> None:
    """An author is named as people are called; the note says what the family name is."""
    read = fields(author=[name])

    assert (read["author"], read.get("note")) == (text, kept)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("smith2020", "smith2020"),
        ("smithBrown2020", "smithbrown2020"),
        ("claim/letter", "claim/letter"),
        ("müller:2020", "muller-2020"),
        ("10387743/LB9ZTIBV", "lb9ztibv"),
        ("http://zotero.org/users/1/items/LB9ZTIBV", "lb9ztibv"),
        ("-_-", ""),
    ],
)
def test_ids(key: str, name: str) -> None:
    """A citation key becomes a valid id."""
    assert id_of_key(key) == name


def test_citation_keys() -> None:
    """That of a property, else of a line of the note, else the id is the id of the source."""
    assert fields(**{"id": "x/1", "citation-key": "Roe1999"})["id"] == "roe1999"
    assert fields(id="x", note="Citation Key: roe") == {
        "id": "roe",
        "title": "T",
        "note": "Citation Key: roe\nid: x",
    }
    assert fields(id="Roe1999")["note"] == "Citation Key: Roe1999"


def test_the_outlet_depends_on_the_type() -> None:
    """Other properties that could be the outlet are in the note."""
    both = {"publisher": "P", "container-title": "C"}

    assert (fields(**both)["outlet"], fields(**both)["note"]) == ("P", "container-title: C")
    assert fields(**both, type="broadcast")["outlet"] == "C"
    assert fields(type="legal_case", authority="High Court")["outlet"] == "High Court"
    assert fields(type="speech", publisher="P")["outlet"] == "P"


def test_lines_of_the_note() -> None:
    """Those with a valid value of a field that the item lacks are that field."""
    note = (
        "Accessed: 9 May 2023\nkind: primary\nderived_from: wire, Other\nInternal: true\n"
        "Archive URL: https://a.example\ntext: secret.txt\nauthor: Roe || Jo\n"
        "published: perhaps\n\nkind: good"
    )

    assert fields(note=note) == {
        "id": "a",
        "title": "T",
        "accessed": "2023-05-09",
        "kind": "primary",
        "derived_from": ["wire", "other"],
        "internal": "true",
        "archive_url": "https://a.example",
        "author": "Jo Roe",
        "note": "text: secret.txt\nauthor: Roe || Jo\npublished: perhaps\n\nkind: good",
    }


def test_titles() -> None:
    """Markup is left out, raised digits are signs, and an item without a title gets one."""
    assert fields(title="<i>A</i> CO<sub>2</sub> 10<sup>6</sup> x<sup>ab</sup> <b> a < b")[
        "title"
    ] == ("A CO₂ 10⁶ x<sup>ab</sup>  a < b")
    assert fields(title="", **{"title-short": "Short"})["title"] == "Short"
    assert fields(title=None, type="interview")["title"] == "[interview]"


def test_a_doi_is_an_address() -> None:
    """It is used if there is no other, and is in the note."""
    assert fields(DOI="10.1/AB")["url"] == "https://doi.org/10.1/ab"
    assert fields(DOI="10.1/AB", URL="https://a.example")["url"] == "https://a.example"


@pytest.mark.parametrize("name", sorted({*TEXTS, *NAMES, *DATES, "categories", "system_id"}))
def test_every_property_is_expressed_or_listed(name: str) -> None:
    """Its value is in a field, or in the note and in the list of losses."""
    value: Any = "1987-06-05" if name in DATES else "Words"
    value = {"raw": value} if name in DATES else [{"literal": value}] if name in NAMES else value
    item = {"id": "a", "type": "chapter", "title": "T", "container-title": "C", name: value}

    read = fields_of_item(CslItem(item))

    text = "1987-06-05" if name in DATES else "words" if name == "citation-key" else "Words"
    own = {field: v for field, v in read.fields.items() if field != "note"}
    listed = [one.name for one in read.unexpressed]
    assert text in own.values() or (name in listed and text in str(read.fields["note"]))
