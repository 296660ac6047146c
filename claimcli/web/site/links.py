"""The names of a site's files, and addresses from one file to another."""

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from posixpath import dirname
from urllib.parse import quote, urlencode

SEARCH_DATA = "data/claims.js"
"""The file with the claims for the script that searches them."""
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)")
"""File names, with any ending, that Windows refuses."""
_LONGEST = 200
"""File systems permit names of 255 bytes."""


def file_name(pattern: str, ids: Sequence[str]) -> str:
    """Return the path of a file from the pattern of its route and the ids of its records.

    Ids are ASCII letters in lower case, digits, ``.``, ``_``, ``-`` and ``/``, which becomes ``~``;
    so different ids have different names on every file system. A name that would be too long is
    cut, and ends with a checksum.

    >>> file_name("claims/{id}.html", ["no-strike-weapons/kremlin"])
    'claims/no-strike-weapons~kremlin.html'
    >>> file_name("parties/{id}.html", ["con"])
    'parties/~con.html'
    """
    parts = iter(ids)
    filled = re.sub(r"\{\w+\}", lambda _: next(parts).replace("/", "~"), pattern)
    folder, slash, name = filled.rpartition("/")
    if _RESERVED.match(name):
        name = f"~{name}"
    if len(name) > _LONGEST:
        stem, _, ending = name.rpartition(".")
        name = f"{stem[:_LONGEST]}~~{sha256(stem.encode()).hexdigest()[:16]}.{ending}"
    return f"{folder}{slash}{name}"


def numbered(file: str, page: int) -> str:
    """Return the file of one page of a list: ``claims.html``, ``claims-2.html`` and so on."""
    stem, _, ending = file.rpartition(".")
    return file if page == 1 else f"{stem}-{page}.{ending}"


class StaticLinks:
    """The addresses of a site's files, relative to the file ``here``.

    ``files`` has the file of each page by its route's name and ids. Only the list of claims has a
    query, which a script answers, and pages.
    """

    def __init__(
        self, files: Mapping[tuple[str, tuple[str, ...]], str], here: str, *, list_pages: int = 1
    ) -> None:
        self.files = files
        self.folder = f"{dirname(here)}/"
        self.list_pages = list_pages

    def to(self, route: str, *ids: str, anchor: str = "", **options: str) -> str:
        """Do as :meth:`claimcli.web.links.Links.to`."""
        file = self.files.get((route, ids), "")
        given = {name: value for name, value in options.items() if value}
        if route == "claims" and not given.keys() - {"page"}:
            page = given.pop("page", "1")
            in_range = page.isdecimal() and 1 <= int(page) <= self.list_pages
            file = numbered(file, int(page)) if in_range else ""
        if not file or (given and (route != "claims" or given.keys() - {"q"})):
            return ""
        query = f"?{urlencode(given)}" if given else ""
        return f"{self._to_file(file)}{query}{f'#{quote(anchor)}' if anchor else ''}"

    def asset(self, name: str) -> str:
        """Do as :meth:`claimcli.web.links.Links.asset`, also for SEARCH_DATA."""
        return self._to_file(name if name == SEARCH_DATA else f"assets/{name}")

    def _to_file(self, file: str) -> str:
        if self.folder == "/":
            return quote(file)
        return quote(
            file.removeprefix(self.folder) if file.startswith(self.folder) else f"../{file}"
        )
