"""Who said what, and when."""

from claimcli.web.page import Page, PageRequest


def page(request: PageRequest) -> Page:
    """Return the claims by time."""
    return Page(title="", template="unfinished.html.j2", values={"ids": dict(request.ids)})
