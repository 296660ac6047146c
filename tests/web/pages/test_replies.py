"""The page of requests for comment, and when a site has it."""

from pathlib import Path

from claimcli.web.pages.replies import instances
from tests.support.pages import page_of, readers_of, seen, write

DATA = """
claims:
  - {id: old, party: press, statement: It is old., asked: [{party: city, on: 2024-05-01, due: 2024-05-03}]}
"""


def test_a_request_has_its_claim_and_state(tmp_path: Path) -> None:
    """A request whose answer was due is overdue."""
    html = page_of(write(tmp_path, {"a.yaml": DATA}), "/replies")

    assert seen(html)[-5:] == [
        "2024-05-01", "due 2024-05-03", "city", "It is old. old", "overdue: no response on file",
    ]  # fmt: skip


def test_the_page_exists_if_there_are_requests(tmp_path: Path) -> None:
    """The menu and a site have it then only."""
    some = write(tmp_path / "some", {"a.yaml": DATA})
    none = write(tmp_path / "none", {"a.yaml": "claims: [{id: a, party: p, statement: S}]"})

    assert [list(instances(reader)) for reader in readers_of(some)] == [[()], [()]]
    assert [list(instances(reader)) for reader in readers_of(none)] == [[], []]
