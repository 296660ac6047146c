"""Automatic fixes change only the reported words, and only if the whole dossier is better."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import asdict

from claimcli.checks import registry
from claimcli.core.problems import Fix, Severity, Span, replacement
from claimcli.edit.autofix import CheckedDossier, FixResult, apply_fixes, autofix
from tests.conftest import dossier_from
from tests.support.dossiers import dossiers

SOUND = """\
parties: [{id: waterworks, name: City Waterworks}, {id: residents, name: Residents}]
sources: [{id: ministry-letter, title: Letter, published: 2023-05-02}]
"""


def check(texts: Mapping[str, bytes]) -> CheckedDossier:
    dossier = dossier_from({path: data.decode("utf-8-sig") for path, data in texts.items()})
    return CheckedDossier(dossier, registry.run_rules(dossier))


def fixed(**files: str) -> FixResult:
    texts = {f"{name}.yaml": text.encode() for name, text in files.items()}
    return autofix(texts, check(texts), check)


def one(text: str) -> str:
    """Return the content of a file after its fixes."""
    return fixed(a=text).texts.get("a.yaml", text.encode()).decode()


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("statment: The main is sound.", "statement: The main is sound."),
        ('"statment": The main is sound.', '"statement": The main is sound.'),
        ("statement: S.\n    said: Dec 30, 2021", "statement: S.\n    said: 2021-12-30"),
        ("statement: S.\n    said: '2021/12/30'", "statement: S.\n    said: '2021-12-30'"),
        ('statement: S.\n    said:   "20211230" # !', 'statement: S.\n    said:   "2021-12-30" # !'),
    ],
)  # fmt: skip
def test_a_fix_replaces_only_the_wrong_word(wrong: str, right: str) -> None:
    """Quotation marks, comments and spaces stay."""
    text = (
        SOUND + "claims:\n  - id: a\n    party: waterworks\n    source: ministry-letter\n    HERE\n"
    )

    assert one(text.replace("HERE", wrong)) == text.replace("HERE", right)


def test_line_ends_byte_order_mark_and_missing_last_line_break_stay() -> None:
    text = "\ufeff# é\r\nclams:\r\n  - {id: a, party: p, statement: S., sorce: {title: T}}"

    assert one(text) == text.replace("clams", "claims").replace("sorce", "source")


def test_a_byte_order_mark_is_not_counted_as_a_column() -> None:
    text = "\ufeffclams: [{id: a, party: p, statement: S., source: {title: T}}]\n"

    assert one(text) == text.replace("clams", "claims")


def test_problems_that_a_fix_reveals_are_fixed_too() -> None:
    """A claim that becomes readable has further fixable problems; one run fixes all of them."""
    text = SOUND + (
        "claims:\n"
        "  - id: a\n    party: waterworks\n    statment: Sound.\n    source: minstry-letter\n"
        "    rebuttals: [{party: residents, kind: deny, statement: No., source: ministry-letter}]\n"
    )

    assert one(text) == text.replace("statment", "statement").replace(
        "minstry", "ministry"
    ).replace("deny", "denies")


def test_a_reference_to_another_record_is_only_suggested() -> None:
    """Ids that differ by a letter, a number or an ending may name records not yet on file."""
    text = (
        "parties: [{id: residents, name: Residents}]\n"
        "sources:\n"
        "- {id: memo-b, title: Memo, published: 2021}\n"
        "- {id: bulletin-7, title: Bulletin, published: 2021}\n"
        "- {id: petrova, title: Interview, published: 2021, derived_from: [petrov]}\n"
        "events: [{id: hearing-may, title: Hearing, date: 2021-05}]\n"
        "claims:\n"
        "- {id: reply-b, party: residents, statement: One., source: memo-a, event: hearing-mar}\n"
        "- {id: a, party: residents, statement: Two., source: bulletin-8, restates: reply-a}\n"
    )
    problems = check({"a.yaml": text.encode()}).problems

    assert one(text) == text
    assert [p.help for p in problems if p.rule.startswith("unknown")] == [
        f"did you mean '{name}'?" for name in ("petrova", "memo-b", "bulletin-7", "reply-b")
    ]


def test_a_slip_inside_a_long_word_of_a_reference_is_fixed() -> None:
    text = (
        "parties: [{id: residents, name: Residents}]\n"
        "sources: [{id: bulletin-7, title: Bulletin, published: 2021}]\n"
        "events: [{id: hearing-may, title: Hearing, date: 2021-05}]\n"
        "claims:\n"
        "- {id: denial, party: residents, statement: One., source: buletin-7, event: haering-may}\n"
        "- {id: a, party: residents, statement: Two., source: bulletin-7, restates: deniial}\n"
    )

    assert one(text) == text.replace("buletin", "bulletin").replace("haering", "hearing").replace(
        "deniial", "denial"
    )


def test_an_id_in_capitals_is_fixed_with_all_references_to_it() -> None:
    """In both files; in neither if the corrected id is taken."""
    claim = "claims: [{{id: {}, party: waterworks, statement: {}, source: ministry-letter}}]\n"
    there = "claims: [{{id: c, party: residents, statement: No., responds_to: {}, source: ministry-letter}}]\n"
    free = fixed(a=SOUND + claim.format("Pipe-Was", "S."), b=there.format("Pipe-Was"))
    taken = fixed(
        a=SOUND + claim.format("Pipe-Was", "S."),
        b=there.format("Pipe-Was"),
        c=claim.format("pipe-was", "Another."),
    )

    assert {path: data.decode() for path, data in free.texts.items()} == {
        "a.yaml": SOUND + claim.format("pipe-was", "S."),
        "b.yaml": there.format("pipe-was"),
    }
    assert taken.texts == {}
    assert {fix.reason for fix in taken.skipped} == {
        "it would cause another problem: a second claim 'pipe-was'"
    }


def test_a_fix_that_makes_a_party_answer_itself_is_rejected() -> None:
    """The most similar id was not the intended one."""
    text = SOUND + (
        "claims:\n"
        "  - {id: main-inspected, party: waterworks, statement: S., source: ministry-letter}\n"
        "  - {id: b, party: waterworks, statement: T., source: ministry-letter,"
        " responds_to: main-inspcted}\n"
    )
    result = fixed(a=text)

    assert result.texts == {}
    assert [fix.reason for fix in result.skipped] == [
        "it would cause another problem: 'waterworks' answers its own claim 'main-inspected'"
    ]


def test_a_fix_that_would_rename_another_answer_is_rejected() -> None:
    """Answers without an id are numbered, and a readable one before it would take its number."""
    answer = "      - {{party: residents, kind: {}, statement: {}, source: ministry-letter}}\n"
    text = SOUND + (
        "claims:\n"
        "  - id: a\n    party: waterworks\n    statement: S.\n    source: ministry-letter\n"
        "    rebuttals:\n" + answer.format("deny", "One.") + answer.format("denies", "Two.")
    )
    result = fixed(a=text)

    assert result.texts == {}
    assert [fix.reason for fix in result.skipped] == ["claim 'a/residents' would change"]


def test_good_fixes_are_accepted_next_to_rejected_ones() -> None:
    lines = [
        f"  - {{id: c{n}, party: waterworks, statement: S{n}., said: 2021/1/{n}, source: ministry-letter}}\n"
        for n in range(1, 10)
    ]
    twice = "  - {id: x, party: residents, statement: T., statment: U., source: ministry-letter}\n"
    odd = "  - {id: y, party: residents, statment: V., statemnt: W., source: ministry-letter}\n"
    result = fixed(a=SOUND + "claims:\n" + "".join(lines) + twice + odd)

    assert len(result.fixed) == 10
    assert result.texts["a.yaml"].decode().count(" said: 2021-01-0") == 9
    assert twice in result.texts["a.yaml"].decode()  # the claim already has the key
    assert "statement: V., statemnt: W." in result.texts["a.yaml"].decode()


@pytest.mark.parametrize(
    "field",
    ["said: &d 2021/12/30", "said: !!str 2021/12/30", 'said: "2021\\u002f12/30"', "said: >-\n      2021/12/30"],
)  # fmt: skip
def test_a_value_of_more_than_the_word_has_no_fix(field: str) -> None:
    """Anchors, tags, escapes and texts of several lines are left to the user."""
    text = SOUND + f"claims:\n  - id: a\n    party: waterworks\n    statement: S.\n    {field}\n"

    assert one(text) == text


def test_only_chosen_rules_are_fixed() -> None:
    text = (SOUND + "claims: [{id: a, party: waterworks, statment: S., said: 2021/1/5}]\n").encode()
    result = autofix(
        {"a.yaml": text}, check({"a.yaml": text}), check, rules=frozenset({"unknown-key"})
    )

    assert [problem.rule for problem in result.fixed] == ["unknown-key"]
    assert b"2021/1/5" in result.texts["a.yaml"]


def test_a_fix_is_ignored_if_the_text_has_changed() -> None:
    fixes = [Fix(Span("", 1, 1, 1, 4), "one", "two"), Fix(Span("", 9, 1, 9, 4), "one", "two")]

    assert apply_fixes("won\none\n", fixes) == "won\none\n"
    assert apply_fixes("one\u2028one\n", fixes) == "two\u2028one\n"


def test_the_place_of_a_fix_excludes_quotation_marks() -> None:
    assert replacement(Span("", 1, 5, 1, 8), "abc", "x") == Fix(Span("", 1, 5, 1, 8), "abc", "x")
    assert replacement(Span("", 1, 5, 1, 10), "abc", "x") == Fix(Span("", 1, 6, 1, 9), "abc", "x")
    assert replacement(Span("", 1, 5, 1, 9), "abc", "x") is None
    assert replacement(Span("", 1, 5, 2, 8), "abc", "x") is None
    assert replacement(Span("", 1, 5, 1, 8), "abc", "abc") is None


BREAKS = (
    ('"statement"', '"statment"'), ('"party"', '"pary"'), ('"claims"', '"clams"'),
    ('"responds_to"', '"respond_to"'), ('"published"', '"publishd"'), ('"quote"', '"qoute"'),
    ('"denies"', '"deny"'), ('"contradicts"', '"contradict"'), ('"qualifies"', '"Qualifies"'),
    ('"2021-12-30"', '"2021/12/30"'), ('"2021-12"', '"December 2021"'), ('"2021"', '"2021/1/1"'),
    ('"c1"', '"C1"'), ('"c2"', '"C2"'), ('"kremlin"', '"Kremlin"'), ('"readout"', '"Readout"'),
    ('"readout"', '"readuot"'), ('"report"', '"rport"'), ('"weapons"', '"Weapons"'),
    ('"statement"', '"statement": "twice", "statement"'), ('"id"', '"idd"'), ('"said"', '"sayd"'),
)  # fmt: skip


@st.composite
def broken(draw: st.DrawFn) -> dict[str, bytes]:
    """Dossiers with typos: some words, in some places, are misspelt."""
    texts = draw(dossiers())
    start = draw(st.sampled_from(("", "# note\r\n", "\ufeff", "\ufeff# note\n---\n")))
    for path, text in texts.items():
        for good, bad in draw(st.lists(st.sampled_from(BREAKS), max_size=4)):
            parts = text.split(good)
            some = draw(st.integers(0, max(len(parts) - 2, 0)))
            text = good.join(parts[: some + 1]) + "".join(
                (bad if n == 0 else good) + part for n, part in enumerate(parts[some + 1 :])
            )
        texts[path] = start + text
    return {path: text.encode() for path, text in texts.items()}


def records(state: CheckedDossier) -> dict[tuple[str, str], Any]:
    dossier = state.dossier
    found = (*dossier.sources.values(), *dossier.by_id.values(), *dossier.events.values(),
             *(p for p in dossier.parties.values() if p.registered),
             *(i for i in dossier.issues.values() if i.registered))  # fmt: skip
    return {(type(record).__name__, record.id): record for record in found}


def words(value: Any) -> Any:
    """The content of a record without locations, and without an inherited issue."""
    if isinstance(value, tuple):
        return [words(part) for part in value]
    if not hasattr(value, "location"):
        return value
    said = {name: words(part) for name, part in asdict(value).items() if name != "location"}
    if "issue" in said and not value.location.has("issue"):
        del said["issue"]
    return said


def inside(place: Span, span: Span) -> bool:
    return (
        place.path == span.path
        and (span.line, span.column) <= (place.line, place.column)
        and (place.end_line, place.end_column) <= (span.end_line, span.end_column)
    )


@pytest.mark.slow
@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(broken())
def test_fixes_add_no_problem_and_change_no_other_record(texts: dict[str, bytes]) -> None:
    """No new error, and new warnings only in records that could not be read; others are the same."""
    before = check(texts)
    result = autofix(texts, before, check)
    after = check({**texts, **result.texts})
    old, new = records(before), records(after)

    def counted(state: CheckedDossier) -> Counter[tuple[str, str]]:
        return Counter((p.rule, p.message) for p in state.problems if p.severity is Severity.ERROR)

    assert not counted(after) - counted(before)
    known = Counter((p.rule, p.message) for p in before.problems)
    for problem in after.problems:
        known[problem.rule, problem.message] -= 1
        if known[problem.rule, problem.message] < 0:
            assert any(
                inside(problem.span, r.location.span) for n, r in new.items() if n not in old
            )
    for name, record in old.items():
        if not any(inside(problem.span, record.location.span) for problem in before.problems):
            assert words(new[name]) == words(record)


@pytest.mark.slow
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(broken())
def test_a_second_run_changes_nothing(texts: dict[str, bytes]) -> None:
    result = autofix(texts, check(texts), check)
    once = {**texts, **result.texts}

    assert autofix(once, check(once), check).texts == {}
    for path, data in result.texts.items():
        assert data.count(b"\r\n") == texts[path].count(b"\r\n")
        assert data.startswith("\ufeff".encode()) == texts[path].startswith("\ufeff".encode())
        assert data.count(b'"') == texts[path].count(b'"')
