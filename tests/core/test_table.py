"""JSON is the same as that of the standard library, but faster."""

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from claimcli.core.table import (
    Table,
    comma_separated,
    json_list,
    to_json,
    to_jsonl,
    to_yaml,
    tsv,
    yaml_list,
)
from claimcli.core.text.escaping import for_json

TEXTS = st.text(st.characters(codec=None))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(0, 10**9) | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=12,
)


@given(VALUES)
def test_json_is_the_same_as_from_the_standard_library(value: object) -> None:
    assert to_json(value) == for_json(json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


@pytest.mark.slow
@given(st.lists(VALUES))
def test_a_line_of_json_is_the_same_as_from_the_standard_library(
    values: list[object],
) -> None:
    expected = [for_json(json.dumps(value, ensure_ascii=False)) + "\n" for value in values]
    assert to_jsonl(values) == "".join(expected)


@given(st.lists(VALUES, max_size=3))
def test_a_list_is_the_same_in_parts(values: list[object]) -> None:
    assert "".join(json_list(values)) == to_json(values)


ENCODABLE = st.text(st.characters(codec="utf-8"))


@given(
    st.lists(st.dictionaries(ENCODABLE, ENCODABLE | st.none() | st.lists(ENCODABLE)), max_size=3)
)
def test_a_list_in_yaml_is_the_same_in_parts(values: list[object]) -> None:
    assert "".join(yaml_list(values)) == to_yaml(values)


def test_a_lone_surrogate_is_kept() -> None:
    assert json.loads(to_json({"said": "\ud800é"})) == {"said": "\ud800é"}


NO_TEXT_ELSEWHERE = [
    "1e3", "0x1f", "0X1F", "0o14", "012", "12_000", "1,000", "+1", ".5", "1.", "-.inf", ".NaN",
    "12e03", "0b11", "190:20:30", "yes", "No", "on", "n", "true", "NULL", "~", "2021-12-30",
    "2021-12-30T12:00:00Z", "=", "<<", "",
]  # fmt: skip
"""Texts that a reader of YAML 1.1 or 1.2 takes for a number, a date, a truth value or null."""


@pytest.mark.parametrize("text", NO_TEXT_ELSEWHERE)
def test_yaml_marks_what_other_readers_take_for_no_text(text: str) -> None:
    assert to_yaml([{"id": text, "tags": [text]}]) == f'- id: "{text}"\n  tags:\n  - "{text}"\n'


@pytest.mark.parametrize("text", ["2021-12", "e3", "0x", "1.2.3", "yes!", "null-hypothesis", "12a"])
def test_yaml_leaves_other_texts_as_they_are(text: str) -> None:
    assert to_yaml({"id": text, "line": 12, "withdrawn": None}) == (
        f"id: {text}\nline: 12\nwithdrawn: null\n"
    )


HAZARDS = "\x85\u2028\u2029\u061c\u200e\u200f\u202a\u202e\u2066\u2069\ufeff\x1b\x9b\r"


@given(VALUES)
def test_yaml_reads_back_as_the_same_value(value: object) -> None:
    if "\\ud" not in json.dumps(value):  # half characters are in no file
        assert yaml.safe_load(to_yaml(value)) == value


def test_no_format_has_characters_that_end_lines_or_change_direction() -> None:
    """In cells and in the names of columns, which a query chooses."""
    text = f"one{HAZARDS}two"
    table = Table("rows", (text,), ((text,),))

    for shown in (tsv(table), comma_separated(table), to_yaml([{text: text}])):
        assert not set(shown) & set(HAZARDS)
        assert "202" in shown
    assert yaml.safe_load(to_yaml({text: f"{text}\n{text}"})) == {text: f"{text}\n{text}"}
