"""CSV files as programs write them: encodings, separators, quotation marks."""

from pathlib import Path

import pytest

from claimcli.core.problems import ClaimcliError
from claimcli.exchange.records import ImportOptions
from claimcli.exchange.sheets import sheet
from claimcli.exchange.sheets.delimited import read_csv
from claimcli.exchange.sheets.sheet import MAX_CHARACTERS

ROWS = [["Claim", "Who"], ["Die Brücke, sicher", "Bürgermeister"]]


def read(path: Path, data: bytes, **options: str) -> list[list[str]]:
    path.write_bytes(data)
    return read_csv(path, ImportOptions(**options)).rows


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("separator", [";", "\t", ",", "|"])
def test_encoding_and_separator_are_detected(tmp_path: Path, encoding: str, separator: str) -> None:
    """With or without a byte order mark, with commas in texts, with the line ends of Windows."""
    quoted = "".join(separator.join(f'"{cell}"' for cell in row) + "\r\n" for row in ROWS)

    assert read(tmp_path / "a.csv", quoted.encode(encoding)) == ROWS


def test_a_line_that_names_the_separator(tmp_path: Path) -> None:
    """Excel's first line 'sep=;' is no row of cells; rows keep their numbers."""
    assert read(tmp_path / "a.csv", b"sep=;\na,b,c;d\n") == [[], ["a,b,c", "d"]]


def test_separator_and_encoding_that_the_user_names(tmp_path: Path) -> None:
    """They are not detected then; other names are refused."""
    path = tmp_path / "a.csv"
    assert read(path, b"a,b\xe4~c\n", separator="~", encoding="latin-1") == [["a,bä", "c"]]
    assert read(path, b"a\tb,c\n", separator="tab") == [["a", "b,c"]]
    with pytest.raises(ClaimcliError, match="no separator '::'"):
        read(path, b"a\n", separator="::")
    with pytest.raises(ClaimcliError, match="no encoding 'klingon'"):
        read(path, b"a\n", encoding="klingon")
    with pytest.raises(ClaimcliError, match="from here on the file is not in utf-8"):
        read(path, b"a\n\xff\n", encoding="utf-8")


def test_cells_with_line_breaks_and_an_apostrophe_before_a_formula(tmp_path: Path) -> None:
    """A cell has line feeds; of the apostrophes before a formula one is removed."""
    data = b"\"a\r\nb\",'=1+1,''=1,'tis,=2\n"

    assert read(tmp_path / "a.csv", data) == [["a\nb", "=1+1", "'=1", "'tis", "=2"]]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            b'a\n"b\n',
            'a.csv:R2: a quotation mark is not closed; write one that is part of the text as ""',
        ),
        (
            b'a,b\n"b" c,d\n',
            "a.csv:R2: a cell goes on after its closing quotation mark; "
            'write quotation marks in a cell as "", or name the separator with --separator',
        ),
        (
            b"a,b\nc," + b"d" * (MAX_CHARACTERS + 1),
            "a.csv:R2C2: more than 32,767 characters in a cell; "
            "shorten it, or put a part of it into another cell",
        ),
        (
            b'a,b\nc,"' + b"d" * 200_000,
            "a.csv:R2: more than 32,767 characters in a cell; "
            "perhaps a quotation mark is not closed; write one that is part of the text twice",
        ),
        (
            b"a\n" + b"," * 1000 + b"\n",
            "a.csv:R2C1001: more than 1,000 columns; remove the columns that have no data",
        ),
    ],
    ids=["unclosed", "after-quote", "long", "endless", "wide"],
)
def test_what_cannot_be_read_names_its_place(tmp_path: Path, data: bytes, message: str) -> None:
    """An error has the row, the column if it is known, and a hint."""
    with pytest.raises(ClaimcliError) as error:
        read(tmp_path / "a.csv", data)

    assert str(error.value) == message


@pytest.mark.parametrize("encoding", ["utf-16", "idna"])
def test_another_encoding_than_the_named_one_is_an_error(tmp_path: Path, encoding: str) -> None:
    """UTF-16 without a byte order mark is one, since the name alone does not say the order."""
    with pytest.raises(ClaimcliError, match=r"a\.csv:R1: the file is not in") as caught:
        read(tmp_path / "a.csv", b"id,party\na,mill\n", encoding=encoding)

    assert caught.value.hint == "name its encoding with --encoding"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no device without an end")
def test_a_device_without_an_end_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """No more of it is read than a file may have."""
    monkeypatch.setattr(sheet, "MAX_BYTES", 1024**2)

    with pytest.raises(ClaimcliError, match="/dev/zero is larger than 1 MiB"):
        read_csv(Path("/dev/zero"), ImportOptions())
