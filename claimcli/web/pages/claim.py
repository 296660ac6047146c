"""The page of a claim."""

from collections.abc import Iterable

from claimcli.web.page import Page, PageRequest
from claimcli.web.reader import Reader


def page(request: PageRequest) -> Page:
    """Return a claim with its answers, quotes and opposing positions."""
    return Page(title="", template="unfinished.html.j2", values={"ids": dict(request.ids)})


def ids(reader: Reader) -> Iterable[tuple[str, ...]]:
    """Return the id of each claim."""
    del reader
    return ()
