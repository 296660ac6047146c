"""The briefing."""

from collections.abc import Iterable

from claimcli.web.page import Document, PageRequest
from claimcli.web.reader import Reader


def document(request: PageRequest) -> Document:
    """Return the briefing of the selected claims."""
    del request
    return Document(media_type="text/plain", content=b"")


def forms(reader: Reader) -> Iterable[tuple[str, ...]]:
    """Return the formats of the briefing in a site."""
    del reader
    return ()
