"""``claimcli changes``."""

from typing import Annotated, Any

import typer

from claimcli.cli.options import FormatOption, IssueOption, OutputOption
from claimcli.cli.session import Session

FromArgument = Annotated[
    str, typer.Argument(metavar="FROM", help="A revision of git (or A..B, A...B), or a folder.")
]
ToArgument = Annotated[
    str | None,
    typer.Argument(metavar="[TO]", help="Another; without it, the work tree as it stands."),
]
PartyOption = Annotated[
    list[str] | None,
    typer.Option("--party", "-p", metavar="ID", help="Claims of a party, by its id. Repeatable."),
]
ExitOption = Annotated[
    bool,
    typer.Option(
        "--exit-code",
        help="End with 1 where anything changed, with 3 where something could not be read.",
    ),
]


def changes(
    session: Session,
    start: FromArgument,
    end: ToArgument = None,
    party: PartyOption = None,
    issue: IssueOption = None,
    exit_code: ExitOption = False,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Show what changed in the accounts between two revisions.

    Of git, or two folders: claims new, gone, renamed, reworded, otherwise changed, newly contested
    or no longer; where they stand in which files makes no difference. Forms: table, tsv, json, md.
    """
    from claimcli.analysis.changes import select_changes
    from claimcli.cli.output import talk
    from claimcli.cli.presenter import way
    from claimcli.core.problems import ExitCode
    from claimcli.formats import changes as forms
    from claimcli.history.compare import compare
    from claimcli.history.states import two_states

    chosen = way(session.color, form, output, forms.WRITERS)
    with two_states(start, end, session.paths) as (before, after):
        found = compare(before, after)
    shown = select_changes(found.changes, parties=party or (), issues=issue or ())
    ends = before.label, after.label

    def draw(how: Any) -> str:
        from claimcli.cli.screen import changes

        return changes.draw(shown, how)

    chosen.show(forms.WRITERS, found, shown, ends, draw=draw)
    asked = forms.missed(found.changes, party or (), issue or ())
    for note in (*forms.notes((*before.notes, *after.notes)), *map(forms.gap, found.gaps), *asked):
        talk(note)
    talk(f"{forms.counted(shown)}; {forms.read(found, ends)}")
    if exit_code and (found.gaps or shown.entries):
        raise typer.Exit(ExitCode.UNREADABLE if found.gaps else ExitCode.FINDINGS)
