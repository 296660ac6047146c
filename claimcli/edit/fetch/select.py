"""Which sources are to be fetched, what came of it, and where archives have them."""

from collections.abc import Iterable

from msgspec import Struct

from claimcli.core.problems import ClaimcliError
from claimcli.core.records import Dossier, Source
from claimcli.core.table import Table
from claimcli.core.text.suggestions import did_you_mean


class FetchResult(Struct, frozen=True):
    """What came of one source: "fetched", "kept" or "failed", the text's path, and a note."""

    source: str
    outcome: str
    text: str | None = None
    note: str = ""

    @property
    def failed(self) -> bool:
        """Whether there is still no text."""
        return self.outcome == "failed"


def select_sources(dossier: Dossier, names: Iterable[str]) -> tuple[Source, ...]:
    """Return the sources of these ids; of none, all that have an address and no text.

    Raises ClaimcliError where there is no such source.
    """
    listed = list(dict.fromkeys(names))
    for name in listed:
        if name not in dossier.sources:
            hint = did_you_mean(name, dossier.sources, "'claimcli sources' lists them")
            raise ClaimcliError(f"no source '{name}'", hint)
    if listed:
        return tuple(dossier.sources[name] for name in listed)
    return tuple(s for s in dossier.sources.values() if s.url and not s.text)


def fetch_table(found: Iterable[FetchResult]) -> Table:
    """Return what came of each source as a table."""
    rows = tuple((one.source, one.outcome, one.text, one.note) for one in found)
    return Table("sources", ("id", "outcome", "text", "note"), rows)


def archive_link_table(sources: Iterable[Source]) -> Table:
    """Return the archive link of each source as a table."""
    rows = tuple((source.id, archive_link(source)) for source in sources)
    return Table("sources", ("id", "archive_link"), rows)


def archive_link(source: Source) -> str:
    """Return where an archive has a source's page: the link on file, else the Wayback Machine's.

    Its copy nearest to the day of access, or else of publication, is what the link opens.
    """
    if source.archive_url or not source.url:
        return source.archive_url or ""
    when = source.accessed or source.published
    stamp = f"{when.earliest:%Y%m%d}/" if when else ""
    return f"https://web.archive.org/web/{stamp}{source.url}"
