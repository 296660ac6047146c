"""Read from a dossier what a page needs, and no more."""

import sqlite3
from collections.abc import Callable
from functools import cached_property
from typing import Any, Protocol, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from claimcli.analysis.expected_speakers import speakers_of_claims
from claimcli.analysis.internal import only_selected, without_internal
from claimcli.analysis.registries import parties, sources
from claimcli.core.provenance import origins_summary
from claimcli.core.query import EVERYTHING, Node, Request
from claimcli.core.records import Claim, Dossier
from claimcli.core.text.similarity import LEAST_SCORE
from claimcli.dossier.index.facets import Facet, facets_of
from claimcli.dossier.index.functions import run_with_functions
from claimcli.dossier.index.resolve import find_party_by_part
from claimcli.dossier.index.selection import count_claims, selected_claims
from claimcli.dossier.index.similar import SimilarSearch
from claimcli.dossier.index.where import TRUE, Condition
from claimcli.dossier.select import build_index
from claimcli.history.revision import Revision

UNTITLED = "Dossier"
"""The title of a dossier whose claimcli.toml has none."""
MOST_SIMILAR = 20
"""Similar claims that are searched: pages show some of those that they do not have elsewhere."""
_T = TypeVar("_T")


class SiteInfo(Struct, frozen=True, kw_only=True):
    """The title and description of a dossier, and the texts on its data that every page needs.

    ``errors`` is the number of errors in the data, ``withheld`` says what is left out of the pages.
    """

    title: str
    description: str = ""
    errors: int = 0
    withheld: str = ""


class ListedRecords(Struct, frozen=True):
    """The first records of a registry with their numbers, how many there are, and a summary."""

    records: tuple[dict[str, Any], ...]
    count: int
    summary: str = ""


class Reader(Protocol):
    """Gives pages the parts of a dossier that they need."""

    def info(self) -> SiteInfo:
        """Return the title and the notes on the data."""

    def read(self, request: Request) -> Dossier:
        """Return the requested part of the dossier; ``by_id`` may contain more claims.

        Raises ClaimcliError if the query names something that the dossier does not have.
        """

    def registry(self, kind: str, query: Node, most: int) -> ListedRecords:
        """Return the parties or sources of the claims that match a query, without a query all."""

    def count(self, query: Node) -> int:
        """Return the number of claims that match a query."""

    def facets(self, query: Node) -> tuple[Facet, ...]:
        """Return the parties, issues, statuses, sources, tags and years of the matching claims."""

    def similar(self, claim: Claim) -> tuple[str, ...]:
        """Return the ids of the other claims with similar statements, the most similar first.

        It is empty if a search would take too long.
        """

    def revision(self) -> Revision | None:
        """Return the git revision of the data, None if git has no file of it."""


def similar_ids(search: SimilarSearch, claim: Claim, within: Condition = TRUE) -> tuple[str, ...]:
    """Return the ids of the claims whose statements are similar to that of another claim."""
    found = search.search(
        claim.statement, limit=MOST_SIMILAR, within=within, but=claim.id, brief=True
    )
    return tuple(one.id for one in found if one.score >= LEAST_SCORE)


class WholeReader:
    """Reads from a whole dossier in memory, by default as it is without internal records.

    The claims that can be read are those that ``dossier`` selects. ``info`` has the title and the
    description. Statuses, and what is answered, are those with all records.
    """

    def __init__(self, dossier: Dossier, info: SiteInfo, *, internal: bool = False) -> None:
        shareable = dossier if internal else without_internal(dossier)
        speakers = speakers_of_claims(shareable)
        self.dossier = replace(only_selected(shareable), speakers=speakers)
        self._info = replace(info, errors=dossier.errors, withheld=self.dossier.withheld.note)
        self._hidden = dossier.sources.keys() - self.dossier.sources.keys()
        self._index = build_index(dossier)
        self._within = TRUE
        if len(self.dossier.claims) < len(dossier.by_id):
            self._index.execute("CREATE TEMP TABLE shown (id TEXT PRIMARY KEY)")
            shown = [(claim.id,) for claim in self.dossier.claims]
            self._index.executemany("INSERT INTO shown VALUES (?)", shown)
            self._within = Condition("c.id IN (SELECT id FROM temp.shown)")

    def info(self) -> SiteInfo:
        """Do as :meth:`Reader.info`."""
        return self._info

    def read(self, request: Request) -> Dossier:
        """Do as :meth:`Reader.read`."""

        def select(db: sqlite3.Connection) -> Dossier:
            chosen = selected_claims(db, request, self._within)
            return replace(
                self.dossier,
                claims=tuple(self.dossier.by_id[name] for _, name in chosen),
                party_ids={name: find_party_by_part(db, name) for name in request.parties},
            )

        return self._use(select)

    def registry(self, kind: str, query: Node, most: int) -> ListedRecords:
        """Do as :meth:`Reader.registry`."""
        dossier = self.read(Request(query=query))
        only_used = query != EVERYTHING
        if kind == "party":
            records = parties(dossier, only_used=only_used).records
            return ListedRecords(records[:most], len(records))
        records = sources(dossier, only_used=only_used).records
        summary = origins_summary(dossier, dossier.claims)
        return ListedRecords(records[:most], len(records), summary)

    def count(self, query: Node) -> int:
        """Do as :meth:`Reader.count`."""
        return self._use(lambda db: count_claims(db, query, self._within))

    def facets(self, query: Node) -> tuple[Facet, ...]:
        """Do as :meth:`Reader.facets`."""
        return self._use(lambda db: facets_of(db, query, self._within, hidden=self._hidden))

    def similar(self, claim: Claim) -> tuple[str, ...]:
        """Do as :meth:`Reader.similar`."""
        return similar_ids(self._search, claim, self._within)

    @cached_property
    def _search(self) -> SimilarSearch:
        return SimilarSearch(self._index)

    def revision(self) -> Revision | None:
        """Return None: a dossier in memory has no files."""
        return None

    def _use(self, use: Callable[[sqlite3.Connection], _T]) -> _T:
        return run_with_functions(self._index, lambda _, path: path, use)
