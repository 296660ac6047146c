"""The page of the matrix: what each cell shows, and the claims that it leads to."""

from pathlib import Path

from tests.support.pages import page_of, seen, write

MAIN = """
parties:
  - {id: city, name: City}
  - {id: press, name: The Press}
issues:
  - {id: bridge, question: Is the bridge safe?}
  - {id: cost, question: What does it cost?}
claims:
  - {id: costly, party: city, issue: cost, statement: It costs a lot.}
  - {id: safe, party: city, issue: bridge, position: safe, statement: It is safe.}
  - {id: again, party: city, issue: bridge, position: safe, statement: It remains safe.}
  - {id: unsafe, party: press, issue: bridge, position: unsafe, statement: <b>No</b>.}
"""


def test_each_cell_has_a_position_and_its_claims(tmp_path: Path) -> None:
    """Contested issues are first; silence is written out."""
    html = page_of(write(tmp_path, {"a.yaml": MAIN}), "/matrix")

    assert seen(html)[2:] == [
        "2 parties, 2 questions. A cell leads to the claims behind it.",
        "Question", "City", "The Press",
        "Is the bridge safe?contested",
        "Citysafe2 claims", "The Pressunsafe1 claim",
        "What does it cost?Silent: The Press", "CityIt costs a lot.1 claim", "silent",
    ]  # fmt: skip
    assert 'href="/claims?q=party%3Acity+issue%3Abridge"' in html
    assert 'href="/claim/unsafe"' in html


def test_a_query_is_part_of_the_links_of_cells(tmp_path: Path) -> None:
    """A cell leads to the selected claims only."""
    html = page_of(write(tmp_path, {"a.yaml": MAIN}), "/matrix?q=safe OR costs")

    assert 'href="/claims?q=%28safe+OR+costs%29+party%3Acity+issue%3Abridge"' in html


def test_more_than_eight_parties_are_also_listed_by_position(tmp_path: Path) -> None:
    """Cells have a position and a number; names are listed under each position."""
    names = [f"p{number}" for number in range(9)]
    claims = "".join(
        f"  - {{id: c{n}, party: {name}, issue: bridge, position: yes, statement: S {n}.}}\n"
        for n, name in enumerate(names[:8])
    )
    text = f"parties: [{', '.join(f'{{id: {name}}}' for name in names)}]\nclaims:\n{claims}"
    text += "  - {id: other, party: p8, issue: cost, statement: Other.}\n"

    shown = seen(page_of(write(tmp_path, {"a.yaml": text}), "/matrix"))

    assert shown[shown.index("By position") :][:6] == [
        "By position", "bridge", "agreed", "yes",
        " ".join(f"{name} 1 claim" for name in names[:8]),
        "silent",
    ]  # fmt: skip
