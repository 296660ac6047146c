from pathlib import Path
from typing import Annotated

import typer

from claimcli.cli.options import (
    FormatOption,
    IssueOption,
    Many,
    OutputOption,
    Text,
    argument,
    option,
)
from claimcli.cli.session import Session

FromArgument = Annotated[str, argument("FROM", "A git revision (or A..B, A...B), or a folder.")]
ToArgument = Annotated[
    Text, argument("[TO]", "Another one; without it, the files as they are now.")
]
PartyOption = Annotated[Many, option("--party -p ID", "Claims of a party, by its id. Repeatable.")]
ExitOption = Annotated[
    bool,
    option(
        "--exit-code", "Exit with 1 if anything changed, with 3 if something could not be read."
    ),
]


def changes(
    session: Session,
    start: FromArgument,
    end: ToArgument = None,
    party: PartyOption = None,
    issue: IssueOption = None,
    exit_code: ExitOption = False,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Show what changed between two git revisions or folders.

    Lists claims that are new, gone, renamed, reworded or otherwise changed, newly contested or no
    longer contested. Moving a claim to another file is no change.
    """
    from claimcli.analysis.changes import select_changes
    from claimcli.cli.output import say
    from claimcli.cli.presenter import presentation
    from claimcli.core.problems import ExitCode
    from claimcli.formats import changes as texts
    from claimcli.history.compare import compare
    from claimcli.history.states import two_states

    chosen = presentation("changes", session.color, format_, output)
    session.protect_dossier()
    session.protect_dossier([path for path in map(Path, (start, end or start)) if path.is_dir()])
    with two_states(start, end, session.paths) as (before, after):
        comparison = compare(before, after)
    shown = select_changes(comparison.changes, parties=party or (), issues=issue or ())
    ends = before.label, after.label
    chosen.show(comparison, shown, ends)
    unmatched = texts.unmatched_filters(comparison.changes, party or (), issue or ())
    notes = texts.first_notes((*before.notes, *after.notes))
    for note in (*notes, *map(texts.gap_warning, comparison.failures), *unmatched):
        say(note)
    say(f"{texts.summary(shown)}; {texts.files_read(comparison, ends)}")
    if exit_code and (comparison.failures or shown.entries):
        raise typer.Exit(ExitCode.UNREADABLE if comparison.failures else ExitCode.FINDINGS)
