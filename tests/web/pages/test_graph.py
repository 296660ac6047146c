"""The pages of the graph and of the neighbourhood of a claim."""

import re
from pathlib import Path

import pytest

from claimcli.core.problems import ClaimcliError
from claimcli.web.page import NoSuchPageError
from claimcli.web.pages.graph import ids
from tests.support.pages import page_of, readers_of, seen, write

DATA = """
claims:
  - {id: one, party: city, statement: It holds.}
  - {id: two, party: press, statement: It fell., responds_to: [{claim: one, kind: denies}]}
  - {id: three, party: city, statement: It stood., responds_to: [{claim: two, kind: denies}]}
  - {id: alone, party: city, statement: It is old.}
"""


def _linked(html: str) -> list[str]:
    (picture,) = re.findall(r"<svg[^>]* id=\"graph\".*?</svg>", html, re.DOTALL)
    return sorted(re.findall(r'<a href="/claim/([^"]*)"', picture))


def test_the_graph_has_each_claim_as_a_link(tmp_path: Path) -> None:
    """A query selects claims; their threads are added."""
    folder = write(tmp_path, {"a.yaml": DATA})

    assert _linked(page_of(folder, "/graph")) == ["alone", "one", "three", "two"]
    narrowed = page_of(folder, "/graph?q=id:three")
    assert _linked(narrowed) == ["one", "three", "two"]
    assert seen(narrowed)[2] == (
        "2 more claims belong to the selected ones, as answers or what they answer."
    )


def test_the_neighbourhood_of_a_claim_ends_after_some_steps(tmp_path: Path) -> None:
    """Two steps by default; a larger depth shows more."""
    folder = write(tmp_path, {"a.yaml": DATA})

    assert _linked(page_of(folder, "/graph/one")) == ["one", "three", "two"]
    near = page_of(folder, "/graph/one?depth=1")
    assert _linked(near) == ["one", "two"]
    assert "1 answer is further away." in seen(near)
    assert _linked(page_of(folder, "/graph?around=one&depth=0")) == ["one"]


def test_what_a_graph_refuses(tmp_path: Path) -> None:
    """An unknown claim has suggestions; a depth is a small number; around takes no query."""
    folder = write(tmp_path, {"a.yaml": DATA})

    with pytest.raises(NoSuchPageError, match="no claim 'thre'; did you mean 'three'"):
        page_of(folder, "/graph/thre")
    with pytest.raises(ClaimcliError, match="no depth '-1'; write a number from 0 to 20"):
        page_of(folder, "/graph/one?depth=-1")
    with pytest.raises(ClaimcliError, match="takes no query"):
        page_of(folder, "/graph?around=one&q=it")


def test_a_site_has_the_neighbourhood_of_each_linked_claim(tmp_path: Path) -> None:
    """A claim without links has no such page."""
    for reader in readers_of(write(tmp_path, {"a.yaml": DATA})):
        assert sorted(ids(reader)) == [("one",), ("three",), ("two",)]
