"""``claimcli audit``."""

from typing import Annotated

import typer

from claimcli.cli.options import FilteredSession, FormatOption, OutputOption, TextsOption

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
FORMS = ("table", "tsv", "json", "md")


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
    from claimcli.analysis.audit import named_lacks
    from claimcli.cli.output import pick, write
    from claimcli.cli.report import as_records, on_screen, show_records, tell
    from claimcli.formats import audit as forms
    from claimcli.problems import ExitCode
    from claimcli.query import Reach
    from claimcli.table import to_json, tsv

    fatal = named_lacks(fail_on or ())
    chosen = "" if parties else pick(form, output, FORMS, "table")
    found = audit_of(dossier := session.open(session.ask(reach=Reach.ISSUES)), texts=texts)
    if parties:
        show_records(as_records(found.parties()), form=form, output=output, color=session.color)
    elif chosen == "json":
        write(to_json(forms.data(found)), output)
    elif chosen == "md":
        write(forms.markdown(found), output)
    elif chosen == "table" and on_screen(session.color, output, form):
        from claimcli.cli import screen, screen_audit

        write(screen_audit.draw(found, screen.settings(session.color, output)), output)
    else:
        write(tsv(found.table()), output)
    tell(dossier)
    if fatal and dossier.unread:
        raise typer.Exit(ExitCode.UNREADABLE)
    if any(found.of(lack) for lack in fatal):
        raise typer.Exit(ExitCode.FINDINGS)
