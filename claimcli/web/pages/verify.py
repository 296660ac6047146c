"""Quotes and the texts of their sources."""

from claimcli.web.page import Page, PageRequest


def page(request: PageRequest) -> Page:
    """Return the verdict on each quote."""
    return Page(title="", template="unfinished.html.j2", values={"ids": dict(request.ids)})
