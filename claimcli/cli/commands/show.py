from typing import Annotated, Any

from claimcli.cli.options import FormatOption, OutputOption, argument
from claimcli.cli.session import Session

IdsArgument = Annotated[
    list[str], argument("ID...", "Claims, parties, sources, issues or events; or KIND:ID.")
]


def show(
    session: Session, ids: IdsArgument, format_: FormatOption = None, output: OutputOption = None
) -> None:
    """Show records in full: claims with sources and answers, other records with their claims.

    The beginning or another part of an id is enough if only one id has it.
    """
    from claimcli.analysis.show import record_card, thread
    from claimcli.cli.presenter import presentation

    chosen = presentation("show", session.color, format_, output)
    records, dossier = session.open_records(ids, _request)
    shown = [
        thread(dossier, dossier.by_id[name])
        if kind == "claim"
        else record_card(dossier, kind, name)
        for kind, name in records
    ]
    chosen.show(dossier, shown, dossier=dossier)


def _request(records: list[tuple[str, str]]) -> Any:
    """Return the request for records and their claims, as much of the dossier as that needs."""
    from claimcli.core.query import Request, Scope, Some, field_condition

    kinds = {kind for kind, _ in records}
    fields = ((kind if kind != "claim" else "id", name) for kind, name in records)
    query = Some(tuple(field_condition(field, [name]) for field, name in fields))
    others = Scope.ALL if "claim" in kinds else Scope.REGISTRIES
    scope = Scope.THREADS if kinds == {"claim"} else others
    return Request(query=query, scope=scope, opposition=True)
