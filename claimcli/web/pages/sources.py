"""The sources."""

from claimcli.web.page import Page, PageRequest


def list_page(request: PageRequest) -> Page:
    """Return all sources with their counts."""
    return Page(title="", template="unfinished.html.j2", values={"ids": dict(request.ids)})
