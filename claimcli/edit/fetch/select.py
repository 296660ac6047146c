"""The sources to fetch, the results as a table, and links to web archives."""

from collections.abc import Callable, Iterable
from enum import StrEnum

from msgspec import Struct

from claimcli.core.problems import ClaimcliError
from claimcli.core.records import Dossier, Source
from claimcli.core.table import Table
from claimcli.core.text.suggestions import did_you_mean


class FetchResult(Struct, frozen=True):
    """The result for one source: "fetched", "kept" or "failed", the text's path, and a note."""

    source: str
    outcome: str
    text: str | None = None
    note: str = ""

    @property
    def failed(self) -> bool:
        """Whether the source still has no text."""
        return self.outcome == "failed"


class Purpose(StrEnum):
    """What is done with sources, which decides on those that are selected by default."""

    FETCH = "fetch"
    CHECK = "check"
    ARCHIVE = "archive"


def select_sources(
    dossier: Dossier, names: Iterable[str], purpose: Purpose = Purpose.FETCH
) -> tuple[Source, ...]:
    """Return the sources with these ids; without ids, those with an address for which it is useful.

    Those are sources without a text, to check all, for the archive those without a recorded copy
    that are not internal, since their addresses are sent to others. Raises ClaimcliError for an
    unknown id.
    """
    listed = list(dict.fromkeys(names))
    for name in listed:
        if name not in dossier.sources:
            hint = did_you_mean(name, dossier.sources, "'claimcli sources' lists them")
            raise ClaimcliError(f"no source '{name}'", hint)
    if listed:
        return tuple(dossier.sources[name] for name in listed)
    useful: dict[Purpose, Callable[[Source], bool]] = {
        Purpose.FETCH: lambda source: not source.text,
        Purpose.CHECK: lambda _: True,
        Purpose.ARCHIVE: lambda source: not (source.archive_url or source.internal),
    }
    return tuple(s for s in dossier.sources.values() if s.url and useful[purpose](s))


def fetch_table(results: Iterable[FetchResult]) -> Table:
    """Return the results as a table."""
    rows = tuple((one.source, one.outcome, one.text, one.note) for one in results)
    return Table("sources", ("id", "outcome", "text", "note"), rows)


def check_table(results: Iterable[FetchResult]) -> Table:
    """Return the results of looking at pages again as a table."""
    rows = tuple((one.source, one.outcome, one.note) for one in results)
    return Table("sources", ("id", "outcome", "note"), rows)


def copy_table(results: Iterable[FetchResult]) -> Table:
    """Return the copies of pages in the archive as a table."""
    rows = tuple((one.source, one.outcome, one.text, one.note) for one in results)
    return Table("sources", ("id", "outcome", "archive_url", "note"), rows)


def archive_link_table(sources: Iterable[Source]) -> Table:
    """Return the archive link of each source as a table."""
    rows = tuple((source.id, archive_link(source)) for source in sources)
    return Table("sources", ("id", "archive_link"), rows)


def archive_link(source: Source) -> str:
    """Return the archive link of a source: the recorded one, else one to the Wayback Machine.

    The Wayback Machine opens the copy nearest to the date of access, or of publication.
    """
    if source.archive_url or not source.url:
        return source.archive_url or ""
    when = archive_time(source)
    return f"https://web.archive.org/web/{f'{when}/' if when else ''}{source.url}"


def archive_time(source: Source) -> str:
    """Return the day for which a copy is wanted, as 20230502, or ""."""
    when = source.accessed or source.published
    return f"{when.earliest:%Y%m%d}" if when else ""
