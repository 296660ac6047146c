"""Edits of a formatted file leave it formatted, and other files in their own style."""

from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from claimcli.core.problems import ClaimcliError
from claimcli.core.records import Claim
from claimcli.edit.assignments import Assignment
from claimcli.edit.canonical_edits import keep_canonical
from claimcli.edit.fmt.format import canonical_form, is_canonical
from claimcli.edit.fmt.styled_nodes import CannotFormatError
from claimcli.edit.record_edits import append_record, parse
from claimcli.edit.set_fields import set_fields
from tests.edit.test_record_edits_random import EXAMPLES, apply, comments, edits, plain
from tests.support.unusual_files import unusual_files

FORMATTED = """\
claims:
  - {id: first, party: p, statement: The first., said: 2021}
  # About the last one.
  - {id: last, party: p, statement: The last., said: 2023}
"""
RECORD = {"id": "new", "party": "p", "statement": "Between them.", "said": "2022"}
add_claim = keep_canonical(partial(append_record, kind="claim", record=RECORD))


def test_a_claim_gets_its_place_in_a_formatted_file() -> None:
    """It is put among the others by its time, with the empty lines that ``fmt`` puts there."""
    edited = add_claim(FORMATTED)

    assert edited.text == (
        "claims:\n"
        "  - {id: first, party: p, statement: The first., said: 2021}\n"
        "\n"
        "  - id: new\n"
        "    party: p\n"
        "    statement: Between them.\n"
        "    said: 2022\n"
        "\n"
        "  # About the last one.\n"
        "  - {id: last, party: p, statement: The last., said: 2023}\n"
    )
    assert (edited.record.id, edited.record.location.record[0]) == ("new", 4)


def test_a_file_in_another_style_keeps_it() -> None:
    """The claim is put at the end, and laid out like the others."""
    text = "claims:\n- {id: last,  party: p, statement: The last., said: 2023}\n"

    assert add_claim(text).text == (
        f"{text}\n- id: new\n  party: p\n  statement: Between them.\n  said: 2022\n"
    )


def test_the_order_of_claims_stays_in_a_file_formatted_with_keep_order() -> None:
    text = (
        "claims:\n"
        "  - {id: last, party: p, statement: The last., said: 2023}\n"
        "  - {id: first, party: p, statement: The first., said: 2021}\n"
    )
    longer = Assignment(("tags",), "=", ["one", "two"])
    edit = keep_canonical(partial(set_fields, kind="claim", name="first", wanted=[longer]))

    assert edit(text).text == text.replace("said: 2021}", "said: 2021, tags: [one, two]}")


@pytest.mark.parametrize("text", ["", FORMATTED, "claims:\n- {id: a,  party: p, statement: s}\n"])
def test_a_text_is_canonical_if_formatting_does_not_change_it(text: str) -> None:
    assert is_canonical(text) is (canonical_form(text) == text)


@pytest.mark.slow
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(unusual_files(), st.lists(st.tuples(edits(), st.integers(0, 20)), min_size=1, max_size=3))
def test_a_formatted_file_stays_formatted_whatever_is_edited(text: str, wanted: list[Any]) -> None:
    """It has the same records and comments as the edited file that is not formatted."""
    try:
        text = canonical_form(text)
    except CannotFormatError:
        return
    for number, (edit, which) in enumerate(wanted):
        claims = [r for r in parse(text).records if isinstance(r, Claim)]
        make = partial(apply, edit=edit, claim=claims[which % len(claims)], number=number)
        try:
            other = make(text)
        except ClaimcliError:
            continue
        event(edit[0])
        edited = keep_canonical(make)(text)
        assert canonical_form(edited.text) == edited.text
        assert sorted(plain(edited.text), key=repr) == sorted(plain(other.text), key=repr)
        assert comments(edited.text) == comments(other.text)
        assert (type(edited.record), edited.record.id) == (type(other.record), other.record.id)
        text = edited.text
