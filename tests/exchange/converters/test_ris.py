"""RIS: records of library catalogues and newspaper archives as sources."""

import re
from pathlib import Path

import pytest

from claimcli.core.problems import ClaimcliError
from claimcli.exchange.converters.ris import read, records_of
from claimcli.exchange.records import Imported, ImportOptions

ARTICLE = """\
Provider: Some Archive

TY  - NEWS
AU  - Smith, Jane
AU  - van Beethoven, Ludwig
A1  - Ministry of Defence, press office
T1  - Brown water explained
JO  - The Courier
T2  - The Courier
PY  - 2023
DA  - 2023/05/04/
Y2  - 2023/05/09/
UR  - https://courier.example/a;b=1
UR  - https://mirror.example/x
N2  - An abstract
that goes on

and on.
KW  - water
KW  - iron
SP  - 3
EP  - 4
L1  - /home/jane/x.pdf
XX  - odd
N1  - archive_url: https://archive.example/1
ER  -
"""


def read_text(folder: Path, text: str | bytes) -> Imported:
    """Return what is read from a file with this text."""
    file = folder / "a.ris"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read([file], ImportOptions())


def test_an_article(tmp_path: Path) -> None:
    """Tags are fields or lines of the note; only a path on somebody's computer is dropped."""
    imported = read_text(tmp_path, ARTICLE)

    (record,) = imported.records
    assert record.where == "a.ris:3"
    assert record.fields == {
        "id": "brown-water-explained",
        "title": "Brown water explained",
        "outlet": "The Courier",
        "author": "Jane Smith, Ludwig van Beethoven, Ministry of Defence, press office",
        "published": "2023-05-04",
        "accessed": "2023-05-09",
        "url": "https://courier.example/a;b=1",
        "archive_url": "https://archive.example/1",
        "note": "type: article-newspaper\n"
        "author: Smith || Jane\n"
        "author: van Beethoven || Ludwig\n"
        "author: Ministry of Defence, press office\n"
        "abstract: An abstract that goes on and on.\n"
        "keyword: water; iron\n"
        "page: 3-4\n"
        "URL: https://mirror.example/x\n"
        "XX: odd",
    }
    assert [(loss.field, loss.kind.value, loss.where) for loss in imported.losses] == [
        ("line outside of a record", "dropped", "a.ris:1"),
        ("L1", "dropped", "a.ris:3"),
        *(
            (field, "kept-in-note", "a.ris:3")
            for field in ("type", "author", "abstract", "keyword", "page", "URL", "XX")
        ),
    ]


@pytest.mark.parametrize(
    ("lines", "published", "note"),
    [
        ("PY  - 2021", "2021", None),
        ("PY  - 2021///", "2021", None),
        ("Y1  - 2021/12//", "2021-12", None),
        ("DA  - 2021-12-30\nPY  - 2021", "2021-12-30", None),
        ("DA  - Dec 30\nPY  - 2021", "2021-12-30", None),
        ("DA  - 30 December 2021", "2021-12-30", None),
        ("PY  - 2021///Spring", "2021", "PY: 2021///Spring"),
        ("PY  - 2020\nDA  - 2021/12/30", "2021-12-30", "PY: 2020"),
        ("DA  - 5/4/2021", None, "DA: 5/4/2021"),
    ],
)
def test_dates(tmp_path: Path, lines: str, published: str | None, note: str | None) -> None:
    """The most precise date is used; what it does not say is in the note."""
    (record,) = read_text(tmp_path, f"TY  - GEN\nTI  - T\n{lines}\nER  - \n").records

    assert (record.fields.get("published"), record.fields.get("note")) == (published, note)


def test_untidy_files(tmp_path: Path) -> None:
    """Windows line ends and encoding, one space before the hyphen, missing ends, unknown types."""
    text = "TY - BLOG\r\nTI - Caf\xe9\r\nID - Roe2021\r\nTY  - ODD\r\nTI  - Last\r\nUR  - http://a.example"

    imported = read_text(tmp_path, text.encode("cp1252"))

    assert [dict(record.fields) for record in imported.records] == [
        {"id": "roe2021", "title": "Café", "note": "type: post-weblog\nCitation Key: Roe2021"},
        {
            "id": "last",
            "title": "Last",
            "url": "http://a.example",
            "note": "type: document\nTY: ODD",
        },
    ]
    assert imported.notes == (
        "a.ris: encoding windows-1252, which is a guess; --encoding names another",
    )


def test_records_of_one_title(tmp_path: Path) -> None:
    """They are different sources, with ids that are the same each time."""
    text = "".join(f"TY  - GEN\nTI  - T\nUR  - http://{x}.example\nER  - \n" for x in "ab")

    assert [record.fields["id"] for record in read_text(tmp_path, text).records] == ["t", "t-2"]


def test_an_invalid_address_as_title(tmp_path: Path) -> None:
    """The id is made of its words."""
    (record,) = read_text(tmp_path, "TY  - ELEC\nUR  - http://[x/page\nER  - \n").records

    assert record.fields == {
        "id": "http-x-page",
        "title": "http://[x/page",
        "url": "http://[x/page",
    }


def test_other_files(tmp_path: Path) -> None:
    """A file without records is refused."""
    with pytest.raises(ClaimcliError) as caught:
        read_text(tmp_path, "title,author\n")

    assert str(caught.value) == (
        "a.ris: no record of RIS; a record begins with a line such as 'TY  - NEWS'"
    )


def test_the_tags_are_those_of_a_library() -> None:
    """rispy reads the same values of a regular record; it repeats only some tags."""
    library = pytest.importorskip("rispy", reason="rispy is not installed")
    text = "TY  - NEWS\nAU  - Smith, Jane\nAU  - Roe, Jo\nTI  - T\nPY  - 2023\nKW  - x\nER  - \n"
    tags = dict.fromkeys(re.findall("^[A-Z]{2}", text, re.MULTILINE))

    (theirs,) = library.loads(text, mapping={t: t for t in tags}, list_tags=list(tags))
    (ours,), outside = records_of(text)

    assert {"TY": ours.type, **ours.tags} == theirs
    assert outside == []
