"""Write the site of a dossier, unless it would mislead its readers."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from claimcli.analysis.verify import verify
from claimcli.core.problems import ClaimcliError
from claimcli.core.records import Dossier
from claimcli.core.relations import covered_claims
from claimcli.dossier.output_folder import require_replaceable, write_folder
from claimcli.formats.export import refuse_gaps, refuse_wrong_quotes
from claimcli.web.reader import SiteInfo, WholeReader
from claimcli.web.site.files import plan_site, site_files

COMMAND = "site"
"""The command that replaces the folders it wrote."""
MOST_CLAIMS = 15_000
"""Claims of a site that is written without being forced."""


def site_reader(dossier: Dossier, info: SiteInfo, *, internal: bool = False) -> WholeReader:
    """Return a reader of the selected claims and of their threads."""
    covered = sorted(covered_claims(dossier))
    selected = replace(dossier, claims=tuple(dossier.by_id[name] for name in covered))
    return WholeReader(selected, info, internal=internal)


def write_site(
    folder: Path,
    reader: WholeReader,
    *,
    whole_texts: bool = False,
    force: bool = False,
    progress: Callable[[int, int], None] = lambda *_: None,
) -> int:
    """Write the pages of all claims that a reader gives; return the number of files.

    ``progress`` is called with the number of files written and of all files. The folder is
    replaced if it is that of an earlier site. Raises ClaimcliError if it contains anything else or
    cannot be written; and, without ``force``, if errors in the data would leave gaps, a quote is
    not in its source's text, or there are more than MOST_CLAIMS claims.
    """
    require_replaceable(folder, COMMAND)
    dossier = reader.dossier
    if not force:
        refuse_gaps(dossier)
        refuse_wrong_quotes(verify(dossier, claims=dossier.claims))
    plan = plan_site(reader)
    if len(dossier.claims) > MOST_CLAIMS and not force:
        raise ClaimcliError(
            f"a site of {len(dossier.claims):,} claims has {plan.count:,} files",
            "select some of the claims with a query, or add --force",
        )
    files = site_files(reader, plan, whole_texts=whole_texts)
    write_folder(folder, _counted(files, plan.count, progress), COMMAND)
    return plan.count


def _counted(
    files: Iterable[tuple[str, bytes]], total: int, progress: Callable[[int, int], None]
) -> Iterator[tuple[str, bytes]]:
    for number, file in enumerate(files):
        progress(number, total)
        yield file
