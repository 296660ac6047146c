"""The data of pages as JSON."""

from claimcli.web.page import Document, PageRequest


def claims(request: PageRequest) -> Document:
    """Return the selected claims."""
    del request
    return Document(media_type="text/plain", content=b"")


def claim(request: PageRequest) -> Document:
    """Return a claim."""
    del request
    return Document(media_type="text/plain", content=b"")


def diff(request: PageRequest) -> Document:
    """Return a comparison."""
    del request
    return Document(media_type="text/plain", content=b"")
