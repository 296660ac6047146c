"""Which edits are changes of the accounts, and which are not."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimcli.analysis.changes import Changes, changes, count_changes, select_changes
from claimcli.core.records import Dossier
from tests.conftest import dossier_from
from tests.support.dossiers import dossiers

PIPE = """
claims:
  - id: pipe-was-sound
    party: waterworks
    issue: main
    position: sound
    statement: The main was inspected in March and found sound.
"""
DENIED = f"""{PIPE}    rebuttals:
      - id: no-inspection
        party: residents
        statement: No inspection took place.
"""


def changes_between(before: str | dict[str, str], after: str | dict[str, str]) -> Changes:
    sides = ({"t.yaml": text} if isinstance(text, str) else text for text in (before, after))
    return changes(*map(dossier_from, sides))


def rows(found: Changes) -> list[tuple[Any, ...]]:
    """Each row of the table: change, what, id, field, before, after."""
    return [(c, w, i, f, b, a) for c, w, i, _, _, f, b, a in found.table().rows]


def test_a_new_rebuttal_makes_its_claim_contested() -> None:
    """The answer is a new rebuttal, and the answered claim becomes contested."""
    assert rows(changes_between(PIPE, DENIED)) == [
        ("new", "rebuttal", "no-inspection", "statement", None, "No inspection took place."),
        ("changed", "claim", "pipe-was-sound", "status", "unanswered", "contested"),
    ]


def test_without_its_rebuttal_a_claim_is_no_longer_contested() -> None:
    found = changes_between(DENIED, PIPE)

    assert rows(found) == [
        ("gone", "rebuttal", "no-inspection", "statement", "No inspection took place.", None),
        ("changed", "claim", "pipe-was-sound", "status", "contested", "unanswered"),
    ]
    assert {name: count for name, count in count_changes(found).items() if count} == {
        "gone": 1,
        "no_longer_contested": 1,
    }


def test_an_answer_moved_out_of_its_claim_is_no_change() -> None:
    """A nested answer and one in another file with ``responds_to`` are the same."""
    apart = """
claims:
  - id: no-inspection
    party: residents
    statement: No inspection took place.
    responds_to: {claim: pipe-was-sound, kind: denies}
"""
    assert rows(changes_between(DENIED, {"z.yaml": PIPE, "a.yaml": apart})) == []


def test_style_comments_and_order_are_no_change() -> None:
    """YAML style, order and comments make no difference."""
    other = """
# The main.
claims:
  - statement: >
      The main was inspected in March
      and found sound.
    "position": 'sound'
    issue: "main"
    party: [waterworks]
    id: pipe-was-sound
    rebuttals: [{statement: "No inspection
        took place.", party: residents, kind: denies, id: no-inspection}]
"""
    assert rows(changes_between(DENIED, other)) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("position: sound", "position: unsound", ("position", "sound", "unsound")),
        ("issue: main", "issue: mains", ("issue", "main", "mains")),
        ("party: waterworks", "party: [waterworks, city]", ("parties", (), ("city",))),
        ("issue: main", "issue: main\n    said: 2023-05", ("said", None, "2023-05")),
        ("issue: main", "issue: main\n    withdrawn: 2024", ("withdrawn", None, "2024")),
        ("issue: main", "issue: main\n    speaker: A. B.", ("speaker", None, "A. B.")),
        ("issue: main", "issue: main\n    tags: [x, y]", ("tags", (), ("x", "y"))),
        (
            "issue: main",
            "issue: main\n    reports: {party: city, speaker: C. D.}",
            ("reports", None, "C. D. of city"),
        ),
    ],
)
def test_a_changed_field_is_reported(old: str, new: str, expected: tuple[Any, ...]) -> None:
    told = {(f, b, a) for *_, f, b, a in rows(changes_between(PIPE, PIPE.replace(old, new)))}

    assert expected in told
    assert {field for field, *_ in told} <= {expected[0], "status"}


def test_a_changed_kind_is_a_change_of_responds_to() -> None:
    qualified = DENIED.replace("rebuttals:", "responses:").replace(
        "id: no-inspection", "id: no-inspection\n        kind: qualifies"
    )
    assert rows(changes_between(DENIED, qualified)) == [
        (
            "changed",
            "response",
            "no-inspection",
            "responds_to",
            ("denies pipe-was-sound",),
            ("qualifies pipe-was-sound",),
        ),
        ("changed", "response", "no-inspection", "status", "contested", "answered"),
        ("changed", "claim", "pipe-was-sound", "status", "contested", "qualified"),
    ]


def test_a_renamed_claim_is_one_row() -> None:
    """A claim with the same statement and party and another id is renamed; its answers are unchanged."""
    renamed = DENIED.replace("pipe-was-sound", "main-was-sound")

    assert rows(changes_between(DENIED, renamed)) == [
        ("renamed", "claim", "main-was-sound", "id", "pipe-was-sound", "main-was-sound"),
    ]


def test_a_claim_with_another_statement_and_id_is_gone_and_new() -> None:
    other = PIPE.replace("pipe-was-sound", "other").replace("March", "April")

    assert [row[:3] for row in rows(changes_between(PIPE, other))] == [
        ("new", "claim", "other"),
        ("gone", "claim", "pipe-was-sound"),
    ]


def test_an_inserted_answer_does_not_replace_the_next() -> None:
    """Answers without ids are numbered; one inserted first is new, and the other is renamed."""
    one = f"""{PIPE}    rebuttals:
      - {{party: residents, statement: No inspection took place.}}
"""
    two = f"""{PIPE}    rebuttals:
      - {{party: residents, statement: Nobody came.}}
      - {{party: residents, statement: No inspection took place.}}
"""
    assert rows(changes_between(one, two)) == [
        ("new", "rebuttal", "pipe-was-sound/residents", "statement", None, "Nobody came."),
        (
            "renamed",
            "rebuttal",
            "pipe-was-sound/residents-2",
            "id",
            "pipe-was-sound/residents",
            "pipe-was-sound/residents-2",
        ),
    ]


def test_quotes_and_sources_list_removed_and_added_entries() -> None:
    before = f"{PIPE}    source: {{id: letter, quote: found sound}}\n"
    after = f"{PIPE}    source: {{id: letter, quote: sound, locator: p. 2}}\n"

    assert rows(changes_between(before, after)) == [
        (
            "changed",
            "claim",
            "pipe-was-sound",
            "sources",
            ('letter, "found sound"',),
            ('letter, "sound", at p. 2',),
        )
    ]


def test_an_inline_source_is_compared_by_its_fields() -> None:
    before = f"{PIPE}    source: {{title: Letter, published: 2023}}\n"
    after = f"{PIPE}    source: {{published: 2024, title: Letter}}\n"

    assert rows(changes_between(before, before)) == []
    assert rows(changes_between(before, after)) == [
        (
            "changed",
            "claim",
            "pipe-was-sound",
            "sources",
            ("Letter; published 2023",),
            ("Letter; published 2024",),
        )
    ]


@pytest.mark.parametrize(
    ("old", "new", "sorts"),
    [
        ("party: p", "party: q", ["attributed_otherwise"]),
        ("speaker: A", "speaker: B", ["attributed_otherwise"]),
        ("quote: It is", "quote: It was", ["quotes_changed"]),
        (", quote: It is", "", ["quotes_changed"]),
        ("locator: 3", "locator: 4", ["otherwise_changed"]),
        ("quote: It is, locator: 3", "quote: It was, locator: 4", ["quotes_changed"]),
        ("kind: denies", "kind: disputes-meaning",
         ["answers_changed", "no_longer_contested"]),
        ("said: 2020", "said: 2021", ["otherwise_changed"]),
        ("party: p, speaker: A, said: 2020", "party: q, speaker: B, said: 2021",
         ["attributed_otherwise", "otherwise_changed"]),
        ("quote: It is", "quote: 'It  is'", []),
        ("position: -3 %", "position: 3 %", ["positions_changed"]),
        ("position: -3 %", "position: '\u22123  %.'", ["otherwise_changed"]),
    ],
)  # fmt: skip
def test_attribution_quotes_and_answers_are_counted_separately(
    old: str, new: str, sorts: list[str]
) -> None:
    text = """
claims:
- {id: a, party: other, statement: It is not.}
- {id: b, party: p, speaker: A, said: 2020, statement: It is., responds_to: {claim: a, kind: denies},
   position: -3 %,
   sources: [{id: s, quote: It is, locator: 3}]}
"""
    assert old in text
    found = count_changes(changes_between(text, text.replace(old, new)))

    assert [name for name, count in found.items() if count] == sorts


def test_registries_come_last_and_short() -> None:
    before = "sources: [{id: s, title: Letter, url: 'https://a.example/'}]\n"
    after = (
        "sources: [{id: s, title: Letter, text: s.txt}]\nissues: [{id: main, question: Sound?}]\n"
    )
    found = changes_between(before + PIPE, after + PIPE)

    assert rows(found) == [
        ("changed", "source", "s", "url", "https://a.example/", None),
        ("changed", "source", "s", "text", None, "s.txt"),
        ("new", "issue", "main", "", None, "Sound?"),
    ]
    assert count_changes(found)["registered"] == 2


def test_a_claim_that_left_the_selection_is_shown() -> None:
    """Filtering by issue keeps claims that were moved to the issue or away from it."""
    found = changes_between(DENIED, DENIED.replace("issue: main", "issue: mains"))

    for issue in ("main", "mains"):
        assert {entry.id for entry in select_changes(found, issues=[issue]).entries} == {
            "pipe-was-sound",
            "no-inspection",
        }
    assert [e.id for e in select_changes(found, parties=["residents"]).entries] == ["no-inspection"]
    assert select_changes(found, parties=["nobody"]).entries == ()


@pytest.mark.slow
@given(dossiers(), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_same_records_in_other_files_are_no_change(texts: dict[str, str], random: Any) -> None:
    """The distribution of records over files, their order and style make no difference."""
    records = [
        (section, record)
        for text in texts.values()
        for section, listed in json.loads(text).items()
        for record in listed
    ]
    seen: set[tuple[str, str]] = set()
    once = [
        (section, record)
        for section, record in records
        if (section, record["id"]) not in seen and not seen.add((section, record["id"]))  # type: ignore[func-returns-value]
    ]

    def dealt(*, flow: bool) -> dict[str, str]:
        random.shuffle(once)
        files: dict[str, dict[str, list[Any]]] = {}
        for section, record in once:
            keys = list(record)
            random.shuffle(keys)
            name = random.choice(("a.yaml", "b.yaml", "c/d.yaml"))
            kept = files.setdefault(name, {}).setdefault(section, [])
            kept.append({key: record[key] for key in keys})
        return {
            name: f"# {name}\n"
            + yaml.dump(
                content, default_flow_style=flow, width=20, allow_unicode=True, sort_keys=False
            )
            for name, content in files.items()
        }

    assert rows(changes_between(dealt(flow=True), dealt(flow=False))) == []


@pytest.mark.slow
@given(dossiers(), st.data())
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_only_edits_are_reported(texts: dict[str, str], data: st.DataObject) -> None:
    """Exactly the claims with edited notes and the added claims are reported."""
    files = {path: json.loads(text) for path, text in texts.items()}
    standing = dossier_from(texts).by_id
    edited = set()
    for path, content in files.items():
        first = {claim["id"]: claim for claim in reversed(content.get("claims", []))}
        for name, claim in first.items():
            if standing[name].location.path == path and data.draw(st.booleans()):
                claim["note"] = f"{claim.get('note', '')} edited"
                edited.add(name)
    added = data.draw(st.sets(st.sampled_from(("n1", "n2", "n3"))))
    path = next(iter(files))
    files[path].setdefault("claims", []).extend(
        {"id": name, "party": "nobody", "statement": f"Statement {name}."} for name in added
    )
    after = {path: json.dumps(content) for path, content in files.items()}

    found = {(c, i, f) for c, _, i, f, *_ in rows(changes_between(texts, after))}

    assert found == {
        *(("changed", name, "note") for name in edited),
        *(("new", name, "statement") for name in added),
    }


def test_a_new_denial_is_a_change_of_the_party_that_is_denied(
    dossier_of: Callable[[str], Dossier],
) -> None:
    """Filtering by party keeps answers to its claims by other parties."""
    told = "claims:\n- {id: safe, party: mayor, statement: Safe., issue: buses}\n"
    denied = told + "- {id: no, party: press, statement: No., responds_to: safe}\n"
    found = changes(dossier_of(told), dossier_of(denied))

    assert {e.id for e in select_changes(found, parties=["mayor"]).entries} == {"safe", "no"}
    assert {e.id for e in select_changes(changes(dossier_of(denied), dossier_of(told)),
                                   parties=["mayor"]).entries} == {"safe", "no"}  # fmt: skip


def test_a_withdrawn_claim_is_not_counted_as_no_longer_contested(
    dossier_of: Callable[[str], Dossier],
) -> None:
    """The claim that it answered is counted: a withdrawn answer opposes nothing."""
    text = (
        "claims:\n- {id: safe, party: mayor, statement: Safe.}\n"
        "- {id: no, party: press, statement: No., responds_to: safeMORE}\n"
    )
    found = changes(
        dossier_of(text.replace("MORE", "")), dossier_of(text.replace("MORE", ", withdrawn: 2024"))
    )

    statuses = {e.id: e.difference("status") for e in found.entries}
    assert {name: (s.before, s.after) for name, s in statuses.items() if s} == {
        "safe": ("contested", "answered"), "no": ("contested", "withdrawn"),
    }  # fmt: skip
    assert count_changes(found)["no_longer_contested"] == 1
