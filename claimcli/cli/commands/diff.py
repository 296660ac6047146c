"""``claimcli diff``."""

from typing import Annotated, Any

import typer

from claimcli.cli.options import FormatOption, OutputOption
from claimcli.cli.session import FilteredSession

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
    from claimcli.analysis.diff import diff as diff_of
    from claimcli.cli.notes import tell
    from claimcli.cli.presenter import way
    from claimcli.core.relations import Relation, named_relation
    from claimcli.formats.diff import WRITERS

    chosen = way(session.color, form, output, WRITERS)
    relations = [named_relation(name) for name in only or ()]
    dossier = session.open(session.ask(parties=(left, right)))
    parties = dossier.party_ids[left], dossier.party_ids[right]
    found = diff_of(dossier, *parties, words=words, only=relations)

    def draw(how: Any) -> str:
        from claimcli.cli.screen import diff

        return diff.draw(found, how)

    chosen.show(WRITERS, found, draw=draw)
    tell(dossier)
    if exit_code and any(row.relation is Relation.CONTESTED for row in found.rows):
        raise typer.Exit(1)
