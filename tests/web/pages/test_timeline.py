"""The page of the timeline: a picture with links, and the same as a table."""

import re
from pathlib import Path

import pytest

from claimcli.core.problems import ClaimcliError
from claimcli.web import list_parts
from tests.support.pages import page_of, seen, write

DATA = """
claims:
  - {id: late, party: press, said: 2024-05-03, statement: It fell., responds_to: [{claim: early, kind: denies}]}
  - {id: early, party: city, said: 2024-05-01, statement: It <i>holds</i>.}
  - {id: undated, party: city, statement: It is old.}
"""


def test_boxes_of_the_picture_are_links(tmp_path: Path) -> None:
    """The picture has no style sheet, which the policy forbids, and escapes texts."""
    html = page_of(write(tmp_path, {"a.yaml": DATA}), "/timeline")
    (picture,) = re.findall(r"<svg[^>]* id=\"timeline\".*?</svg>", html, re.DOTALL)

    assert re.findall(r'<a href="([^"]*)"', picture) == [
        "/claim/early",
        "/claim/late",
        "/claim/undated",
    ]
    assert "<style" not in picture
    assert "style=" not in picture
    assert "<i>" not in html


def test_the_table_has_the_same_claims(tmp_path: Path) -> None:
    """Answers and the first rebuttal with its time are next to a claim."""
    shown = seen(page_of(write(tmp_path, {"a.yaml": DATA}), "/timeline"))

    assert shown[shown.index("The same as a table") + 2 :] == [
        "Said", "Who", "What", "Status",
        "2024-05-01", "city", "It <i>holds</i>.early first rebuttal late (press, after 2 days)",
        "contested: press denies",
        "2024-05-03", "press", "It fell.late denies: early",
        "contested: answers city: denies",
        "no date", "city", "It is old.undated", "no response on file",
    ]  # fmt: skip


def test_too_many_claims_for_a_picture_are_a_table_in_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page says how to narrow them; there is no part after the last one."""
    monkeypatch.setattr(list_parts, "MOST_DRAWN", 2)
    folder = write(tmp_path, {"a.yaml": DATA})
    shown = seen(page_of(folder, "/timeline"))

    assert shown[2] == (
        "A picture has at most 2 claims; these are 3. "
        "A query such as issue:ID or party:ID selects fewer."
    )
    assert "1–3 of 3" in shown[-1]
    with pytest.raises(ClaimcliError, match="no page 2"):
        page_of(folder, "/timeline?page=2")
