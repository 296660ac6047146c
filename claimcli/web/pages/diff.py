"""Two accounts side by side."""

from collections.abc import Iterable

from claimcli.web.page import Page, PageRequest
from claimcli.web.reader import Reader


def page(request: PageRequest) -> Page:
    """Return the comparison of two parties."""
    return Page(title="", template="unfinished.html.j2", values={"ids": dict(request.ids)})


def pairs_page(request: PageRequest) -> Page:
    """Return the pairs of parties that can be compared."""
    return Page(title="", template="unfinished.html.j2", values={"ids": dict(request.ids)})


def pairs(reader: Reader) -> Iterable[tuple[str, ...]]:
    """Return the pairs of parties with a row that is not one-sided."""
    del reader
    return ()
