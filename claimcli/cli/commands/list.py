"""``claimcli list``."""

from typing import Annotated

import typer

from claimcli.cli.options import FormatOption, OutputOption
from claimcli.cli.session import FilteredSession

MOST = 2**63 - 1
"""The largest number that SQLite counts with."""
SortOption = Annotated[
    str,
    typer.Option(
        "--sort",
        metavar="FIELD",
        help="said, id, party, speaker, issue, status or file; -FIELD for the reverse.",
    ),
]
LimitOption = Annotated[
    int | None,
    typer.Option("--limit", "-n", min=0, max=MOST, metavar="N", help="At most so many claims."),
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
    from claimcli.analysis.list import FIELDS, TABLE_FIELDS, listing, parse_field, scope_of_fields
    from claimcli.cli.notes import FLAT_FORMS, TABLE_FORMS, show_records, tell
    from claimcli.cli.output import pick
    from claimcli.core.query import named_sort

    chosen = pick(form, output, TABLE_FORMS, "table")
    flat = chosen in FLAT_FORMS
    names = TABLE_FIELDS if flat else FIELDS
    if fields:
        names = tuple(dict.fromkeys(parse_field(name.strip()) for name in fields.split(",")))
    reach = scope_of_fields(names, flat=flat)
    dossier = session.open(session.ask(sort=named_sort(sort), limit=limit, scope=reach))
    show_records(listing(dossier, names), form=form, output=output, color=session.color)
    tell(dossier)
