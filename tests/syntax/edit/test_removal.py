"""Splices that remove nodes of a text."""

import pytest

from claimcli.syntax.edit.removal import Removal
from claimcli.syntax.edit.splices import apply_splices
from claimcli.syntax.edit.tree import Tree, compose, content

TEXT = """\
# Head
parties:
  - id: p

claims:
  # about a
  - id: a   # first
    said: 2020

  - id: b
    # inside
    said: 2021
    # behind
  - {id: c, tags: [x, y, z]}
  - id: d
    rebuttals:   # two
      - id: e
      # between
      - id: f
    source: s   # mine
# end

issues: [{id: i}, {id: j}]
"""


def removed(
    text: str, *steps: tuple[str | int, ...], records: bool = True
) -> tuple[str, list[str]]:
    """Remove nodes given by keys and numbers; return the text and the comments that are gone."""
    (root,) = trees = compose(text)
    paths = [path(root, some) for some in steps]
    removal = Removal(text, paths, {id(one[-1]) for one in paths} if records else ())
    result = apply_splices(text, removal.splices)
    assert [content(tree) for tree in compose(result)] == [
        content(tree, removal.expected) for tree in trees
    ]
    return result, removal.comments


def path(root: Tree, steps: tuple[str | int, ...]) -> list[Tree]:
    nodes = [root]
    for step in steps:
        last = nodes[-1]
        nodes.append(last.children[step] if isinstance(step, int) else last.entry(step)[1])  # type: ignore[index]
    return nodes


def without(*lines: str) -> str:
    text = TEXT
    for line in lines:
        assert text.count(line) == 1
        text = text.replace(line, "")
    return text


A = "  - id: a   # first\n    said: 2020\n"
B = "  - id: b\n    # inside\n    said: 2021\n    # behind\n"
C = "  - {id: c, tags: [x, y, z]}\n"
ANSWERS = "    rebuttals:   # two\n      - id: e\n      # between\n      - id: f\n"
D = f"  - id: d\n{ANSWERS}    source: s   # mine\n"


def test_a_record_is_removed_with_its_comments_and_an_empty_line() -> None:
    """Comments inside and behind it; the one above stays, and an empty line below that."""
    assert removed(TEXT, ("claims", 0)) == (without(A), ["# first"])
    assert removed(TEXT, ("claims", 1)) == (without(B), ["# inside", "# behind"])
    assert removed(TEXT, ("claims", 2)) == (without(C), [])
    assert removed(TEXT, ("claims", 3)) == (without(D), ["# two", "# between", "# mine"])


def test_the_records_at_the_end_of_a_list_are_removed_with_the_empty_line_above() -> None:
    assert removed(TEXT, ("claims", 1), ("claims", 2), ("claims", 3))[0] == without(
        "\n" + B + C + D
    )


def test_a_list_without_records_is_removed_with_its_key() -> None:
    """The only list of a document stays, without items."""
    assert removed(TEXT, ("parties", 0))[0] == without("parties:\n  - id: p\n\n")
    assert removed(TEXT, ("issues", 0), ("issues", 1))[0] == without("issues: [{id: i}, {id: j}]\n")
    assert removed(TEXT, *(("claims", n) for n in range(4)))[0] == without(
        "\nclaims:\n", A + "\n" + B + C + D
    )
    assert removed("claims:\n  # one\n  - id: a\n", ("claims", 0))[0] == "claims: []\n  # one\n"
    assert removed("claims: [{id: a}]", ("claims", 0))[0] == "claims: []"


def test_an_answer_is_removed_from_its_claim() -> None:
    """With the key if it is the only one; comments that are not inside stay."""
    e, f = ("claims", 3, "rebuttals", 0), ("claims", 3, "rebuttals", 1)

    assert removed(TEXT, e)[0] == without("      - id: e\n")
    assert removed(TEXT, e, f) == (
        TEXT.replace(ANSWERS, "    # two\n      # between\n"),
        [],
    )


def test_a_field_is_removed_and_its_comments_stay() -> None:
    assert removed(TEXT, ("claims", 3, "source"), records=False) == (without("source: s   "), [])


@pytest.mark.parametrize(
    ("numbers", "tags"),
    [
        ((0,), "tags: [y, z]"),
        ((0, 1), "tags: [z]"),
        ((1, 2), "tags: [x]"),
        ((0, 2), "tags: [y]"),
        ((0, 1, 2), ""),
    ],
)
def test_items_in_brackets_are_removed(numbers: tuple[int, ...], tags: str) -> None:
    paths = (("claims", 2, "tags", number) for number in numbers)

    assert removed(TEXT, *paths, records=False)[0] == TEXT.replace(
        ", tags: [x, y, z]", f", {tags}" if tags else ""
    )


def test_comments_between_items_in_brackets_stay() -> None:
    text = "a: [\n  x, # one\n  y, # two\n  z # three\n]\n"

    assert removed(text, ("a", 0), ("a", 1), records=False)[0] == (
        "a: [\n   # one\n   # two\n  z # three\n]\n"
    )


def test_line_ends_of_every_kind_are_removed() -> None:
    """Also if the last line has none."""
    text = "claims:\r\n- id: a\r\n\r\n- id: b\r\n\r\n- id: c"

    assert removed(text, ("claims", 1))[0] == "claims:\r\n- id: a\r\n\r\n- id: c"
    assert removed(text, ("claims", 2))[0] == "claims:\r\n- id: a\r\n\r\n- id: b"
    assert removed(text, ("claims", 1), ("claims", 2))[0] == "claims:\r\n- id: a\r\n"
