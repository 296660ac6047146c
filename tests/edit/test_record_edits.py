"""Edits of records in YAML text: only the intended characters change, or the edit is refused."""

from typing import Any

import pytest
import yaml

from claimcli.core.problems import ClaimcliError
from claimcli.edit import record_edits
from claimcli.edit.assignments import Assignment, parse_assignment
from claimcli.edit.set_fields import set_fields
from claimcli.syntax.edit.splices import apply_splices

TEXT = """\
# Mine.
sources:
  - {id: a, title: A}   # first
  - id: b
    title: 'B: yes'

    accessed: 2020   # long ago
"""


def changed(text: str, name: str, *fields: str, kind: str = "claim") -> str:
    return set_fields(text, kind, name, [parse_assignment(field, kind) for field in fields]).text


def test_a_field_is_added_and_another_is_changed() -> None:
    assert changed(TEXT, "b", "text=t.txt", "accessed=2023-05-02", kind="source") == (
        TEXT.replace("2020   #", "2023-05-02   #") + "    text: t.txt\n"
    )


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("title: A", "title: Another"),
        lambda text: text.replace("id: b", "id: c"),
        lambda text: text + "    note: more\n",
        lambda text: text.replace("t.txt", "u.txt"),
        lambda text: text + "claims: []\n",
        lambda text: text + "---\n",
        lambda text: text.replace("# Mine.\n", ""),
        lambda text: text.replace("# first", "# second"),
        lambda text: text + "# more\n",
        lambda text: text + "]",
    ],
)
def test_an_edit_that_changes_anything_else_is_refused(
    monkeypatch: pytest.MonkeyPatch, spoil
) -> None:
    """Another record, value, field, list, document or comment, or invalid YAML."""
    monkeypatch.setattr(
        "claimcli.edit.set_fields.apply_splices", lambda *given: spoil(apply_splices(*given))
    )
    with pytest.raises(ClaimcliError) as error:
        set_fields(TEXT, "source", "b", [Assignment(("text",), "=", "t.txt")])

    assert error.value.message == "'b' cannot be edited automatically"
    assert error.value.hint == "edit the file by hand"


CLAIMS = """\
claims:
  - id: a
    party: p
    statement: >-   # why
      A long text
      of words.
    said: 2020   # about then
    tags: [x, "y"]
    source:
      id: s1
      quote: 'it''s'
  - {id: b, party: [p, q], statement: "S: t", tags: [x]}   # on one line
  - id: c
    party: q
    statement: S
    rebuttals:
    - party: r
      statement: No.  # so
"""


@pytest.mark.parametrize(
    ("name", "field", "old", "new"),
    [
        ("a", "statement=Short", "      A long text\n      of words.\n", "      Short\n"),
        ("a", "said=2021-02", "2020   #", "2021-02   #"),
        ("a", "said=", "said: 2020   # about", "# about"),
        ("a", "speaker=B. Fitter", "party: p\n    statement: >", "party: p\n    speaker: B. Fitter\n    statement: >"),
        ("a", "tags+=z", '"y"]', '"y", "z"]'),
        ("a", "tags-=x", '[x, "y"]', '["y"]'),
        ("a", "tags=k, l", '[x, "y"]', "[k, l]"),
        ("a", "source.quote=it's so", "'it''s'", "'it''s so'"),
        ("a", "source.locator=p. 1", "'it''s'\n", "'it''s'\n      locator: p. 1\n"),
        ("a", "source=s2", "source:\n      id: s1\n      quote: 'it''s'\n", "source: s2\n"),
        ("a", "source+=s2", "'it''s'\n", "'it''s'\n    sources: [s2]\n"),
        ("b", "party-=p", "[p, q]", "[q]"),
        ("b", "tags-=x", ", tags: [x]", ""),
        ("b", "statement=no: no", '"S: t"', '"no: no"'),
        ("b", "speaker=A, B", ' statement: "S', ' speaker: "A, B", statement: "S'),
        ("b", "source=Press conference", '"S: t",', '"S: t", source: {title: Press conference},'),
        ("c", "party+=z", "party: q\n", "party: [q, z]\n"),
        ("c", "statement=null", "statement: S\n", 'statement: "null"\n'),
        ("c", "statement=two\nlines", "statement: S\n", "statement: |-\n      two\n      lines\n"),
        ("c", "reports.party=x", "statement: S\n", "statement: S\n    reports: {party: x}\n"),
        ("c", "reports=party: x, speaker: Joe Biden", "statement: S\n", "statement: S\n    reports: {party: x, speaker: Joe Biden}\n"),
        ("c/r", "kind=contradicts", "- party: r\n", "- party: r\n      kind: contradicts\n"),
        ("c/r", "id=no", "- party: r\n", '- id: "no"\n      party: r\n'),
        ("c/r", "statement=two\nlines", "No.  #", '"two\\nlines"  #'),
    ],
)  # fmt: skip
def test_only_the_value_changes(name: str, field: str, old: str, new: str) -> None:
    """The style stays: quotation marks, folded lines, brackets, comments."""
    assert CLAIMS.count(old) == 1

    assert changed(CLAIMS, name, field) == CLAIMS.replace(old, new)


ISSUE = """\
issues:
  - id: i
    question: Q
    positions: [yes, no]
    compatible:
      - [yes, partly]
      - [no, partly]
"""


@pytest.mark.parametrize(
    ("field", "old", "new"),
    [
        ("positions+=at least, in part", "no]\n    c", 'no, "at least, in part"]\n    c'),
        ("positions-=yes", "[yes, no]", "[no]"),
        ("compatible+=yes, no", "[no, partly]\n", '[no, partly]\n      - ["yes", "no"]\n'),
        ("compatible+=[a, 'b, c']", "[no, partly]\n", '[no, partly]\n      - [a, "b, c"]\n'),
        ("compatible-=yes,partly", "      - [yes, partly]\n", ""),
        ("compatible=a,b", "\n      - [yes, partly]\n      - [no, partly]\n", " [[a, b]]\n"),
        ("compatible=[[a, b], [c, d]]", "\n      - [yes, partly]\n      - [no, partly]\n", " [[a, b], [c, d]]\n"),
    ],
)  # fmt: skip
def test_positions_and_pairs_of_an_issue_are_set(field: str, old: str, new: str) -> None:
    """A pair is written with a comma, or as YAML."""
    assert ISSUE.count(old) == 1

    assert changed(ISSUE, "i", field, kind="issue") == ISSUE.replace(old, new)


@pytest.mark.parametrize(
    ("field", "message", "hint"),
    [
        ("compatible=yes", "'compatible' takes pairs, not a list of 1 item", "write 'compatible: [[one, other]]'"),
        ("compatible+=a,b,c", "'compatible' takes pairs, not a list of 3 items", "write 'compatible: [[one, other]]'"),
        ("compatible+=[[a, b], [c, d]]", "'[[a, b], [c, d]]' is more than one pair", "write one, as one,other"),
        ("compatible=[a, b", "'[a, b' is not valid YAML", "write compatible as '[[one, other]]'"),
        ("compatible-=yes,no", "no 'yes, no' in 'compatible'", "its values are yes, partly, no, partly"),
    ],
)  # fmt: skip
def test_an_invalid_pair_is_refused(field: str, message: str, hint: str) -> None:
    with pytest.raises(ClaimcliError) as error:
        changed(ISSUE, "i", field, kind="issue")

    assert (error.value.message, error.value.hint) == (message, hint)


@pytest.mark.parametrize(
    ("name", "field", "message", "hint"),
    [
        ("a", "staement=x", "no field 'staement'", "did you mean 'statement'?"),
        ("a", "rebuttals=x", "'rebuttals' contains claims", "add one with 'claimcli rebut'"),
        ("c", "source.quote=x", "there is no 'source' yet", "write source=..."),
        ("a", "statement", "'statement' is not field=value", "write field=value, or field= to remove it"),
        ("a", "said+=2020", "'said' takes one value", "write said=value"),
        ("a", "tags-=xx", "no 'xx' in 'tags'", "its values are x, y"),
        ("a", "source={a", "'{a' is not valid YAML", "write source as '{title: \"One, two\", published: 2023-05-02}'"),
        ("a", "id=", "this claim has no 'id'", "add 'id:'"),
        ("a", "said=2020-13", "the date '2020-13' does not exist", "write it as 2021, 2021-12, 2021-12-30, 2021-12-30T15:35-05:00, 2021-12?, 202X or A/B"),
        ("a", "kind=denies", "no key 'kind' here", "a claim that is not nested says it as 'responds_to: {claim: ..., kind: ...}'"),
    ],
)  # fmt: skip
def test_an_invalid_assignment_is_refused(name: str, field: str, message: str, hint: str) -> None:
    """With the message of `check` if the value is invalid."""
    with pytest.raises(ClaimcliError) as error:
        changed(CLAIMS, name, field)

    assert (error.value.message, error.value.hint) == (message, hint)


def test_a_value_with_aliases_is_not_changed() -> None:
    """An anchor without aliases does not matter."""
    text = "claims:\n- id: a\n  party: p\n  statement: &s One\n- {id: b, party: p, statement: *s}\n"
    with pytest.raises(
        ClaimcliError, match="the anchor '&s' is used elsewhere, which would change too"
    ):
        changed(text, "a", "statement=Two")

    assert changed(text, "b", "statement=Two") == text.replace("*s", "Two")
    alone = text.replace("*s", "S")
    assert changed(alone, "a", "statement=Two") == alone.replace("One", "Two")


@pytest.mark.parametrize("field", ["tags+=three", "tags-=one"])
def test_an_alias_of_a_list_is_not_changed(field: str) -> None:
    """The message says why; the list itself, and an alias of a text, can be extended."""
    text = (
        "claims:\n- {id: a, party: &p p, statement: One, tags: &t [one, two]}\n"
        "- {id: b, party: *p, statement: Two, tags: *t}\n"
    )
    with pytest.raises(ClaimcliError) as error:
        changed(text, "b", field)

    assert error.value.message == "'tags' is '*t', an alias of a list that is elsewhere"
    assert changed(text, "b", "tags=three") == text.replace("*t", "[three]")
    assert changed(text, "b", "party+=q") == text.replace("*p", "[*p, q]")


def test_a_source_is_added_once() -> None:
    once = changed(CLAIMS, "a", "source+=s2")

    assert changed(once, "a", "source+=s3", "source+=s3") == once.replace("[s2]", "[s2, s3]")


def test_a_comment_below_a_removed_value_does_not_become_a_part_of_the_text_above() -> None:
    """Below a block scalar it is moved to the indentation of the keys."""
    text = (
        "claims:\n- id: a\n  party: p\n  statement: >\n    It is\n    so.\n"
        "  source:\n    id: s\n    # page 3\n  note: N\n"
    )

    assert changed(text, "a", "source=") == text.replace(
        "  source:\n    id: s\n    # page 3\n", "  # page 3\n"
    )


def test_comments_in_a_removed_value_stay() -> None:
    """Below it; if there is no place for them, the edit is refused."""
    text = (
        "claims:\n- id: a\n  party: p\n  statement: S\n  source:   # of\n    # own\n"
        "    id: s   # id\n  note: >-   # why\n    N\n- id: b\n  party: p\n  statement: S\n"
        "  tags: [x,   # one\n    y]\n- {id: c, party: p, statement: S, tags: [x,   # two\n  y]}\n"
    )
    assert changed(text, "a", "source=t") == text.replace(
        "source:   # of\n    # own\n    id: s   # id\n", "source: t   # of\n  # own\n  # id\n"
    )
    assert changed(text, "a", "source=", "note=") == text.replace(
        "  source:   # of\n    # own\n    id: s   # id\n  note: >-   # why\n    N\n",
        "  # of\n  # own\n  # id\n  # why\n",
    )
    listed = "claims:\n- id: a\n  party: p\n  statement: S\n  sources:\n  - s\n  - id: t   # id\n    quote: Q   # and words\n"
    assert changed(listed, "a", "sources-=t") == (
        listed.replace("- id: t   # id\n    quote: Q   # and words", "# id\n  # and words")
    )
    assert changed(text, "b", "tags=z") == text.replace("[x,   # one\n    y]", "[z]\n  # one")
    with pytest.raises(ClaimcliError, match="'c' cannot be edited automatically"):
        changed(text, "c", "tags=")


def test_the_ids_of_other_records_stay() -> None:
    """Answers without an id are numbered, so an edit could change the number of another one."""
    text = (
        "claims:\n- id: a\n  party: p\n  statement: S\n  responses:\n"
        "  - {party: q, kind: qualifies, statement: In part.}\n"
    )
    with pytest.raises(ClaimcliError) as error:
        record_edits.add_response(text, "a", "rebuttals", {"party": "q", "statement": "No."})
    named = changed(text, "a/q", "id=in-part")
    written = record_edits.add_response(named, "a", "rebuttals", {"party": "q", "statement": "No."})

    assert error.value.message == "the id of 'a/q' would change to 'a/q-2'"
    assert error.value.hint == "give it an id first: claimcli set a/q id=..."
    assert written.record.id == "a/q"


def test_unusual_syntax_is_refused_if_an_edit_does_not_support_it() -> None:
    """The wrong result for explicit keys is detected when it is parsed."""
    text = "claims:\n- ? id\n  : a\n  ? party\n  : p\n  ? statement\n  : S\n"
    with pytest.raises(ClaimcliError, match="'a' cannot be edited automatically"):
        changed(text, "a", "note=more")

    assert changed(text, "a", "statement=Two") == text.replace(": S", ": Two")


@pytest.mark.parametrize("fields", [["note=N"], ["note=N", "said=2020", "tags+=z", "party=q"]])
def test_a_file_is_parsed_once_to_edit_it_and_once_to_check_the_result(
    monkeypatch: pytest.MonkeyPatch, fields: list[str]
) -> None:
    """One parse gives both the records and the offsets of their nodes.

    However many fields are set, the rest of the file is not parsed in between: those parses end
    where the record ends.
    """
    parsed: list[str] = []

    class Counting(yaml.CSafeLoader):
        def __init__(self, text: str) -> None:
            super().__init__(text)
            self.text = text

        def get_event(self) -> Any:
            event = super().get_event()
            if type(event) is yaml.StreamEndEvent:
                parsed.append(self.text)
            return event

    monkeypatch.setattr(yaml, "CSafeLoader", Counting)

    after = changed(CLAIMS, "a", *fields)

    assert parsed == [CLAIMS, after]


def test_several_assignments_are_made_one_after_another() -> None:
    """Each finds the record as the one before has left it."""
    fields = [
        "note=Two\nlines",
        "note=",
        "tags+=z",
        "tags-=x",
        "source=",
        "source=title: T",
        "about=2020",
    ]
    text = CLAIMS
    for field in fields:
        text = changed(text, "a", field)

    assert changed(CLAIMS, "a", *fields) == text
