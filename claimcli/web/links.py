"""Addresses of pages: those of a server, and between the files of a site."""

import re
from collections.abc import Mapping
from typing import Protocol
from urllib.parse import quote, urlencode


class Links(Protocol):
    """Writes the address of a page."""

    def to(self, route: str, *ids: str, anchor: str = "", **options: str) -> str:
        """Return the address of a route's page, or "" if there is no such page.

        ``ids`` are the values of the ``{name}`` in the route's path, in order; ``options`` those
        after the ``?``, of which empty ones are left out.
        """

    def asset(self, name: str) -> str:
        """Return the address of a style sheet or script."""


def filled(pattern: str, ids: tuple[str, ...]) -> str:
    """Return a route's path with its ids, percent-encoded.

    >>> filled("/diff/{left}/{right}", ("kremlin", "white-house"))
    '/diff/kremlin/white-house'
    >>> filled("/export/briefing.{form}", ("md",))
    '/export/briefing.md'
    """
    parts = iter(ids)
    return re.sub(r"\{\w+\}", lambda _: quote(next(parts), safe="/"), pattern)


class ServerLinks:
    """The addresses of a server's pages, by the path of each route."""

    def __init__(self, paths: Mapping[str, str]) -> None:
        self.paths = paths

    def to(self, route: str, *ids: str, anchor: str = "", **options: str) -> str:
        """Do as :meth:`Links.to`."""
        given = {name: value for name, value in options.items() if value}
        asked = f"?{urlencode(given)}" if given else ""
        return f"{filled(self.paths[route], ids)}{asked}{f'#{quote(anchor)}' if anchor else ''}"

    def asset(self, name: str) -> str:
        """Do as :meth:`Links.asset`."""
        return f"/assets/{name}"
