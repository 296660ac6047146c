from typing import Annotated, Any

import typer

from claimcli.cli.options import ByOption, FormatOption, Many, OutputOption, TextsOption, option
from claimcli.cli.session import FilteredSession

FailOption = Annotated[
    Many,
    option(
        "--fail-on LACK",
        "Exit with 1 if a claim or issue is: no-response, unsourced, single-origin, "
        "secondary-only, unverified-quote, one-sided; or any. Repeatable.",
    ),
]
SelectOption = Annotated[Many, option("--select LACK", "Only this kind of gap. Repeatable.")]
IgnoreOption = Annotated[Many, option("--ignore LACK", "Not this kind of gap. Repeatable.")]
PartiesOption = Annotated[
    bool, option("--parties", "Only the numbers of each party; also as csv, jsonl and yaml.")
]


def audit(
    session: FilteredSession,
    fail_on: FailOption = None,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    parties: PartiesOption = False,
    by: ByOption = "member",
    texts: TextsOption = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Show what an editor must know before sending a dossier on.

    Counts and lists claims without a response, a source, a second origin or a primary source,
    quotes that are not verified, issues on which only one side is heard, and requests for comment
    without an answer. The numbers of each party count every claim that a briefing would contain;
    with --by tree, those of its members too. With --fail-on, exits with 3 if records could not be
    read.
    """
    from claimcli.analysis.lacks import lacks_to_fail_on, select_lacks
    from claimcli.cli.presenter import TABLE, presentation
    from claimcli.core.party_trees import parse_by
    from claimcli.core.problems import ExitCode
    from claimcli.formats.table import PlainTable

    grouped = parse_by(by)
    lacks = select_lacks(select or (), ignore or ())
    fatal = lacks_to_fail_on(fail_on or (), lacks)
    chosen = presentation(TABLE if parties else "audit", session.color, format_, output)
    result, dossier = _audit(session, texts=texts, by=grouped, lacks=lacks)
    chosen.show(PlainTable(result.parties()) if parties else result, dossier=dossier)
    if fatal and dossier.unread:
        raise typer.Exit(ExitCode.UNREADABLE)
    if any(result.of(lack) for lack in fatal):
        raise typer.Exit(ExitCode.FINDINGS)


def _audit(session: FilteredSession, **how: Any) -> tuple[Any, Any]:
    """Return the audit, and a part of the dossier that says what could not be read.

    Without filters the dossier is read in batches. ``how`` are options of
    :func:`claimcli.analysis.audit.audit`.
    """
    from functools import partial

    from claimcli.analysis.audit import audit as audit_of
    from claimcli.analysis.audit import audit_in_batches
    from claimcli.core.query import Request, Scope
    from claimcli.dossier.index.spoken import claim_numbers

    if session.has_filters():
        dossier = session.open(session.request(scope=Scope.ISSUES))
        return audit_of(dossier, **how), dossier
    numbers: dict[str, int] = {}

    def request(db: Any) -> Request:
        numbers.update(claim_numbers(db))
        return Request(scope=Scope.LINKS)

    make = partial(audit_in_batches, numbers=numbers, **how)
    audited: tuple[Any, Any] = session.open_in_batches(request, make, by_issue=True)
    return audited
