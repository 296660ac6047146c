"""JSON as the standard library would write it, only sooner."""

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
def test_json_reads_as_the_standard_library_writes_it(value: object) -> None:
    assert to_json(value) == for_json(json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


@pytest.mark.slow
@given(st.lists(VALUES))
def test_a_line_of_json_holds_one_value_as_the_standard_library_writes_it(
    values: list[object],
) -> None:
    expected = [for_json(json.dumps(value, ensure_ascii=False)) + "\n" for value in values]
    assert to_jsonl(values) == "".join(expected)


def test_half_a_surrogate_pair_is_kept() -> None:
    assert json.loads(to_json({"said": "\ud800é"})) == {"said": "\ud800é"}
