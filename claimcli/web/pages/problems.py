"""Mistakes in the data."""

from claimcli.web.page import Page, PageRequest


def page(request: PageRequest) -> Page:
    """Return the problems of the data with their locations."""
    return Page(title="", template="unfinished.html.j2", values={"ids": dict(request.ids)})
