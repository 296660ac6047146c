"""What is missing."""

from claimcli.web.page import Page, PageRequest


def page(request: PageRequest) -> Page:
    """Return the gaps of the dossier."""
    return Page(title="", template="unfinished.html.j2", values={"ids": dict(request.ids)})
