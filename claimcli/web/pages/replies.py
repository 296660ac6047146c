"""Requests for comment."""

from claimcli.web.page import Page, PageRequest


def page(request: PageRequest) -> Page:
    """Return the requests for comment and their state."""
    return Page(title="", template="unfinished.html.j2", values={"ids": dict(request.ids)})
