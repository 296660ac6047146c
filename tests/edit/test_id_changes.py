"""Ids renamed and records removed in YAML text: only the places that name them change."""

import difflib

import pytest

from claimcli.core.problems import ClaimcliError
from claimcli.edit.id_changes import IdChanges, change_ids, with_derived_ids
from claimcli.edit.mentions import Name
from claimcli.edit.references import described_sources, references

TEXT = """\
parties:
  - {id: p, name: p, part_of: q}   # p is a party
  - id: q
    speakers: [p]
sources:
  - {id: s, title: s}
  - {id: t, title: T, derived_from: [s, 'u']}
issues:
  - {id: i, question: p?, positions: [s, p]}
events:
  - {id: e, title: E}
claims:
  # about a
  - id: a
    party: [p, "q"]
    statement: p
    reports: {party: p, speaker: p}
    issue: i
    position: p
    event: e
    source: s
    tags: [p, a, i]
    asked: {party: p, on: 2020}
    rebuttals:
      - party: p
        statement: No.
        sources:
          - title: Inline
          - id: u
            title: Described
          - {id: s, quote: 's'}
      - party: p
        statement: Never.
        rebuttals: [{party: q, statement: Yes.}]
    responses:
      - {id: r, party: q, kind: qualifies, statement: Partly.}
  - id: b
    party: 'p'
    statement: S
    responds_to: [a/p, {claim: a, kind: qualifies}, a/p-2/q]
    restates: a
    source: a/p/source
"""


def lines(text: str, changes: IdChanges) -> list[str]:
    """The lines that differ after a change, without the space around them."""
    after = change_ids(text, with_derived_ids(text, changes)).text
    diff = difflib.ndiff(text.splitlines(), after.splitlines())
    return [f"{line[0]} {line[2:].strip()}" for line in diff if line[0] in "+-"]


def renamed(text: str, kind: str, old: str, new: str) -> list[str]:
    return lines(text, IdChanges({(kind, old): new}, given=(kind, old)))


def removed(text: str, *names: Name) -> list[str]:
    return lines(text, IdChanges(removed=frozenset(names)))


def test_a_party_is_renamed_wherever_it_is_meant() -> None:
    """Other texts, tags and comments stay, and derived ids follow."""
    assert renamed(TEXT, "party", "p", "pp") == [
        "- - {id: p, name: p, part_of: q}   # p is a party",
        "+ - {id: pp, name: p, part_of: q}   # p is a party",
        '- party: [p, "q"]',
        '+ party: [pp, "q"]',
        "- reports: {party: p, speaker: p}",
        "+ reports: {party: pp, speaker: p}",
        "- asked: {party: p, on: 2020}",
        "+ asked: {party: pp, on: 2020}",
        "- - party: p",
        "+ - party: pp",
        "- - party: p",
        "+ - party: pp",
        "- party: 'p'",
        "+ party: 'pp'",
        "- responds_to: [a/p, {claim: a, kind: qualifies}, a/p-2/q]",
        "+ responds_to: [a/pp, {claim: a, kind: qualifies}, a/pp-2/q]",
        "- source: a/p/source",
        "+ source: a/pp/source",
    ]


@pytest.mark.parametrize(
    ("kind", "old", "new", "after"),
    [
        ("issue", "i", "ii", ["- {id: ii, question: p?, positions: [s, p]}", "issue: ii"]),
        ("event", "e", "ee", ["- {id: ee, title: E}", "event: ee"]),
        (
            "source",
            "s",
            "null",
            [
                '- {id: "null", title: s}',
                "- {id: t, title: T, derived_from: [\"null\", 'u']}",
                'source: "null"',
                "- {id: \"null\", quote: 's'}",
            ],
        ),
        ("source", "u", "uu", ["- {id: t, title: T, derived_from: [s, 'uu']}", "- id: uu"]),
        (
            "claim",
            "a",
            "aa",
            [
                "- id: aa",
                "responds_to: [aa/p, {claim: aa, kind: qualifies}, aa/p-2/q]",
                "restates: aa",
                "source: aa/p/source",
            ],
        ),
    ],
)
def test_a_record_is_renamed_with_all_references(
    kind: str, old: str, new: str, after: list[str]
) -> None:
    """A source may be described in a claim; an id that looks like another value is quoted."""
    assert [line[2:] for line in renamed(TEXT, kind, old, new) if line[0] == "+"] == after


def test_a_derived_id_is_replaced_by_a_written_one() -> None:
    """The ids derived from it follow."""
    assert renamed(TEXT, "claim", "a/p", "first") == [
        "+ - id: first",
        "- - party: p",
        "+ party: p",
        "- responds_to: [a/p, {claim: a, kind: qualifies}, a/p-2/q]",
        "+ responds_to: [first, {claim: a, kind: qualifies}, a/p-2/q]",
        "- source: a/p/source",
        "+ source: first/source",
    ]
    assert renamed(TEXT, "source", "a/p/source", "inline") == [
        "+ - id: inline",
        "- - title: Inline",
        "+ title: Inline",
        "- source: a/p/source",
        "+ source: inline",
    ]


def test_references_are_listed_with_the_records_that_have_them() -> None:
    """Those inside of the removed records are not."""

    def listed(*names: Name) -> list[tuple[str, int, int]]:
        return [(one.text, *one.at) for one in references(TEXT, set(names))]

    assert listed(("claim", "a")) == [
        ("claim 'a/p' is an answer in claim 'a'", 25, 9),
        ("claim 'a/p-2' is an answer in claim 'a'", 32, 9),
        ("claim 'r' is an answer in claim 'a'", 36, 9),
        ("claim 'b' refers to claim 'a' in 'responds_to.claim'", 40, 32),
        ("claim 'b' refers to claim 'a' in 'restates'", 41, 15),
    ]
    assert listed(("source", "s"), ("claim", "b"), ("source", "a/p/source")) == [
        ("source 't' refers to source 's' in 'derived_from'", 7, 38),
        ("claim 'a' refers to source 's' in 'source'", 21, 13),
        ("claim 'a/p' refers to source 'a/p/source' in 'source'", 28, 13),
        ("claim 'a/p' refers to source 's' in 'sources.id'", 31, 18),
    ]
    assert listed(("party", "q"), ("claim", "a"), ("claim", "r"), ("claim", "a/p-2/q")) == [
        ("party 'p' refers to party 'q' in 'part_of'", 2, 31),
        ("claim 'a/p' is an answer in claim 'a'", 25, 9),
        ("claim 'a/p-2' is an answer in claim 'a'", 32, 9),
        ("claim 'b' refers to claim 'a' in 'responds_to.claim'", 40, 32),
        ("claim 'b' refers to claim 'a/p-2/q' in 'responds_to'", 40, 53),
        ("claim 'b' refers to claim 'a' in 'restates'", 41, 15),
    ]


def test_the_sources_that_a_claim_describes_are_known() -> None:
    assert described_sources(TEXT, {("claim", "a")}) == set()
    assert described_sources(TEXT, {("claim", "a/p")}) == {
        ("source", "a/p/source"),
        ("source", "u"),
    }


def test_a_record_is_removed_with_the_references_to_it() -> None:
    """With a nested record that has no meaning without it; an empty list goes too."""
    assert removed(TEXT, ("source", "s")) == [
        "- - {id: s, title: s}",
        "- - {id: t, title: T, derived_from: [s, 'u']}",
        "+ - {id: t, title: T, derived_from: ['u']}",
        "- source: s",
        "- - {id: s, quote: 's'}",
    ]
    assert removed(TEXT, ("issue", "i"), ("event", "e")) == [
        "- issues:",
        "- - {id: i, question: p?, positions: [s, p]}",
        "- events:",
        "- - {id: e, title: E}",
        "- issue: i",
        "- event: e",
    ]
    assert removed(TEXT, ("source", "a/p/source"), ("source", "u")) == [
        "- - {id: t, title: T, derived_from: [s, 'u']}",
        "+ - {id: t, title: T, derived_from: [s]}",
        "- - title: Inline",
        "- - id: u",
        "- title: Described",
        "- source: a/p/source",
    ]


def test_the_answers_after_a_removed_one_are_numbered_again() -> None:
    """References to them follow."""
    assert removed(TEXT, ("claim", "a/p"))[-3:] == [
        "- - party: p",
        "- responds_to: [a/p, {claim: a, kind: qualifies}, a/p-2/q]",
        "+ responds_to: [{claim: a, kind: qualifies}, a/p/q]",
    ]


ANSWERED = """claims:
  - id: a
    party: p
    statement: S
    issue: i
    rebuttals:
      - party: q
        statement: "No: never."
        source: {title: T}
        rebuttals:
          - {party: p, statement: Yes., restates: a}
    responses:
      - {id: b, party: q, kind: qualifies, statement: Partly., issue: j, responds_to: c}
  - {id: c, party: p, statement: S, responds_to: [a/q, a/q/p], source: a/q/source}
"""
SEPARATE = {
    ("claim", "a/q"): "a-q",
    ("claim", "a/q/p"): "a-q/p",
    ("source", "a/q/source"): "a-q/source",
}


def test_the_answers_in_a_removed_claim_become_separate_claims() -> None:
    """They keep its issue, and their own answers; references to them follow."""
    separate = frozenset({("claim", "a/q"), ("claim", "b")})

    assert (
        change_ids(ANSWERED, IdChanges(SEPARATE, frozenset({("claim", "a")}), separate)).text
        == """\
claims:
  - {id: c, party: p, statement: S, responds_to: [a-q, a-q/p], source: a-q/source}

  - id: a-q
    party: q
    statement: "No: never."
    issue: i
    source: {title: T}
    rebuttals:
      - party: p
        statement: Yes.

  - id: b
    party: q
    statement: Partly.
    issue: j
    responds_to: c
"""
    )


@pytest.mark.parametrize(
    ("text", "names", "message"),
    [
        (TEXT, (("party", "p"),), "claim 'a/p' would have no 'party'"),
        (TEXT, (("party", "p"), ("claim", "a")), "claim 'b' would have no 'party'"),
        (
            ANSWERED.replace("- party: q", "- party: q   # so"),
            (("claim", "a"),),
            "the comments in 'a/q' would be lost",
        ),
        (
            ANSWERED.replace("  rebuttals:\n", "  rebuttals:\n  # of the residents\n"),
            (("claim", "a"),),
            "the comments in 'a/q' would be lost",
        ),
        (
            "claims:\n- {id: a, party: &x p, statement: S}\n- {id: b, party: *x, statement: S}\n",
            (("claim", "a"),),
            "the anchor '&x' is used elsewhere, which would change too",
        ),
    ],
)
def test_what_would_lose_something_else_is_not_removed(
    text: str, names: tuple[Name, ...], message: str
) -> None:
    """A field that a record needs, a comment, or a value that an alias repeats."""
    separate = frozenset({("claim", "a/q")}) if text is not TEXT else frozenset()
    with pytest.raises(ClaimcliError) as error:
        change_ids(text, IdChanges(SEPARATE if separate else {}, frozenset(names), separate))

    assert error.value.message == message


ALIASES = """claims:
  - {id: a, party: &x p, statement: S, tags: [&y q]}
  - {id: b, party: *x, statement: S, note: *y}
  - {id: c, party: *y, statement: S}
"""


def test_an_id_with_an_anchor_is_renamed_at_the_anchor() -> None:
    """An alias of something else is replaced; one that must not change is an error."""
    assert renamed(ALIASES, "party", "p", "z")[1::2] == [
        "+ - {id: a, party: &x z, statement: S, tags: [&y q]}"
    ]
    assert renamed(ALIASES, "party", "q", "z")[1::2] == ["+ - {id: c, party: z, statement: S}"]
    with pytest.raises(ClaimcliError, match="the anchor '&x' is used elsewhere"):
        renamed(ALIASES.replace("note: *y", "note: *x"), "party", "p", "z")
