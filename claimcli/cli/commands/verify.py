from collections.abc import Iterable
from typing import Annotated, Any

import typer

from claimcli.cli.options import FormatOption, Many, OutputOption, TextsOption, option
from claimcli.cli.session import FilteredSession

AllOption = Annotated[
    bool, option("--all", "On a terminal, show the quotes without failures or warnings too.")
]
StrictOption = Annotated[bool, option("--strict", "Exit with 1 on warnings too.")]
SelectOption = Annotated[Many, option("--select NAME,...", "Only these verdicts or warnings.")]
IgnoreOption = Annotated[Many, option("--ignore NAME,...", "Not these verdicts or warnings.")]


def verify(
    session: FilteredSession,
    texts: TextsOption = None,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    strict: StrictOption = False,
    all_: AllOption = False,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Check every quote against its source's text, to the character.

    Verdicts: exact, typographic, edited, case, altered, missing, ambiguous, no-text; warnings:
    polarity, speaker, joined, truncated, outside-main-text, misplaced, comment-in-text,
    changed-text; see 'claimcli help verify'. On a terminal only failures and warnings are shown,
    failures last; other formats have every quote. Exits with 1 if a quote is altered or missing or
    a text has changed, with 3 if a text could not be read.
    """
    from claimcli.analysis.findings import findings_to_note, select_findings
    from claimcli.analysis.verify import changed_texts_without_quotes
    from claimcli.analysis.verify import verify as verify_of
    from claimcli.cli.output import say, warn, warn_unread
    from claimcli.cli.presenter import presentation
    from claimcli.formats.sarif import left_out_note
    from claimcli.formats.verify import problems, summary, unreadable

    chosen = presentation("verify", session.color, format_, output)
    dossier = session.open(session.request())
    result = select_findings(verify_of(dossier, texts=texts), select or (), ignore or ())
    shown = result if all_ or select or not chosen.is_drawn else findings_to_note(result)
    if shown.findings or not result.findings:
        chosen.show(shown)
    changed = [] if select or ignore else list(changed_texts_without_quotes(dossier))
    cut = left_out_note(problems(result)) if chosen.format == "sarif" else ""
    for message in filter(None, (cut, *unreadable(result), *changed)):
        warn(message)
    more = len(result.findings) - len(shown.findings)
    say(summary(result.findings) + (f"; --all shows {more} more" if more else ""))
    warn_unread(dossier)
    if code := _exit_code(result.findings, changed=bool(changed), strict=strict):
        raise typer.Exit(code)


def _exit_code(findings: Iterable[Any], *, changed: bool, strict: bool) -> int:
    """Return 1 if quotes fail or texts have changed, 3 if texts are unreadable, else 0."""
    from claimcli.core.problems import ExitCode

    if changed or any(one.fails or (strict and one.warns) for one in findings):
        return ExitCode.FINDINGS
    return ExitCode.UNREADABLE if any(one.unreadable for one in findings) else 0
