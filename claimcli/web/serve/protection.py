"""What protects the server from other pages in the same browser: checks, and headers."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

from claimcli.web.render import POLICY

Message = MutableMapping[str, Any]
Application = Callable[
    [Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]],
    Awaitable[None],
]
HEADERS = {
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
"""The headers of each answer, unless the answer has others."""
DOCUMENT_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
}
"""The policy of documents, which are single files with their style in them."""
HOSTS = ("127.0.0.1", "localhost", "[::1]")
"""Names of this machine. A page at another name, which a stranger lets point to this machine (DNS
rebinding), gets nothing. Any port is accepted: an SSH tunnel has its own."""


def protected(application: Application) -> Application:
    """Return an application that answers only requests to this machine, with the headers."""

    async def answer(scope: Message, receive: Any, send: Any) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        if _is_to_this_machine(Headers(scope=scope)):
            await application(scope, receive, send_with_headers)
        else:
            refusal = PlainTextResponse(
                "this server answers only at http://127.0.0.1 and http://localhost\n", 421
            )
            await refusal(scope, receive, send_with_headers)

    return answer


def _is_to_this_machine(headers: Headers) -> bool:
    """Return whether there is one Host header, and it names this machine."""
    hosts = headers.getlist("host")
    if len(hosts) != 1:
        return False
    name, _, port = hosts[0].rpartition(":") if hosts[0][-1:] != "]" else (hosts[0], "", "")
    if not name:
        name, port = port, ""
    return name.lower() in HOSTS and (port == "" or port.isdecimal())
