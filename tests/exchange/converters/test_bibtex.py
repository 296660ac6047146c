"""BibTeX: entries as sources."""

import json
from pathlib import Path
from shutil import which
from subprocess import run

import pytest

from claimcli.core.problems import ClaimcliError
from claimcli.exchange.bibliography.bibtex_entries import bibtex_entries
from claimcli.exchange.bibliography.dates import date_of
from claimcli.exchange.bibliography.items import CslItem
from claimcli.exchange.converters import bibtex
from claimcli.exchange.converters.bibtex import read
from claimcli.exchange.records import Imported, ImportOptions

ARTICLE = r"""% exported for jane@example.org
@comment{jabref-meta: x}
@string{courier = "The " # {Courier}}
@article{SmithBrown2023,
  title = {Brown {{Water}} Explained: \emph{{{CO}}}\textsubscript{2} \unknown{x}},
  author = {Smith, Jane and {Council and Press Office} and
    family=Beethoven, given=Ludwig, prefix=van, useprefix=true and M{\"u}ller, Jr., Karl and others},
  date = {2023-05-04},
  journaltitle = courier,
  entrysubtype = {newspaper},
  url = {https://courier.example/a\_b},
  urldate = {2023-05-09},
  langid = {british},
  pages = {3--4},
  file = {/home/jane/Zotero/x.pdf},
  note = {archive\_url: https://archive.example/1},
  keywords = {water,iron},
  eprint = {123},
  title = {A second title},
}
"""


def read_text(folder: Path, text: str) -> Imported:
    """Return what is read from a file with this text."""
    file = folder / "a.bib"
    file.write_text(text, encoding="utf-8")
    return read([file], ImportOptions())


def test_an_article(tmp_path: Path) -> None:
    """Fields of BibLaTeX are fields of the source, or lines of the note."""
    imported = read_text(tmp_path, ARTICLE)

    (record,) = imported.records
    assert record.where == "a.bib:4"
    assert record.fields == {
        "id": "smithbrown2023",
        "title": "Brown Water Explained: CO₂ x",
        "outlet": "The Courier",
        "author": "Jane Smith, Council and Press Office, Ludwig van Beethoven, Karl Müller Jr., et al.",
        "published": "2023-05-04",
        "accessed": "2023-05-09",
        "url": "https://courier.example/a_b",
        "archive_url": "https://archive.example/1",
        "language": "en-GB",
        "note": "type: article-newspaper\n"
        "Citation Key: SmithBrown2023\n"
        "author: Smith || Jane\n"
        "author: Council and Press Office\n"
        "author: van Beethoven || Ludwig\n"
        "author: Müller || Karl, Jr.\n"
        "author: et al.\n"
        "keyword: water,iron\n"
        "page: 3-4\n"
        "tex.title: A second title\n"
        "tex.eprint: 123",
    }
    assert [(loss.field, loss.kind.value, loss.detail) for loss in imported.losses] == [
        ("file", "dropped", "a file"),
        ("title", "approximated", "without \\unknown"),
        ("type", "kept-in-note", ""),
        ("citation-key", "kept-in-note", ""),
        ("author", "kept-in-note", "which part is the family name"),
        ("title", "approximated", "without markup"),
        ("keyword", "kept-in-note", ""),
        ("page", "kept-in-note", ""),
        ("tex.title", "kept-in-note", ""),
        ("tex.eprint", "kept-in-note", ""),
    ]


@pytest.mark.parametrize(
    ("fields", "published", "note"),
    [
        ("year = 2023", "2023", None),
        ("year = {2023}, month = may, day = 2", "2023-05-02", None),
        ("year = {2023}, month = {5}", "2023-05", None),
        ('year = "2023", month = "2 " # may', "2023-05-02", None),
        ("year = 2023, month = {December}", "2023-12", None),
        ("date = {2023-05/2023-06}", "2023-05/2023-06", None),
        ("date = {2023-05-04}, year = {2023}, month = {05}", "2023-05-04", None),
        ("date = {2023-05-04}, year = {2022}", "2023-05-04", "tex.year: 2022"),
        ("year = {n.d.}", None, "tex.year: n.d."),
        ("year = {2023}, month = {Spring}", None, "tex.year: 2023\ntex.month: Spring"),
        ("date = {soon}", None, "issued: soon"),
    ],
)
def test_dates(tmp_path: Path, fields: str, published: str | None, note: str | None) -> None:
    """A date of BibLaTeX, or the parts that BibTeX has; what is unclear is in the note."""
    (record,) = read_text(tmp_path, f"@misc{{a, title = {{T}}, {fields}}}").records

    assert (record.fields.get("published"), record.fields.get("note")) == (published, note)


@pytest.mark.parametrize(
    ("name", "author", "kept"),
    [
        ("Smith, Jane", "Jane Smith", "Smith || Jane"),
        ("Jane Smith", "Jane Smith", "Smith || Jane"),
        ("Jean de La Fontaine", "Jean de La Fontaine", "de La Fontaine || Jean"),
        ("van Beethoven, Ludwig", "Ludwig van Beethoven", "van Beethoven || Ludwig"),
        ("King, Jr., Martin Luther", "Martin Luther King Jr.", "King || Martin Luther, Jr."),
        ("{Council, press office}", "Council, press office", None),
        ("Plato", "Plato", None),
        ("{\\'E}mile {van Gogh Museum}", "Émile van Gogh Museum", "van Gogh Museum || Émile"),
    ],
)
def test_names(tmp_path: Path, name: str, author: str, kept: str | None) -> None:
    """The forms of names; one in braces is that of an organisation."""
    (record,) = read_text(tmp_path, f"@misc{{a, title = {{T}}, author = {{{name}}}}}").records

    note = f"author: {kept}" if kept else None
    assert (record.fields["author"], record.fields.get("note")) == (author, note)


def test_other_entries(tmp_path: Path) -> None:
    """Entries in parentheses, of unknown types, without fields, and parts of a book."""
    text = r"""
    @TechReport(rep, title={Report (final)}, institution="Lab {"}A{"}", number={7}, year=2022)
    @weird{x, title={Odd}, month = tomorrow, howpublished = {\url{https://x.example/~a}}}
    @misc{only-key}
    @incollection{ch, title={Chapter}, crossref={bk}}
    @book{bk, title={The Book}, publisher={Pub}, year={1999}}
    """
    imported = read_text(tmp_path, text)

    assert [dict(record.fields) for record in imported.records] == [
        {
            "id": "rep",
            "title": "Report (final)",
            "outlet": 'Lab "A"',
            "published": "2022",
            "note": "type: report\nnumber: 7",
        },
        {
            "id": "x",
            "title": "Odd",
            "url": "https://x.example/~a",
            "note": "tex.month: tomorrow\ntex.entrytype: weird",
        },
        {"id": "only-key", "title": "[document]"},
        {
            "id": "ch",
            "title": "Chapter",
            "outlet": "The Book",
            "published": "1999",
            "note": "type: chapter\npublisher: Pub\ntex.crossref: bk",
        },
        {
            "id": "bk",
            "title": "The Book",
            "outlet": "Pub",
            "published": "1999",
            "note": "type: book",
        },
    ]
    assert ("tomorrow", "no @string defines it") in [(o.field, o.detail) for o in imported.losses]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("@misc{a, title = {T}", "a.bib:1: @misc is not closed"),
        ("\n@misc{a, title = {T} year = 2}", "a.bib:2: ',' is missing after 'title'"),
        ("@misc{a,\n title = {T},\n = 5}", "a.bib:3: a field is missing here"),
        ("@misc{a, title = }", "a.bib:1: a value is missing here"),
        ("title,author", "a.bib: no entry of BibTeX"),
        (
            "@string{a={x}}" + "@string{a=a#a}" * 40 + "@misc{k, title=a}",
            "a.bib:1: an entry of more than 1,000,000 characters",
        ),
        ("@misc{" * 10_000, "a.bib:1: @misc is not closed"),
    ],
)
def test_invalid_files(tmp_path: Path, text: str, message: str) -> None:
    """No entry is skipped silently."""
    with pytest.raises(ClaimcliError) as caught:
        read_text(tmp_path, text)

    assert caught.value.message == message
    assert caught.value.hint


def test_the_fields_are_those_of_a_library(tmp_path: Path) -> None:
    """bibtexparser reads the same types, keys and values."""
    library = pytest.importorskip("bibtexparser", reason="bibtexparser is not installed")
    text = ARTICLE.replace("  title = {A second title},\n", "")
    parser = library.bparser.BibTexParser(ignore_nonstandard_types=False)

    (theirs,) = parser.parse(text).entries
    (ours,) = bibtex_entries(tmp_path / "a.bib", text)

    values = {name: " ".join(values[0].split()) for name, values in ours.fields.items()}
    assert {**values, "ENTRYTYPE": ours.kind, "ID": ours.key} == {
        name: " ".join(value.split()) for name, value in theirs.items()
    }


@pytest.mark.skipif(not which("pandoc"), reason="pandoc is not installed")
def test_the_items_are_those_of_pandoc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It reads the same names, dates and addresses."""
    ours: list[CslItem] = []
    text = ARTICLE.replace("\\_", "_").replace("  title = {A second title},\n", "")
    monkeypatch.setattr(bibtex, "imported_sources", lambda items, _: ours.extend(items))
    read_text(tmp_path, text)

    command = ["pandoc", "--from", "biblatex", "--to", "csljson"]
    (theirs,) = json.loads(run(command, input=text, capture_output=True, text=True).stdout)

    (item,) = ours
    for name in ("type", "URL", "container-title", "language", "page", "keyword"):
        assert item.properties[name] == theirs[name], name
    assert item.properties["author"][:-1] == theirs["author"][:-1]
    for name in ("issued", "accessed"):
        assert date_of(item.properties[name]) == date_of(theirs[name])
