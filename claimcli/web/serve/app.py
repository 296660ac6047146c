"""The application that answers a browser's requests."""

from collections.abc import Callable
from functools import partial
from pathlib import PurePath

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route as ServedRoute

from claimcli.core.problems import ClaimcliError
from claimcli.web.asset_files import ASSETS, MEDIA_TYPES
from claimcli.web.links import ServerLinks
from claimcli.web.page import Document, NoSuchPageError, PageRequest
from claimcli.web.reader import Reader
from claimcli.web.render import render_page
from claimcli.web.routes import PATHS, ROUTES, Route
from claimcli.web.serve.protection import Application, protected


def application(reader: Reader) -> Application:
    """Return the application that serves the pages of a dossier."""
    served = [ServedRoute(_pattern(r.path), _endpoint(r, reader), name=r.name) for r in ROUTES]
    assets = [ServedRoute(f"/assets/{name}", partial(_asset, reader, name)) for name in ASSETS]
    return protected(Starlette(routes=[*served, *assets]))


def _pattern(path: str) -> str:
    return path.replace("{id}", "{id:path}")


def _asset(reader: Reader, name: str, _: Request) -> Response:
    return Response(ASSETS[name](reader), media_type=MEDIA_TYPES[PurePath(name).suffix])


def _endpoint(route: Route, reader: Reader) -> Callable[[Request], Response]:
    return partial(_answer, route, reader)


def _answer(route: Route, reader: Reader, asked: Request) -> Response:
    options = {name: asked.query_params.get(name, "") for name in route.options}
    ids = {name: str(value) for name, value in asked.path_params.items()}
    request = PageRequest(reader=reader, links=ServerLinks(PATHS), ids=ids, options=options)
    try:
        page = route.make(request)
    except NoSuchPageError as error:
        return PlainTextResponse(str(error), status_code=404)
    except ClaimcliError as error:
        return PlainTextResponse(str(error), status_code=400)
    if isinstance(page, Document):
        return Response(page.content, media_type=page.media_type)
    return HTMLResponse(render_page(page, request, route.name))
