"""Read from a dossier what a page needs, and no more."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from claimcli.core.query import Node, Request, Scope
from claimcli.core.records import Dossier
from claimcli.dossier.open import LoadOptions, open_dossier


class FacetValue(Struct, frozen=True):
    """A value that claims have, such as a party's id, and the number of claims that have it."""

    value: str
    count: int


class Facet(Struct, frozen=True):
    """A field of the query language with its values, most frequent first."""

    field: str
    values: tuple[FacetValue, ...]


class SiteInfo(Struct, frozen=True, kw_only=True):
    """The title and description of a dossier, and the texts on its data that every page needs.

    ``errors`` is the number of errors in the data, ``withheld`` says what is left out of the pages.
    """

    title: str
    description: str = ""
    errors: int = 0
    withheld: str = ""


class Reader(Protocol):
    """Gives pages the parts of a dossier that they need."""

    def info(self) -> SiteInfo:
        """Return the title and the notes on the data."""

    def read(self, request: Request) -> Dossier:
        """Return the requested part of the dossier; ``by_id`` may contain more claims.

        Raises ClaimcliError if the query names something that the dossier does not have.
        """

    def count(self, query: Node) -> int:
        """Return the number of claims that match a query."""

    def facets(self, query: Node) -> tuple[Facet, ...]:
        """Return the parties, issues, statuses, sources, tags and years of the matching claims."""


class IndexReader:
    """Reads from the index of files, which is updated first if a file changed."""

    def __init__(self, paths: Sequence[Path], options: LoadOptions, *, title: str) -> None:
        self.paths = paths
        self.options = options
        self.title = title

    def info(self) -> SiteInfo:
        """Do as :meth:`Reader.info`."""
        return SiteInfo(title=self.title)

    def read(self, request: Request) -> Dossier:
        """Do as :meth:`Reader.read`."""
        return open_dossier(self.paths, request, self.options)

    def count(self, query: Node) -> int:
        """Do as :meth:`Reader.count`."""
        return len(self.read(Request(query=query, scope=Scope.CLAIMS)).claims)

    def facets(self, query: Node) -> tuple[Facet, ...]:
        """Do as :meth:`Reader.facets`."""
        del query
        return ()
