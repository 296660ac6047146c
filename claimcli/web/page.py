"""What a page is made from, and what it is."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from claimcli.core.problems import ClaimcliError
from claimcli.core.text.suggestions import similar
from claimcli.web.links import Links
from claimcli.web.reader import Reader


class PageRequest(Struct, frozen=True, kw_only=True):
    """What a page is about: the ids in its address, and the options after its ``?``.

    ``ids`` has a value for each ``{name}`` in the route's path. ``options`` has every option that
    the route takes, as it was typed, or "". ``query`` is the option ``q``. A page of a list has at
    most ``rows`` claims. Without ``whole_texts``, only the passages around quotes are shown of
    texts. A ``static`` page is a file of a site. ``stamp`` identifies the state of the data, if the
    page shall notice changes.
    """

    reader: Reader
    links: Links
    ids: Mapping[str, str] = {}
    options: Mapping[str, str] = {}
    rows: int = 100
    whole_texts: bool = True
    static: bool = False
    stamp: str = ""

    @property
    def query(self) -> str:
        """The query as it was typed, or ""."""
        return self.options.get("q", "")


class Page(Struct, frozen=True, kw_only=True):
    """A page: its title, its template in ``web/templates``, and the values of the template."""

    title: str
    template: str
    values: Mapping[str, Any] = {}


class Document(Struct, frozen=True, kw_only=True):
    """A file that is not a page, such as a briefing, with its media type."""

    media_type: str
    content: bytes


class NoSuchPageError(ClaimcliError):
    """The address names a record that the dossier does not have.

    ``nearest`` are the route and the id of pages with a similar id.
    """

    def __init__(
        self, message: str, hint: str = "", *, nearest: tuple[tuple[str, str], ...] = ()
    ) -> None:
        super().__init__(message, hint)
        self.nearest = nearest


def no_such_record(kind: str, name: str, known: Iterable[str]) -> NoSuchPageError:
    """Return the error that no record of a kind, which is also its route, has an id."""
    near = similar(name, known)
    hint = f"did you mean '{near[0]}'?" if near else "check the id"
    return NoSuchPageError(f"no {kind} '{name}'", hint, nearest=tuple((kind, n) for n in near))
