"""The sources."""

from collections.abc import Iterable

from claimcli.web.page import Page, PageRequest
from claimcli.web.reader import Reader


def list_page(request: PageRequest) -> Page:
    """Return all sources with their counts."""
    return Page(title="", template="unfinished.html.j2", values={"ids": dict(request.ids)})


def page(request: PageRequest) -> Page:
    """Return a source, the claims that cite it, and its text."""
    return Page(title="", template="unfinished.html.j2", values={"ids": dict(request.ids)})


def ids(reader: Reader) -> Iterable[tuple[str, ...]]:
    """Return the id of each source."""
    del reader
    return ()
