"""The sentences, statements and cells of a file for which similar claims are searched."""

import os
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from claimcli.core.problems import ClaimcliError
from claimcli.exchange import input_texts
from claimcli.exchange.input_texts import STDIN, read_input_texts
from tests.support.pdf import Words, pdf

Read = Callable[..., list[tuple[str, str]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Return a function that writes a file, and returns its texts with their locations."""

    def read_file(name: str, content: str | bytes, *, column: str = "") -> list[tuple[str, str]]:
        data = content if isinstance(content, bytes) else content.encode()
        (tmp_path / name).write_bytes(data)
        texts = read_input_texts(tmp_path / name, column=column).texts
        return [(one.text, one.place) for one in texts]

    return read_file


@pytest.fixture
def refused(read: Read, tmp_path: Path) -> Callable[..., str]:
    """Return a function that writes a file, and returns the error of reading it."""

    def read_file(name: str, content: str | bytes, *, column: str = "") -> str:
        with pytest.raises(ClaimcliError) as error:
            read(name, content, column=column)
        return str(error.value).replace(f"{tmp_path}/", "")

    return read_file


def test_sentences_of_a_text(read: Read) -> None:
    """Sentences go on in the next line; paragraphs, items and headings end without a full stop."""
    text = (
        "Minutes\n\nThe main leaks, Mr. Smith\nsaid. It is old!\n\n1. the first item\n2. another\n"
    )

    assert read("minutes.txt", text) == [
        ("Minutes", "minutes.txt:1"),
        ("The main leaks, Mr. Smith said.", "minutes.txt:3"),
        ("It is old!", "minutes.txt:4"),
        ("the first item", "minutes.txt:6"),
        ("another", "minutes.txt:7"),
    ]


def test_one_claim_in_each_line(read: Read) -> None:
    """Lines that all begin like sentences are separate, without full stops too."""
    assert read("claims.txt", "The valve is old\nThe water is unsafe\n5 pumps failed\n") == [
        ("The valve is old", "claims.txt:1"),
        ("The water is unsafe", "claims.txt:2"),
        ("5 pumps failed", "claims.txt:3"),
    ]


def test_sentences_of_markdown(read: Read) -> None:
    """Markup is left out."""
    assert read("a.md", "# Title\n\n- The **main** leaks.\n- a [link](http://x.example)\n") == [
        ("Title", "a.md:1"),
        ("The main leaks.", "a.md:3"),
        ("a link", "a.md:4"),
    ]


def test_sentences_of_a_web_page(read: Read) -> None:
    """The visible sentences have the lines of the file; scripts are left out."""
    page = "<script>No. Yes.</script>\n<h1>Water</h1>\n<p>The main leaks. It\nis <b>old</b>.</p>"

    assert read("page.html", page) == [
        ("Water", "page.html:2"),
        ("The main leaks.", "page.html:3"),
        ("It is old.", "page.html:3"),
    ]


def test_sentences_of_a_pdf(read: Read) -> None:
    """Their places are pages; a word that is divided at the end of a line is joined."""
    first = [
        Words(40, 560, "The main leaks. It is infra-"),
        Words(40, 548, "structure of 1962 and"),
    ]
    second = [Words(40, 560, "breaks in winter. It is old.")]

    assert read("report.pdf", pdf(first, second)) == [
        ("The main leaks.", "report.pdf:p1"),
        ("It is infrastructure of 1962 and breaks in winter.", "report.pdf:p1"),
        ("It is old.", "report.pdf:p2"),
    ]


def test_statements_of_a_dossier(read: Read) -> None:
    """Claims and their answers are searched for by their statements."""
    dossier = """\
claims:
  - id: a
    party: p
    statement: The main leaks.
    rebuttals:
      - {party: q, statement: It does not.}
"""

    assert read("dossier.yaml", dossier) == [
        ("The main leaks.", "dossier.yaml:4"),
        ("It does not.", "dossier.yaml:6"),
    ]


def test_cells_of_a_column(read: Read) -> None:
    """The column is named, recognised by its heading, or the only one; empty cells are skipped."""
    table = "id;what;claim\n1;x;The main leaks\n2;;\n3;y;It is old\n"

    assert read("a.csv", table, column="What") == [("x", "a.csv:R2"), ("y", "a.csv:R4")]
    assert read("a.csv", table) == [("The main leaks", "a.csv:R2"), ("It is old", "a.csv:R4")]
    assert read("a.csv", "Said by X\nIt leaks\n") == [("It leaks", "a.csv:R2")]


def test_values_of_json_lines(read: Read) -> None:
    """A key is the column; texts alone need none."""
    lines = '{"n": 1, "text": "It leaks"}\n{"n": 2}\n{"n": 3, "text": "It is old"}\n'

    assert read("a.jsonl", lines) == [("It leaks", "a.jsonl:1"), ("It is old", "a.jsonl:3")]
    assert read("a.jsonl", lines, column="n") == [
        ("1", "a.jsonl:1"),
        ("2", "a.jsonl:2"),
        ("3", "a.jsonl:3"),
    ]
    assert read("a.json", '["It leaks",\n "It is old"]') == [
        ("It leaks", "a.json:1"),
        ("It is old", "a.json:2"),
    ]


def test_an_unknown_column_lists_the_columns(refused: Callable[..., str]) -> None:
    """The hint has the columns of the file, or the one that is probably meant."""
    assert refused("a.csv", "id,what\n1,x\n", column="claim") == (
        "a.csv: no column 'claim'; the columns are 'id', 'what'"
    )
    assert refused("a.csv", "id,what\n1,x\n", column="waht") == (
        "a.csv: no column 'waht'; did you mean 'what'?"
    )
    assert refused("a.jsonl", '{"id": 1, "what": "x"}', column="") == (
        "a.jsonl: which column has the texts is not clear;"
        " name it with --column; the columns are 'id', 'what'"
    )
    assert refused("a.txt", "x", column="what") == (
        "--column names a column of a CSV or JSON Lines file, and a.txt is neither;"
        " leave it out, or give the file the extension .csv or .jsonl"
    )


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"\xff\xfeX", "a.txt' is not UTF-16 from byte 2 on"),
        ("a.txt", b"caf\xe9", "a.txt' is not UTF-8 from byte 3 on; it seems to be windows-1252"),
        ("a.txt", b"", "a.txt has no text to search for; name another file"),
        ("a.csv", b"", "a.csv has no text to search for; name another file"),
        ("a.csv", b"text\n", "a.csv has no text to search for; name another file"),
        ("a.csv", b'text\n"x', "a.csv:R2: a quotation mark is not closed"),
        ("a.jsonl", b'{"text": ', "a.jsonl:1:10: not JSON: expecting value"),
        ("a.jsonl", b'{"text": "\xff"}', "a.jsonl:1:11: the byte 0xff is not UTF-8; save the file"),
        ("a.yaml", b"claims: [", "a.yaml:2: while parsing a flow node"),
        ("a.pdf", b"%PDF-", "a.pdf' cannot be extracted"),
        ("a.doc", b"x", "a.doc: no format '.doc'; the extension is one of .txt, .srt"),
    ],
)
def test_a_file_that_cannot_be_read(
    refused: Callable[..., str], name: str, content: bytes, message: str
) -> None:
    """The error says what is wrong, where, and how to fix it."""
    assert message in refused(name, content)


def test_a_missing_file(tmp_path: Path) -> None:
    """The error names the path."""
    with pytest.raises(ClaimcliError, match=r"there is no file '.*nowhere\.txt'"):
        read_input_texts(tmp_path / "nowhere.txt")


def test_a_pipe_is_read_like_a_file(tmp_path: Path) -> None:
    """As a shell gives it for ``<(command)``."""
    os.mkfifo(tmp_path / "pipe")
    writer = Thread(target=(tmp_path / "pipe").write_text, args=["It leaks. It is old."])
    writer.start()

    assert [one.text for one in read_input_texts(tmp_path / "pipe").texts] == [
        "It leaks.",
        "It is old.",
    ]
    writer.join()


def test_texts_of_one_file_are_bounded(
    refused: Callable[..., str], read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file with too many texts is refused, a text that is too long is cut."""
    monkeypatch.setattr(input_texts, "MAX_TEXTS", 2)

    assert refused("a.txt", "A b.\nC d.\nE f.\n") == "a.txt has more than 2 texts; divide it"
    assert len(read("a.txt", "x" * 20_000)[0][0]) == input_texts.MAX_LENGTH


def test_the_format_of_standard_input_is_recognised() -> None:
    """It has no extension; with a column it is CSV unless it begins like JSON."""

    def texts(data: bytes, column: str = "") -> list[str]:
        return [one.text for one in read_input_texts(STDIN, column=column, data=data).texts]

    assert texts(b"It leaks. It is old.") == ["It leaks.", "It is old."]
    assert texts(b"a,b\nx,y\n", "b") == ["y"]
    assert texts(b'{"a": "x", "b": "y"}\n', "b") == ["y"]
    assert texts(b"<!DOCTYPE html><p>It leaks.") == ["It leaks."]


@pytest.mark.parametrize(
    ("name", "content", "column"),
    [
        ("a.csv", "text,day\nIt leaks.,1\n,2\n\n,3\n", "text"),
        ("a.jsonl", '{"text": "It leaks."}\n{"day": 2}\n{"text": " "}\n', "text"),
        (
            "a.yaml",
            "claims:\n- {id: a, party: p, statement: It leaks.}\n- {id: b}\n- {party: q}\n",
            "",
        ),
    ],
)
def test_records_without_a_text_are_counted(
    tmp_path: Path, name: str, content: str, column: str
) -> None:
    """Empty rows are no records."""
    (tmp_path / name).write_text(content)

    found = read_input_texts(tmp_path / name, column=column)

    assert [one.text for one in found.texts] == ["It leaks."]
    assert found.without_text == 2


def test_two_columns_of_a_name_are_an_error(refused: Callable[..., str]) -> None:
    """Neither is read in place of the other."""
    assert refused("a.csv", "text,Text\nIt leaks.,It is old.\n", column="TEXT") == (
        "a.csv: there are 2 columns 'TEXT'; give one of them another name"
    )
