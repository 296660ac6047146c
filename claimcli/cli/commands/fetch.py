"""``claimcli fetch``."""

from typing import Annotated

import typer

from claimcli.cli.options import FormatOption, OutputOption
from claimcli.cli.session import Session

SourcesArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="[SOURCE]...", help="Sources by id; without any, all with no text."),
]
ArchiveOption = Annotated[
    bool, typer.Option("--archive", help="Only print the archive link of each, and go nowhere.")
]
PrivateOption = Annotated[
    bool, typer.Option("--allow-private", help="Fetch from private networks too.")
]


def fetch(
    session: Session,
    sources: SourcesArgument = None,
    archive: ArchiveOption = False,
    allow_private: PrivateOption = False,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Download and keep the pages of sources that have no text.

    The bytes and their text go to 'texts' beside the YAML file, which then names the text, its
    checksum and the day. Forms: table, tsv, csv, json, jsonl, yaml, md. Ends with 3 where one
    cannot be had.
    """
    from claimcli.cli.fetch import fetch_all
    from claimcli.cli.notes import TABLE_FORMS, as_records, show_records, tell
    from claimcli.cli.output import pick, talk
    from claimcli.core.problems import ExitCode
    from claimcli.core.query import Request, Scope
    from claimcli.edit.fetch.select import archive_link_table, fetch_table, select_sources

    pick(form, output, TABLE_FORMS, "table")
    dossier = session.open(Request(scope=Scope.REGISTRIES))
    chosen = select_sources(dossier, sources or ())
    if archive:
        show_records(
            as_records(archive_link_table(chosen)), form=form, output=output, color=session.color
        )
        return
    if not chosen:
        talk("nothing to fetch: every source with an address has a text")
    found = fetch_all(chosen, private=allow_private)
    show_records(as_records(fetch_table(found)), form=form, output=output, color=session.color)
    tell(dossier)
    if any(one.failed for one in found):
        raise typer.Exit(ExitCode.UNREADABLE)
