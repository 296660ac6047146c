"""``claimcli diff``."""

from typing import Annotated

import typer

from claimcli.cli.options import FilteredSession, FormatOption, OutputOption

LeftArgument = Annotated[str, typer.Argument(metavar="PARTY", help="One party.")]
RightArgument = Annotated[str, typer.Argument(metavar="PARTY", help="The other.")]
OnlyOption = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar="RELATION",
        help="contested, qualified, agreed, parallel, only-left or only-right. Repeatable.",
    ),
]
WordsOption = Annotated[
    bool, typer.Option("--words/--no-words", help="Mark the words that differ.")
]
ExitOption = Annotated[
    bool, typer.Option("--exit-code", help="End with 1 where a row is contested.")
]
FORMS = ("table", "json", "md", "html")


def diff(
    session: FilteredSession,
    left: LeftArgument,
    right: RightArgument,
    only: OnlyOption = None,
    words: WordsOption = True,
    exit_code: ExitOption = False,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Set two parties' accounts side by side, issue by issue.

    Forms: table, json, md, html.
    """
    from claimcli.analysis.accounts import accounts
    from claimcli.cli.output import pick, write
    from claimcli.cli.report import on_screen, tell
    from claimcli.formats import side_by_side
    from claimcli.relations import Relation, named_relation
    from claimcli.table import to_json, tsv

    chosen = pick(form, output, FORMS, "table")
    relations = [named_relation(name) for name in only or ()]
    dossier = session.open(session.ask(parties=(left, right)))
    parties = dossier.named[left], dossier.named[right]
    found = accounts(dossier, *parties, words=words, only=relations)
    if chosen == "json":
        write(to_json(side_by_side.as_data(dossier, found)), output)
    elif chosen != "table":
        form_of = {"md": side_by_side.markdown, "html": side_by_side.html}
        write(form_of[chosen](dossier, found), output)
    elif on_screen(session.color, output, form):
        from claimcli.cli import screen, screen_diff

        how = screen.settings(session.color, output)
        write(screen_diff.draw(dossier, found, how), output)
    else:
        write(tsv(found.table()), output)
    tell(dossier)
    if exit_code and any(row.relation is Relation.CONTESTED for row in found.rows):
        raise typer.Exit(1)
