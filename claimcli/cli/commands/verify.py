"""``claimcli verify``."""

from typing import Annotated, Any

import typer

from claimcli.cli.options import FormatOption, OutputOption, TextsOption
from claimcli.cli.session import FilteredSession

StrictOption = Annotated[
    bool, typer.Option("--strict", help="End with 1 where there are warnings too.")
]
SelectOption = Annotated[
    list[str] | None,
    typer.Option("--select", metavar="NAME,...", help="Only these verdicts or warnings."),
]
IgnoreOption = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="NAME,...", help="Not these verdicts or warnings."),
]


def verify(
    session: FilteredSession,
    texts: TextsOption = None,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    strict: StrictOption = False,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Hold every quote against its source's text, to the character.

    Verdicts: exact, typographic, edited, case, altered, missing, ambiguous, no-text; warnings:
    polarity, speaker, joined, truncated, changed-text; see 'claimcli help verify'.
    Forms: table, json, jsonl, tsv, md, sarif, github. Ends with 1 where a quote is altered or
    missing or a text has changed, with 3 where a text could not be read.
    """
    from claimcli.analysis.verify import changed_texts_without_quotes, select_findings, verify
    from claimcli.cli.notes import tell
    from claimcli.cli.output import talk
    from claimcli.cli.presenter import way
    from claimcli.core.problems import ExitCode
    from claimcli.formats.verify import WRITERS, summary, unreadable

    chosen = way(session.color, form, output, WRITERS)
    dossier = session.open(session.ask())
    found = select_findings(verify(dossier, texts=texts), select or (), ignore or ())

    def draw(how: Any) -> str:
        from claimcli.cli.screen import verify

        return verify.draw(found, how)

    chosen.show(WRITERS, found, draw=draw)
    changed = [] if select or ignore else list(changed_texts_without_quotes(dossier))
    for message in (*unreadable(found), *changed):
        talk(f"warning: {message}")
    talk(summary(found.findings))
    tell(dossier)
    if changed or any(one.fails or (strict and one.warns) for one in found.findings):
        raise typer.Exit(ExitCode.FINDINGS)
    if any(finding.unreadable for finding in found.findings):
        raise typer.Exit(ExitCode.UNREADABLE)
