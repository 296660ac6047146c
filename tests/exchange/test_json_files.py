"""Imported JSON files: places of values, limits, errors."""

from pathlib import Path

import pytest

from claimcli.core.problems import ClaimcliError
from claimcli.exchange.json_files import json_values


def read(folder: Path, text: str) -> list[tuple[object, str]]:
    """Return the values of a file and their places."""
    file = folder / "a.json"
    file.write_text(text, encoding="utf-8")
    return [(one.value, one.where) for one in json_values(file)]


def test_values_have_line_and_column(tmp_path: Path) -> None:
    """Those of an array, of lines, and a single one."""
    assert read(tmp_path, '[1,\n  {"a": 2}]') == [(1, "a.json:1:2"), ({"a": 2}, "a.json:2:3")]
    assert read(tmp_path, '{"a": 1}\n{"a": 2}\n') == [
        ({"a": 1}, "a.json:1:1"),
        ({"a": 2}, "a.json:2:1"),
    ]
    assert read(tmp_path, "\ufeff7") == [(7, "a.json:1:1")]
    assert read(tmp_path, " [ ] ") == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[1 2]", "a.json:1:4: ',' or ']' is missing"),
        ("[1,\n]", "a.json:2:1: expecting value"),
        ("[1] x", "a.json:1:5: text after the end of the array"),
        ("[" * 100_000, "a.json:1:2: nested more than 100 levels deep"),
        ("[" * 102 + "]" * 102, "a.json:1:2: nested more than 100 levels deep"),
        ('["\\ud800"]', "a.json:1:2: a text with half of a character, as '\\ud800'"),
        ("[NaN]", "a.json:1:2: 'NaN' is not JSON"),
        ("9" * 5_000, "a.json:1:1: a number of more than 400 digits"),
    ],
)
def test_invalid_files(tmp_path: Path, text: str, message: str) -> None:
    """What is wrong is reported with its place."""
    with pytest.raises(ClaimcliError) as caught:
        read(tmp_path, text)

    assert caught.value.message == message


def test_not_unicode(tmp_path: Path) -> None:
    """The line that is not UTF-8 is named."""
    (tmp_path / "a.json").write_bytes(b'[\n"caf\xe9"]')

    with pytest.raises(ClaimcliError, match=r"a\.json:2: not UTF-8; save the file as UTF-8"):
        list(json_values(tmp_path / "a.json"))
