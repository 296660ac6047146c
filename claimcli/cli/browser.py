"""Opening a web address in the user's browser."""

import webbrowser

from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.core.text.escaping import web_link


def open_page(address: str) -> None:
    """Open an address in the browser that BROWSER names, or else in the usual one, without a shell.

    Raises ClaimcliError if it is no web address or no browser can be run.
    """
    if not web_link(address):
        raise ClaimcliError(f"'{address}' is no web address", "only http and https are opened")
    if not webbrowser.open(address):
        message = f"no browser opened {address}"
        raise ClaimcliError(message, "set BROWSER, or open it yourself", code=ExitCode.UNREADABLE)
