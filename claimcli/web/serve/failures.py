"""The answers to requests that have no other answer."""

import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.web.page import NoSuchPageError, PageRequest
from claimcli.web.pages.errors import error_page
from claimcli.web.render import render_page


class Failure(msgspec.Struct, frozen=True):
    """The HTTP status of an answer, and the error that it reports."""

    status: int
    error: ClaimcliError


def failure_of(error: Exception) -> Failure:
    """Return how an error is answered: 404, 400, 409 if the data is the reason, or 500."""
    if isinstance(error, NoSuchPageError):
        return Failure(404, error)
    if isinstance(error, ClaimcliError):
        return Failure(409 if error.code == ExitCode.UNREADABLE else 400, error)
    message = "this page could not be made because of an error in the program"
    return Failure(500, ClaimcliError(message, "the terminal shows where it is"))


def respond_to_failure(failure: Failure, asked: Request, request: PageRequest) -> Response:
    """Return the answer to a failure: JSON for a program, else a page.

    It is plain text if the index cannot be read, because a page begins with the dossier's title.
    """
    status, error = failure.status, failure.error
    if asked.url.path.startswith("/api/"):
        content = msgspec.json.encode({"error": error.message, "hint": error.hint})
        return Response(content, status, media_type="application/json")
    try:
        return HTMLResponse(render_page(error_page(error, status), request, ""), status)
    except Exception:  # the error is reported in any case
        return PlainTextResponse(f"{error}\n", status)
