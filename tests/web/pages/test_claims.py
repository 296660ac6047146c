"""The list of claims: query, orders, parts, and links that narrow it."""

from html import unescape
from pathlib import Path

import pytest

from claimcli.core.problems import ClaimcliError
from claimcli.web.page import NoSuchPageError
from tests.support.pages import page_of, seen, write

MANY = "".join(
    f"  - {{id: c{n:03}, party: p, said: 2021-{n % 12 + 1:02}, statement: Claim {n}.}}\n"
    for n in range(250)
)
TALKS = """
parties: [{id: port, name: Port Office}, {id: union, name: Union}]
issues: [{id: fees, question: Are the fees fair?}]
claims:
  - id: fair
    party: port
    speaker: Ann Harris
    said: 2023-05-02
    issue: fees
    position: "yes"
    about: 2022
    tags: [money]
    reports: {party: union, speaker: Bo Lind}
    statement: The fees are fair.
    rebuttals: [{id: unfair, party: union, kind: denies, statement: They are not.}]
  - {id: old, party: union, withdrawn: 2024, statement: The old fees were fair.}
"""


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    return write(tmp_path, {"talks.yaml": TALKS})


def rows(html: str) -> list[str]:
    """Return the cells of the list."""
    lines = seen(html)
    start = lines.index("Status") + 1
    return lines[start : next(n for n, line in enumerate(lines) if "Same claims as" in line)]


def test_a_row_says_when_who_what_and_the_status(talks: Path) -> None:
    """With the position, whose words are relayed, the question, and the reason for the status."""
    assert rows(page_of(talks, "/claims?q=has:issue")) == [
        "2023-05-02",
        "Port OfficeAnn Harris",
        "The fees are fair.position: yes · relays Bo Lind · about 2022 · Are the fees fair? fair",
        "contested: Union denies",
        "no date",
        "Union",
        "They are not.Are the fees fair? unfair",
        "contested: answers Port Office: denies",
    ]


def test_the_query_is_kept_and_counted(talks: Path) -> None:
    """The box has the query as it was typed."""
    html = page_of(talks, "/claims?q=%20fees%20%20AND%20party:port")

    assert 'value=" fees  AND party:port"' in html
    assert "1 of 3 claims" in seen(html)
    assert "1–1 of 1" in html


def test_a_query_that_matches_nothing(talks: Path) -> None:
    """The page says so, and links to all claims."""
    lines = seen(page_of(talks, "/claims?q=sunshine"))

    assert "0 of 3 claims" in lines
    assert "No claim matches." in lines


@pytest.mark.parametrize("address", ["/claims?q=party:", "/claims?sort=colour", "/claims?page=x"])
def test_an_invalid_option_is_an_error(talks: Path, address: str) -> None:
    """It is that of the command line."""
    with pytest.raises(ClaimcliError):
        page_of(talks, address)


def test_the_list_has_parts_of_a_hundred_claims(tmp_path: Path) -> None:
    """Links lead to the parts before and after; the order is kept."""
    folder = write(tmp_path, {"a.yaml": f"claims:\n{MANY}"})
    html = unescape(page_of(folder, "/claims?sort=-id&page=2"))

    assert "Previous 101–200 of 250 Next" in " ".join(seen(html))
    assert 'href="/claims?sort=-id"' in html
    assert 'href="/claims?sort=-id&page=3"' in html
    assert "c149" in html
    assert "c150" not in html
    with pytest.raises(NoSuchPageError):
        page_of(folder, "/claims?page=4")


def test_the_heads_of_columns_change_the_order(talks: Path) -> None:
    """The link of the sorted column reverses the order."""
    html = unescape(page_of(talks, "/claims?q=fees&sort=status"))

    assert '<th scope="col" class="status" aria-sort="ascending">' in html
    assert 'href="/claims?q=fees&sort=-status"' in html
    assert 'href="/claims?q=fees&sort=party"' in html


def test_values_narrow_the_list_and_can_be_removed(talks: Path) -> None:
    """Each has the number of its claims among those that match."""
    html = unescape(page_of(talks, "/claims?q=fees+party:port"))
    facets = seen(html[html.index('<nav class="facets"') :])

    assert facets == [
        "Narrow", "Party", "Port Office remove Port Office1", "Question", "Are the fees fair?1",
        "Status", "contested1", "Source", "no source1", "Tag", "money1", "Year", "20231",
    ]  # fmt: skip
    assert 'href="/claims?q=fees"' in html
    assert 'href="/claims?q=fees+party%3Aport+status%3Acontested"' in html


def test_a_withdrawn_claim_is_marked(talks: Path) -> None:
    """Below its statement."""
    assert "The old fees were fair.old · withdrawn 2024" in rows(page_of(talks, "/claims?q=old"))


def test_text_of_strangers_is_text(tmp_path: Path) -> None:
    """Markup is escaped; characters that change the direction of writing are shown as such."""
    text = """
claims: [{id: a, party: "p", statement: "<b>x</b> \\u202e y", speaker: "<script>"}]
"""
    html = page_of(write(tmp_path, {"a.yaml": text}), "/claims")

    assert "&lt;b&gt;x&lt;/b&gt; ⟨U+202E⟩ y" in html
    assert "<script>" not in html


def test_many_values_of_a_facet_can_be_unfolded(tmp_path: Path) -> None:
    """Ten are shown at first."""
    claims = "".join(f"  - {{id: c{n}, party: p{n:02}, statement: S.}}\n" for n in range(13))
    html = page_of(write(tmp_path, {"a.yaml": f"claims:\n{claims}"}), "/claims")
    parties = seen(html[html.index('<nav class="facets"') : html.index("<h3>Question")])

    first = [f"p{n:02}1" for n in range(10)]
    assert parties == ["Narrow", "Party", *first, "3 more", "p101", "p111", "p121"]
