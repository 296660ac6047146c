"""``claimcli list``."""

from typing import Annotated

import typer

from claimcli.cli.options import FilteredSession, FormatOption, OutputOption

SortOption = Annotated[
    str,
    typer.Option(
        "--sort",
        metavar="FIELD",
        help="said, id, party, speaker, issue, status or file; -FIELD for the reverse.",
    ),
]
LimitOption = Annotated[
    int | None, typer.Option("--limit", "-n", min=0, metavar="N", help="At most so many claims.")
]
FieldsOption = Annotated[
    str | None,
    typer.Option("--fields", metavar="A,B,...", help="Only these fields, in this order."),
]


def list_(
    session: FilteredSession,
    sort: SortOption = "said",
    limit: LimitOption = None,
    fields: FieldsOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """List claims: who said what, when, and how it stands.

    Forms: table, tsv, csv, json, jsonl, yaml, md.
    """
    from claimcli.analysis.listing import listing
    from claimcli.cli.report import show_records, tell
    from claimcli.query import named_sort

    names = [name.strip() for name in fields.split(",")] if fields else ()
    dossier = session.open(session.ask(sort=named_sort(sort), limit=limit))
    found = listing(dossier, fields=names)
    show_records(found, found.chosen(), form=form, output=output, color=session.color)
    tell(dossier)
