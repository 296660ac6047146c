"""The page of gaps."""

from pathlib import Path

from tests.support.pages import page_of, seen, write

DATA = """
issues: [{id: bridge, question: Is it safe?}]
claims:
  - {id: safe, party: city, issue: bridge, statement: It is safe.}
"""


def test_gaps_are_grouped_with_links(tmp_path: Path) -> None:
    """Each group has its number and leads to claims or issues."""
    html = page_of(write(tmp_path, {"a.yaml": DATA}), "/audit")
    shown = seen(html)

    assert shown[2:6] == [
        "claims with no response on file", "1", "claims with no source on file", "1",
    ]  # fmt: skip
    start = shown.index("Claims with no source on file")
    assert shown[start : start + 4] == [
        "Claims with no source on file", "1", "city", "It is safe. safe a.yaml:4",
    ]  # fmt: skip
    assert '<a href="/claim/safe" dir="auto">It is safe.</a>' in html
    assert '<a href="/issue/bridge" dir="auto">Is it safe?</a>' in html


def test_a_query_selects_the_claims(tmp_path: Path) -> None:
    """Without claims there are no gaps."""
    html = page_of(write(tmp_path, {"a.yaml": DATA}), "/audit?q=-safe")

    assert "<h2" not in html
