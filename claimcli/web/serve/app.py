"""The application that answers a browser's requests."""

import time
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from hashlib import blake2b
from pathlib import PurePath
from traceback import format_exc
from typing import Any, TypeVar

from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route as ServedRoute

from claimcli.core.problems import ClaimcliError
from claimcli.web.asset_files import ASSETS, MEDIA_TYPES
from claimcli.web.index_reader import IndexReader
from claimcli.web.links import ServerLinks
from claimcli.web.page import Document, PageRequest
from claimcli.web.pages.errors import no_such_path
from claimcli.web.reader import Reader
from claimcli.web.render import render_page
from claimcli.web.routes import PATHS, ROUTES, Route
from claimcli.web.serve.cache import Content, ContentCache, Key
from claimcli.web.serve.failures import Failure, failure_of, respond_to_failure
from claimcli.web.serve.protection import DOCUMENT_HEADERS, Application, protected

MAX_ADDRESS = 48 * 1024
"""Bytes of an address: room for a query of 10,000 characters, the most that a query may have."""
THREADS = 8
"""Requests that are worked on at the same time."""
_T = TypeVar("_T")
Make = Callable[[PageRequest], Content]


def application(reader: IndexReader, report: Callable[[str], None]) -> Application:
    """Return the application that serves the pages of a dossier.

    ``report`` is called with the traceback of an error in the program.
    """
    server = _Server(reader, report)
    pages = [ServedRoute(_pattern(route.path), partial(server.page, route)) for route in ROUTES]
    assets = [ServedRoute(f"/assets/{name}", partial(server.asset, name)) for name in ASSETS]
    others = [ServedRoute("/stamp", server.stamp), ServedRoute("/{path:path}", server.no_page)]
    handlers: dict[Any, Any] = {405: server.no_method}
    return protected(Starlette(routes=[*pages, *assets, *others], exception_handlers=handlers))


def _pattern(path: str) -> str:
    return path.replace("{id}", "{id:path}")


class _Server:
    """What requests share: the reader, the kept pages, and the limits of threads.

    Pages that need the whole dossier are made one at a time, so that it is in memory once, and a
    page that is requested twice is made once. Other pages do not wait for them.
    """

    def __init__(self, reader: IndexReader, report: Callable[[str], None]) -> None:
        self.reader = reader
        self.report = report
        self.cache = ContentCache()
        self.started = str(time.time_ns())
        self.narrow, self.whole = CapacityLimiter(THREADS), CapacityLimiter(1)

    async def page(self, route: Route, asked: Request) -> Response:
        """Answer with a page or document."""

        def make(request: PageRequest) -> Content:
            page = route.make(request)
            if isinstance(page, Document):
                return Content(page.content, page.media_type, DOCUMENT_HEADERS)
            html = render_page(page, request, route.name)
            return Content(html.encode(), "text/html; charset=utf-8")

        return await self._answer(asked, make, route.options, route.name if route.whole else "")

    async def asset(self, name: str, asked: Request) -> Response:
        """Answer with a style sheet or script."""

        def make(request: PageRequest) -> Content:
            return Content(ASSETS[name](request.reader), MEDIA_TYPES[PurePath(name).suffix])

        return await self._answer(asked, make)

    async def stamp(self, asked: Request) -> Response:
        """Answer with the tag of the data as it is now."""
        request = await self._run(self._request, asked)
        return PlainTextResponse(request.stamp, headers={"Cache-Control": "no-store"})

    async def no_page(self, asked: Request) -> Response:
        """Answer that there is no page at an address."""
        return await self._refuse(asked, Failure(404, no_such_path(asked.url.path)))

    async def no_method(self, asked: Request, _: Exception) -> Response:
        """Answer that pages can only be read."""
        error = ClaimcliError(f"{asked.method} is not possible", "pages can only be read")
        answer = await self._refuse(asked, Failure(405, error))
        answer.headers["Allow"] = "GET, HEAD"
        return answer

    async def _answer(
        self, asked: Request, make: Make, options: Iterable[str] = (), kept_as: str = ""
    ) -> Response:
        """Answer with a content, unless the browser has it; keep it if ``kept_as`` names it."""
        if len(asked.url.path) + len(asked.url.query) > MAX_ADDRESS:
            error = ClaimcliError("the address is too long", "write a shorter query")
            return await self._refuse(asked, Failure(400, error))
        request = await self._run(self._request, asked, options)
        headers = {"ETag": f'"{request.stamp}"'}
        if _has(asked, request.stamp):
            return Response(status_code=304, headers=headers)
        key = (kept_as, *request.ids.values(), *request.options.values()) if kept_as else ()
        result: Content | Failure | None = self.cache.get(request.stamp, key) if key else None
        if result is None:
            result = await self._run(self._try, make, request, key, whole=bool(key))
        if isinstance(result, Failure):
            return await self._refuse(asked, result)
        headers |= result.headers
        return Response(result.content, media_type=result.media_type, headers=headers)

    def _try(self, make: Make, request: PageRequest, key: Key) -> Content | Failure:
        """Return the content, or why it cannot be made."""
        tag = request.stamp
        try:
            content = (self.cache.get(tag, key) if key else None) or make(request)
        except Exception as error:  # the browser gets a page in any case
            if not isinstance(error, ClaimcliError):
                self.report(format_exc())
            return failure_of(error)
        if key:
            self.cache.put(tag, key, content)
        return content

    async def _refuse(self, asked: Request, failure: Failure) -> Response:
        def respond() -> Response:
            return respond_to_failure(failure, asked, self._request(asked, ("q",)))

        return await self._run(respond)

    async def _run(self, function: Callable[..., _T], *given: Any, whole: bool = False) -> _T:
        """Return the result of a function that is called in a thread, which no exit waits for."""
        limiter = self.whole if whole else self.narrow
        return await to_thread.run_sync(function, *given, abandon_on_cancel=True, limiter=limiter)

    def _request(self, asked: Request, options: Iterable[str] = ()) -> PageRequest:
        """Return the request for a page of the data as it is now.

        Its stamp changes with the data, the day, and the process.
        """
        reader: Reader = self.reader
        try:
            reader = state = self.reader.current()
            stamp = state.stamp
        except ClaimcliError as error:  # reported by the page
            stamp = str(error)
        identity = "\0".join((stamp, self.started, date.today().isoformat()))
        return PageRequest(
            reader=reader,
            links=ServerLinks(PATHS),
            ids={name: str(value) for name, value in asked.path_params.items()},
            options={name: asked.query_params.get(name, "") for name in options},
            stamp=blake2b(identity.encode("utf-8", "replace"), digest_size=12).hexdigest(),
        )


def _has(asked: Request, tag: str) -> bool:
    """Return whether the browser has kept the answer with this tag."""
    known = asked.headers.get("if-none-match", "").split(",")
    return any(one.strip().removeprefix("W/") in ("*", f'"{tag}"') for one in known)
