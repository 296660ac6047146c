"""Who holds what."""

from claimcli.web.page import Page, PageRequest


def page(request: PageRequest) -> Page:
    """Return each party's position on each issue."""
    return Page(title="", template="unfinished.html.j2", values={"ids": dict(request.ids)})
