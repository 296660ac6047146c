"""``claimcli audit``."""

from typing import Annotated, Any

import typer

from claimcli.cli.options import FormatOption, OutputOption, TextsOption
from claimcli.cli.session import FilteredSession

FailOption = Annotated[
    list[str] | None,
    typer.Option(
        "--fail-on",
        metavar="LACK",
        help="End with 1 where there is such: unanswered, unsourced, single-origin, "
        "secondary-only, unverified-quote, one-sided, or any. Repeatable.",
    ),
]
PartiesOption = Annotated[
    bool,
    typer.Option("--parties", help="The parties' numbers alone; also as csv, jsonl and yaml."),
]


def audit(
    session: FilteredSession,
    fail_on: FailOption = None,
    parties: PartiesOption = False,
    texts: TextsOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Show what an editor must know before sending a dossier on.

    Claims without response, source, second origin or primary source, quotes not verified, issues
    with one side heard; the parties' numbers are of all that a briefing of the claims would have.
    Ends with 3 where --fail-on is given and records could not be read. Forms: table, tsv, json, md.
    """
    from claimcli.analysis.audit import audit as audit_of
    from claimcli.analysis.audit import parse_lacks
    from claimcli.cli.notes import TABLE_FORMS, as_records, show_records, tell
    from claimcli.cli.presenter import way
    from claimcli.core.problems import ExitCode
    from claimcli.core.query import Scope
    from claimcli.formats.audit import WRITERS

    fatal = parse_lacks(fail_on or ())
    chosen = way(session.color, form, output, TABLE_FORMS if parties else WRITERS)
    found = audit_of(dossier := session.open(session.ask(scope=Scope.ISSUES)), texts=texts)

    def draw(how: Any) -> str:
        from claimcli.cli.screen import audit

        return audit.draw(found, how)

    if parties:
        show_records(as_records(found.parties()), form=form, output=output, color=session.color)
    else:
        chosen.show(WRITERS, found, draw=draw)
    tell(dossier)
    if fatal and dossier.unread:
        raise typer.Exit(ExitCode.UNREADABLE)
    if any(found.of(lack) for lack in fatal):
        raise typer.Exit(ExitCode.FINDINGS)
