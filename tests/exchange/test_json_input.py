"""JSON files of other tools: locations, limits, and what nobody read."""

from pathlib import Path

import pytest

from claimcli.core.problems import ClaimcliError
from claimcli.exchange import json_input
from claimcli.exchange.json_input import MAX_DEPTH, JsonValue, read_json

TWO_LINES = '{"a": [1, {"b": "x"}],\n "c": {"d": null, "e": 2.50}}\n'


def document(tmp_path: Path, text: str | bytes) -> JsonValue:
    path = tmp_path / "a.json"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_json(path).documents[0]


def error_of(tmp_path: Path, text: str | bytes) -> str:
    with pytest.raises(ClaimcliError) as caught:
        document(tmp_path, text)
    return f"{caught.value.message}; {caught.value.hint}"


def test_every_value_has_a_location(tmp_path: Path) -> None:
    """Lines and columns count from 1; a missing value has the location of its container."""
    value = document(tmp_path, TWO_LINES)

    assert [
        value.location,
        value["a"].location,
        value["a"][1]["b"].location,
        value["c"]["e"].location,
        value["c"]["missing"].location,
        value["a"][0].location,
    ] == ["a.json:1:1", "a.json:1:7", "a.json:1:17", "a.json:2:24", "a.json:2:7", "a.json:1:8"]


def test_numbers_stay_as_written(tmp_path: Path) -> None:
    """No zero is lost, and a number of 5,000 digits is no error."""
    value = document(tmp_path, f'{{"e": 2.50, "n": NaN, "long": {"9" * 5000}}}')

    assert [value["e"].text(), value["n"].text(), len(value["long"].text())] == [
        "2.50",
        "NaN",
        5000,
    ]


def test_the_largest_unread_parts_are_found(tmp_path: Path) -> None:
    """Empty values have nothing to read; a container of which nothing was read is one part."""
    value = document(tmp_path, '{"a": {"b": 1, "c": {"d": 2, "e": [3]}}, "f": [], "g": [1, 2]}')
    value["a"]["b"].text()
    value["g"][1].text()

    assert [part.excerpt() for part in value.unread()] == ['{"d": 2, "e": [3]}', "1"]


def test_json_lines_are_documents(tmp_path: Path) -> None:
    """Locations are those in the whole file."""
    path = tmp_path / "a.jsonl"
    path.write_text('{"a": 1}\n{"a": 2}\n\n', encoding="utf-8")

    assert [one["a"].location for one in read_json(path).documents] == [
        "a.jsonl:1:7",
        "a.jsonl:2:7",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("this", "a.json:1:1: not JSON: expecting value; export the file again, or check it with an "
         "editor that knows JSON"),
        ('{"a": 1,\n}', "a.json:2:1: not JSON: expecting property name enclosed in double quotes; "
         "remove the comma before it"),
        ("<!doctype html>", "a.json:1:1: not JSON: expecting value; this seems to be a web page; "
         "name a JSON file"),
        ("  ", "a.json: the file is empty; export the file again, or check it with an editor that "
         "knows JSON"),
        ("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "a.json:1:1: nested more than 100 levels "
         "deep; flatten it, or export the file again"),
        ("[" * 200_000, "a.json:1:1: nested more than 100 levels deep; flatten it, or export the "
         "file again"),
        (b'{\n "a": "\xff"}', "a.json:2:8: the byte 0xff is not UTF-8; name it with --encoding"),
    ],
)  # fmt: skip
def test_what_is_not_json_is_an_error_with_its_location(
    tmp_path: Path, text: str | bytes, message: str
) -> None:
    """No input ends in a traceback."""
    assert error_of(tmp_path, text) == message


@pytest.mark.parametrize(
    "text", ["[{},{},2]", "{} {} {} {}", '{"a": [1, 2, 3]}', '{"a": {}, "b": {}, "c": 1}']
)
def test_too_many_values_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """They are counted before they are decoded, since a million of them takes much memory."""
    monkeypatch.setattr(json_input, "MAX_VALUES", 3)

    message = "a.json: more than 3 values; export it in parts, and import them one by one"
    assert error_of(tmp_path, text) == message


@pytest.mark.parametrize("text", [r'["\"[,[,{,[", "\\"]', '["a, b, c, d", 2]', "[1, 2]"])
def test_marks_in_texts_are_no_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """Commas and brackets are those of texts."""
    monkeypatch.setattr(json_input, "MAX_VALUES", 3)

    assert len(document(tmp_path, text).items()) == 2


def test_other_encodings(tmp_path: Path) -> None:
    """A byte order mark is left out, UTF-16 is detected, others are named by the option."""
    path = tmp_path / "a.json"
    for data, encoding in (
        ('{"a": "é"}'.encode("utf-8-sig"), ""),
        ('{"a": "é"}'.encode("utf-16"), ""),
        ('{"a": "é"}'.encode("cp1252"), "cp1252"),
    ):
        path.write_bytes(data)
        assert read_json(path, encoding=encoding).documents[0]["a"].text() == "é"


def test_doubtful_contents_are_noted(tmp_path: Path) -> None:
    """Of a repeated key the last value is read; half a character is replaced, a whole one is not."""
    path = tmp_path / "a.json"
    path.write_text(r'{"a": 1, "a": "\ud800 \ud83d\ude00"}', encoding="utf-8")

    read = read_json(path)

    assert read.documents[0]["a"].text() == "\ufffd 😀"
    assert read.notes == (
        "a.json: 'a' is twice in an object; the last is read",
        "a.json: halves of characters are read as U+FFFD",
    )
