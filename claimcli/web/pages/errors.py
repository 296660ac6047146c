"""Pages that say why a request has no other answer."""

from claimcli.core.problems import ClaimcliError
from claimcli.formats.carets import caret_lines
from claimcli.web.page import NoSuchPageError, Page

_WIDTH = 80
"""Maximum number of columns of a query that are shown above the carets."""
_TITLES = {
    400: "The request is not valid",
    404: "No such page",
    405: "Pages are only read",
    409: "This document is not written",
    500: "The page cannot be shown",
}


def no_such_path(path: str) -> NoSuchPageError:
    """Return the error that an address belongs to no page."""
    return NoSuchPageError(f"no page has the address '{path}'", "begin with the first page")


def error_page(error: ClaimcliError, status: int) -> Page:
    """Return the page for an error, given the status of the answer.

    Its values are the message, the hint, the part of the query that it is about as two lines, the
    second with carets, and the pages with similar addresses.
    """
    at = error.excerpt
    values = {
        "status": status,
        "message": error.message,
        "hint": error.hint,
        "excerpt": tuple(caret_lines(at.text, at.start, at.end, gutter="", width=_WIDTH))
        if at
        else (),
        "nearest": error.nearest if isinstance(error, NoSuchPageError) else (),
    }
    return Page(title=_TITLES[status], template="error.html.j2", values=values)
