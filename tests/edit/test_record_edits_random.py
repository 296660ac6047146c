"""Any sequence of edits on any valid file changes the intended record and nothing else."""

import os
import re
from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, reject, settings
from hypothesis import strategies as st

from claimcli.core.problems import ClaimcliError
from claimcli.core.records import Claim
from claimcli.edit.assignments import Assignment
from claimcli.edit.excerpt import extract_record, replace_record
from claimcli.edit.record_edits import EditedText, add_response, append_record, parse
from claimcli.edit.set_fields import set_fields
from tests.support.contents import content_of
from tests.support.unusual_files import TEXTS, unusual_files

EXAMPLES = int(os.environ.get("CLAIMCLI_EDITS", "250"))
ACCEPTED = re.compile(
    "the anchor|would change to|this claim has no|has no 'party'|is the only field here|appears twice"
)
FIELDS = ("statement", "speaker", "said", "note", "position", "source", "party", "tags")

values = st.sampled_from([text.strip() for text in TEXTS if text.strip()])


def edits() -> st.SearchStrategy[Any]:
    fields = st.sampled_from(FIELDS)
    return st.one_of(
        st.tuples(st.just("add"), values),
        st.tuples(st.just("answer"), st.sampled_from(("rebuttals", "responses")), values),
        st.tuples(st.just("set"), fields, values),
        st.tuples(st.just("set"), fields, values),
        st.tuples(st.just("clear"), st.sampled_from(("speaker", "said", "note", "source", "tags"))),
        st.tuples(st.just("plus"), st.sampled_from(("party", "tags", "source"))),
        st.tuples(st.just("minus"), st.sampled_from((("tags", "k"), ("party", "q"), ("sources", "s1")))),
        st.tuples(st.just("edit"), values),
    )  # fmt: skip


def plain(text: str) -> list[tuple[str, str, Any]]:
    """The content of each record, without locations."""
    return [(type(r).__name__, r.id, content_of(r)) for r in parse(text).records]


def given_value(field: str, value: str) -> Any:
    if field == "said":
        return "2022-03-04"
    if field == "source":
        return {"id": "s1", "quote": value} if len(value) % 2 else "s9"
    if field == "party":
        return ["q", "new-party"] if len(value) % 2 else "new-party"
    return ["new", value] if field == "tags" else value


def apply(text: str, edit: Any, claim: Claim, number: int) -> EditedText:
    """Make one edit."""
    kind, *more = edit
    if kind == "add":
        record = {"id": f"new{number}", "party": "p", "statement": more[0], "note": "Why\nnot"}
        return append_record(text, "claim", record)
    if kind == "answer":
        told = {} if more[0] == "rebuttals" else {"kind": "qualifies"}
        record = {"id": f"new{number}", "party": "p", **told, "statement": more[1]}
        return add_response(text, claim.id, more[0], record)
    if kind == "edit":
        found = extract_record(text, "claim", claim.id)
        shown = found.shown.rstrip("\n")
        shown = "{position: sure, " + shown[1:] if shown[0] == "{" else "position: sure\n" + shown
        assert replace_record(text, "claim", claim.id, found, found.shown).text == text
        return replace_record(text, "claim", claim.id, found, shown + "\n")
    signs = {"set": "=", "clear": "=", "plus": "+=", "minus": "-="}
    if kind == "set":
        field, value = more[0], given_value(*more)
    elif kind == "minus":
        ((field, value),) = more
    else:
        field, value = more[0], "extra" if kind == "plus" else None
    return set_fields(text, "claim", claim.id, [Assignment((field,), signs[kind], value)])


def comments(text: str) -> Counter[str]:
    return Counter(re.findall(r"# comment \d+: [^\n\r]*|# the (?:head|end)", text))


def _around(text: str, claim: Claim) -> tuple[str, str]:
    """The text above a claim and the text below it."""
    first, _, last, _ = claim.location.record
    lines = re.split("(?<=\n)", text)
    return "".join(lines[: first - 1]), "".join(lines[last:])


def _is_only_longer(one: str, other: str) -> bool:
    """Whether a text is another one with insertions."""
    rest = iter(other)
    return all(char in rest for char in one)


@pytest.mark.slow
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(unusual_files(), st.lists(st.tuples(edits(), st.integers(0, 20)), min_size=1, max_size=4))
def test_any_edits_change_nothing_else(text: str, wanted: list[Any]) -> None:
    """Every other record keeps its content and characters, and every comment stays.

    Even comments inside a removed value.
    """
    for number, (edit, which) in enumerate(wanted):
        claims = [r for r in parse(text).records if isinstance(r, Claim)]
        claim = claims[which % len(claims)]
        try:
            after = apply(text, edit, claim, number).text
        except ClaimcliError as error:
            if ACCEPTED.search(error.message) or (edit[0] == "minus" and "no '" in error.message):
                continue
            raise
        event(edit[0])
        _only_that(text, after, edit, claim, number)
        text = after


def _only_that(text: str, after: str, edit: Any, claim: Claim, number: int) -> None:
    told = (text, after, edit, claim.id)
    added = edit[0] in ("add", "answer")
    aside = set() if added else _family(text, claim.location.record[:2])
    new = {f"new{number}"} if added else _family(after, claim.location.record[:2])
    kept = [one for one in plain(text) if not _is_of(one, aside)]
    assert [one for one in plain(after) if not _is_of(one, new)] == kept, told
    assert comments(after) == comments(text), told
    above, below = _around(text, claim)
    within = after.startswith(above) and after.endswith(below)
    assert (within and not added) or _is_only_longer(text, after), told
    assert ("\r\n" in after) == ("\r\n" in text) or text.count("\n") == 0, told
    if "\r\n" in text:
        assert "\n" not in after.replace("\r\n", ""), told
    assert after.endswith("\n") == text.endswith("\n"), told


def _family(text: str, at: tuple[int, int]) -> set[str]:
    """The ids of the claim at a place and of all records nested in it."""
    records = parse(text).records
    claim = next(r for r in records if isinstance(r, Claim) and r.location.record[:2] == at)
    end = claim.location.record[2:]
    return {r.id for r in records if at <= r.location.record[:2] <= end}


def _is_of(one: tuple[str, str, Any], names: set[str]) -> bool:
    kind, name, _ = one
    return name in names or (kind == "Source" and name.split("/")[0] in names) or any(name.startswith(f"{other}/") for other in names)  # fmt: skip


@pytest.mark.slow
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(unusual_files(), st.integers(0, 20), values)
def test_a_text_is_read_back_unchanged(text: str, which: int, value: str) -> None:
    """Whatever characters it contains, and whatever value it replaces."""
    claims = [r for r in parse(text).records if isinstance(r, Claim)]
    claim = claims[which % len(claims)]
    written = set_fields(text, "claim", claim.id, [Assignment(("statement",), "=", value)])

    assert written.record.statement == value.strip()
    added = append_record(text, "claim", {"id": "new", "party": "p", "statement": value, "tags": [value], "source": {"id": "s1", "quote": value}}).record  # fmt: skip
    assert (added.statement, added.tags, added.citations[0].quote) == (value, (value,), value)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    unusual_files(),
    st.integers(0, 20),
    st.lists(st.tuples(st.sampled_from(FIELDS), values), min_size=2, max_size=3),
)
def test_several_assignments_are_made_as_one_after_another(
    text: str, which: int, wanted: list[tuple[str, str]]
) -> None:
    """If each of them alone is accepted."""
    claims = [r for r in parse(text).records if isinstance(r, Claim)]
    first = name = claims[which % len(claims)].id
    assignments = [Assignment((field,), "=", given_value(field, value)) for field, value in wanted]
    after = text
    for one in assignments:
        try:
            edited = set_fields(after, "claim", name, [one])
        except ClaimcliError:
            reject()
        after, name = edited.text, edited.record.id

    assert set_fields(text, "claim", first, assignments).text == after
