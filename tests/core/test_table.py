"""JSON is the same as that of the standard library, but faster."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcli.core.table import to_json, to_jsonl
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


def test_a_lone_surrogate_is_kept() -> None:
    assert json.loads(to_json({"said": "\ud800é"})) == {"said": "\ud800é"}
