"""Requests to the application of the server, without a socket."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from msgspec import Struct

from claimcli.dossier.open import LoadOptions
from claimcli.web.index_reader import IndexReader
from claimcli.web.serve.app import application


class Answer(Struct, frozen=True):
    """The status, the headers with names in lower case, and the content of an answer."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def text(self) -> str:
        """The content as text."""
        return self.content.decode()


class Site:
    """The application that serves a folder."""

    def __init__(self, folder: Path) -> None:
        self.reports: list[str] = []
        self.application = application(IndexReader([folder], LoadOptions()), self.reports.append)

    def get(
        self, address: str, *, method: str = "GET", host: str | None = "127.0.0.1", **headers: str
    ) -> Answer:
        """Return the answer to a request."""
        path, _, query = address.partition("?")
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        given = {**({"host": host} if host is not None else {}), **named}
        scope = {
            "type": "http",
            "method": method,
            "path": unquote(path),
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in given.items()],
            "scheme": "http",
            "server": ("127.0.0.1", 80),
            "root_path": "",
        }
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            sent.append(dict(message))

        asyncio.run(self.application(scope, receive, send))  # type: ignore[arg-type]  # a coroutine
        start, *parts = sent
        names = {name.decode().lower(): value.decode() for name, value in start["headers"]}
        return Answer(start["status"], names, b"".join(part.get("body", b"") for part in parts))
