"""Whatever a file looks like: its canonical form says the same, with the same comments, and stays."""

import json
import os
from random import Random

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from claimcli.dossier.reader import read_text
from claimcli.edit.fmt.format import canonical_bytes, canonical_form
from claimcli.edit.fmt.styled_nodes import CannotFormatError
from claimcli.syntax.edit.splices import all_comments
from claimcli.syntax.edit.tree import compose
from tests.support.contents import content_of
from tests.support.dossiers import files
from tests.support.handwritten_files import StyledWriter, comments, with_odd_texts
from tests.support.unusual_files import unusual_files

EXAMPLES = int(os.environ.get("CLAIMCLI_EDITS", "250"))
anything = settings(
    max_examples=EXAMPLES, deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip


def contents(text: str) -> list[str]:
    """Return the sorted contents of the records of a text and its problems, without locations.

    Of records with the same id, only the first counts.
    """
    readings = list(read_text(text))
    records = [record for reading in readings for record in reading.records]
    problems = [problem.rule for reading in readings for problem in reading.problems]
    told = [f"{type(r).__name__} {content_of(r)}" for r in records]
    first = {
        (type(r).__name__, r.id): words for r, words in reversed([*zip(records, told, strict=True)])
    }
    return sorted([*told, *problems, *(f"first {words}" for words in first.values())])


def formed_or_why(data: bytes) -> tuple[bytes, str]:
    """Return the canonical form, or the reason why the text cannot be formatted."""
    try:
        return canonical_bytes(data), ""
    except CannotFormatError as error:
        return b"", error.reason


@pytest.mark.slow
@anything
@given(files(), st.integers(0, 2**32), st.booleans(), st.booleans())
def test_any_dossier_keeps_its_meaning(
    dossier: str, seed: int, anchors: bool, keep_order: bool
) -> None:
    """Random dossiers in random styles, with texts of every kind, can all be formatted."""
    random = Random(seed)
    data = with_odd_texts(json.loads(dossier), random)
    text = StyledWriter(random, anchors=anchors).document(data)

    form = canonical_form(text, keep_order=keep_order)

    assert contents(form) == contents(text)
    assert comments(form) == comments(text)
    assert canonical_form(form, keep_order=keep_order) == form
    assert form.endswith("\n") or not data
    event("changed" if form != text else "unchanged")


@pytest.mark.slow
@anything
@given(unusual_files(), st.booleans())
def test_any_unusual_file_keeps_its_meaning(text: str, marked: bool) -> None:
    """Several documents, CRLF, a byte order mark, no last line end; comments by another method."""
    data = ("\ufeff" * marked + text).encode()
    formed, reason = formed_or_why(data)
    if reason:
        assert (reason, "%YAML" in text) == ("there is a directive", True)
        return
    form = formed.decode().removeprefix("\ufeff")

    assert contents(form) == contents(text)
    assert sorted(all_comments(form, compose(form))) == sorted(all_comments(text, compose(text)))
    assert canonical_bytes(formed) == formed
    assert formed.startswith(b"\xef\xbb\xbf") == marked
    assert formed.count(b"\r\n") in (0, formed.count(b"\n"))


@anything
@given(st.text(alphabet="abc:-#,[]{}&*!|>'\"%@? \n\t.\\é\u2028", max_size=60), st.booleans())
def test_any_characters_are_formatted_or_refused(text: str, under_claims: bool) -> None:
    """For invalid YAML or unsupported syntax only one kind of error is raised."""
    whole = f"claims:\n- {text}" if under_claims else text
    formed, reason = formed_or_why(whole.encode())

    assert "and say the same" not in reason
    assert reason or contents(formed.decode()) == contents(whole)
