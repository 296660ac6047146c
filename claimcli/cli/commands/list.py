from functools import partial
from typing import Annotated, Any

from claimcli.cli.options import FormatOption, OutputOption, Text, option
from claimcli.cli.session import FilteredSession
from claimcli.core.query import Request

MOST = 2**63 - 1
"""The largest integer of SQLite."""
SortOption = Annotated[
    str,
    option(
        "--sort FIELD",
        "said, id, party, speaker, issue, status or file; -FIELD reverses the order.",
    ),
]
LimitOption = Annotated[
    int | None, option("--limit -n N", "At most so many claims.", min=0, max=MOST)
]
FieldsOption = Annotated[Text, option("--fields A,B,...", "Only these fields, in this order.")]


def list_(
    session: FilteredSession,
    sort: SortOption = "said",
    limit: LimitOption = None,
    fields: FieldsOption = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """List claims: who said what, when, and their status."""
    from claimcli.analysis.list import (
        FIELDS,
        TABLE_FIELDS,
        listing,
        needs_opposition,
        parse_fields,
        scope_of_fields,
    )
    from claimcli.cli.presenter import presentation
    from claimcli.core.query import parse_sort

    chosen = presentation("list", session.color, format_, output)
    flat = chosen.format not in ("json", "jsonl", "yaml")
    names = parse_fields(fields) if fields else TABLE_FIELDS if flat else FIELDS
    scope = scope_of_fields(names, flat=flat)
    request = session.request(
        sort=parse_sort(sort), limit=limit, scope=scope, opposition=needs_opposition(names)
    )
    if chosen.is_drawn:
        dossier = session.open(request)
        chosen.show(listing(dossier, names, flat=flat), dossier=dossier)
    else:
        read = partial(_read, request=request, names=names, flat=flat)
        chosen.show_read(session, read)


def _read(db: Any, path_of: Any, *, request: Request, names: tuple[str, ...], flat: bool) -> Any:
    """Return the list, whose claims are read while it is written, as columns or in batches."""
    from claimcli.analysis.list import streamed_listing
    from claimcli.core.table import StreamedRows
    from claimcli.dossier.index.columns import COLUMNS, claim_rows
    from claimcli.dossier.index.load import load_batches
    from claimcli.formats.table import PlainTable

    if flat and COLUMNS.keys() >= set(names):
        rows = claim_rows(db, path_of, request=request, fields=names)
        return PlainTable(StreamedRows("claims", names, rows))
    return streamed_listing(load_batches(db, request, path_of), names, flat=flat)
