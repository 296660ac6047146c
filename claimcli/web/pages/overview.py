"""The first page."""

from claimcli.web.page import Page, PageRequest


def page(request: PageRequest) -> Page:
    """Return the first page."""
    return Page(title="", template="unfinished.html.j2", values={"ids": dict(request.ids)})
