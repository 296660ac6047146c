"""The changes as data, as a comment on a pull request, and on a terminal."""

import re
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from claimcli.analysis.changes import Changes, changes
from claimcli.cli.screen.changes import draw
from claimcli.cli.screen.console import Settings
from claimcli.core.table import to_json, tsv
from claimcli.formats.changes import data, markdown, summary
from claimcli.history.compare import Comparison
from tests.conftest import dossier_from
from tests.formats.test_briefing import HOSTILE, Page
from tests.support.cli import claimcli
from tests.support.terminal import in_terminal

BEFORE = """
claims:
  - {id: pipe-was-sound, party: waterworks, said: 2023-05-02, statement: The main was inspected in March and found sound.}
  - {id: old, party: city, statement: All is well.}
"""
AFTER = """
claims:
  - {id: pipe-was-sound, party: waterworks, said: 2023-05-02, statement: The main was inspected in April and found sound.}
  - id: no-inspection
    party: residents
    speaker: B. Berg
    said: 2023-05-04
    statement: No inspection took place.
    responds_to: pipe-was-sound
sources: [{id: letter, title: Open letter}]
""".replace("responds_to: pipe-was-sound", "responds_to: {claim: pipe-was-sound, kind: denies}")
ENDS = ("main", "the work tree")


def changes_of(before: str = BEFORE, after: str = AFTER) -> Changes:
    return changes(*(dossier_from({"t.yaml": text}) for text in (before, after)))


def test_markdown_is_a_comment_on_a_pull_request() -> None:
    assert (
        markdown(changes_of(), ENDS)
        == """\
## Accounts, from main to the work tree

1 new rebuttal, 1 gone, 1 reworded, 1 newly contested, 1 in the registries

### New

- `no-inspection` rebuttal (residents, B. Berg, 2023-05-04, denies: pipe-was-sound): No inspection took place.
- `letter` source: Open letter

### Gone

- `old` claim (city): All is well.

### Changed

- `pipe-was-sound` claim (waterworks, 2023-05-02)
  - statement, before: The main was inspected in ~~March~~ and found sound.
  - statement, now: The main was inspected in **April** and found sound.
  - status: unanswered → contested
"""
    )


def test_a_terminal_shows_signs_and_marks_that_read_without_colour() -> None:
    assert (
        draw(None, changes_of(), None, Settings(60, color=False))
        == """\
new ────────────────────────────────────────────────────────
+ no-inspection  rebuttal
  residents, B. Berg, 2023-05-04, denies: pipe-was-sound
  No inspection took place.
+ letter  source
  Open letter

gone ───────────────────────────────────────────────────────
- old  claim
  city
  All is well.

changed ────────────────────────────────────────────────────
~ pipe-was-sound  claim
  waterworks, 2023-05-02
  statement  - The main was inspected in [-March-] and found
             sound.
             + The main was inspected in {+April+} and found
             sound.
  status     unanswered → contested
"""
    )


def test_nothing_changed() -> None:
    """Each format says so or is empty."""
    none = changes_of(BEFORE, BEFORE)

    assert draw(None, none, None, Settings(60, color=False)) == "no changes\n"
    assert markdown(none, ENDS) == "## Accounts, from main to the work tree\n\nno changes\n"
    assert len(tsv(none.table()).splitlines()) == 1
    assert summary(none) == "no changes"


def test_data_has_the_documented_keys() -> None:
    """Claims are as in `list` without fields of other claims; statements have segments for both sides."""
    told = data(Comparison(changes_of(), (), 1, 1, 0), changes_of(), ENDS)

    assert list(told) == ["from", "to", "summary", "changes", "gaps", "read"]
    assert told["read"] == {"from": 1, "to": 1, "beside": 0}
    assert told["summary"] == {
        "new_claims": 0, "new_rebuttals": 1, "new_responses": 0, "gone": 1, "renamed": 0,
        "reworded": 1, "positions_changed": 0, "quotes_changed": 0,
        "attributed_otherwise": 0, "answers_changed": 0, "newly_contested": 1,
        "no_longer_contested": 0, "otherwise_changed": 0, "registered": 1,
    }  # fmt: skip
    new, gone, changed, source = told["changes"]
    assert list(new) == ["change", "what", "id", "was", "label", "before", "after", "fields"]
    assert (new["before"], new["after"]["responds_to"]) == (
        None, [{"claim": "pipe-was-sound", "kind": "denies"}],
    )  # fmt: skip
    assert list(new["after"]) == [
        "id", "party", "parties", "statement", "speaker", "said", "about", "issue", "position",
        "event", "reports", "responds_to", "restates", "supersedes", "withdrawn",
        "asked", "internal", "tags", "note",
        "file", "line", "sources",
    ]  # fmt: skip
    assert (gone["id"], gone["after"]) == ("old", None)
    assert [field["field"] for field in changed["fields"]] == ["statement", "status"]
    assert changed["fields"][0]["words"]["after"] == [
        {"text": "The main was inspected in", "differs": False},
        {"text": "April", "differs": True},
        {"text": "and found sound.", "differs": False},
    ]
    assert changed["fields"][1] == {"field": "status", "before": "unanswered", "after": "contested"}
    assert (source["what"], source["label"]) == ("source", "Open letter")


def hostile(words: str) -> Changes:
    """Changes with the given words in all texts, old and new."""
    quoted = to_json(words).strip()
    sides = [
        f"""
claims:
  - id: a
    party: p
    statement: {statement}
    position: {position}
    note: {statement}
    speaker: {position}
    source: {{id: s, quote: {position}, locator: {statement}}}
  - {{id: {new}, party: q, statement: {quoted}, speaker: {quoted}}}
sources: [{{id: s, title: {position}, url: {statement}}}]
issues: [{{id: i, question: {statement}}}]
"""
        for statement, position, new in ((quoted, '"x"', "b"), ('"y"', quoted, "c"))
    ]
    return changes_of(*sides)


@pytest.mark.parametrize("words", [*HOSTILE, "\x1b[31mred\x1b]0;title\x07", "\u009b2J"])
def test_hostile_text_is_text(words: str) -> None:
    """No format lets text from data become markup or control a terminal."""
    shown = hostile(words)
    harmless = hostile("plain words")
    ends = (words, words)

    page = Page(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(
        markdown(shown, ends)
    ))  # fmt: skip
    expected = Page(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(
        markdown(harmless, ("a", "b"))
    ))  # fmt: skip
    assert [tag for tag in page.tags if tag not in ("strong", "s")] == [
        tag for tag in expected.tags if tag not in ("strong", "s")
    ]
    assert not {"a", "img", "script"} & set(page.tags)
    for text in (
        markdown(shown, ends),
        tsv(shown.table()),
        to_json(data(Comparison(shown, (), 1, 1, 0), shown, ends)),
        draw(None, shown, None, Settings(80, color=False)),
    ):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)


def test_on_a_terminal_and_in_a_pipe(tmp_path: Path) -> None:
    """A terminal gets the drawing, a pipe tab-separated lines; messages go to standard error."""
    for name, text in (("old", BEFORE), ("new", AFTER)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "t.yaml").write_text(text, encoding="utf-8")

    shown, code = in_terminal(
        f"{sys.executable} -m claimcli changes old new --exit-code", cwd=tmp_path, columns=60
    )
    piped = claimcli("changes", "old", "new", "--party", "city", cwd=tmp_path)

    assert code == 1
    assert "\x1b[32m+\x1b[0m \x1b[1mno-inspection\x1b[0m" in shown
    assert piped.stdout == (
        "change\twhat\tid\tparty\tissue\tfield\tbefore\tafter\n"
        "gone\tclaim\told\tcity\t\tstatement\tAll is well.\t\n"
    )
    assert piped.stderr == "1 gone; read 1 file of old and 1 of new\n"
