from typing import Annotated

import typer

from claimcli.cli.options import (
    FormatOption,
    InternalOption,
    Many,
    OutputOption,
    RegistrySortOption,
    argument,
    option,
)
from claimcli.cli.session import FilteredSession

LeftArgument = Annotated[str, argument("PARTY", "One party.")]
RightArgument = Annotated[str, argument("PARTY", "The other.")]
OnlyOption = Annotated[
    Many,
    option(
        "--only RELATION",
        "contested, qualified, agreed, parallel, only-left or only-right. Repeatable.",
    ),
]
WordsOption = Annotated[bool, option("--words/--no-words", "Mark the words that differ.")]
ExitOption = Annotated[bool, option("--exit-code", "Exit with 1 if a row is contested.")]


def diff(
    session: FilteredSession,
    left: LeftArgument,
    right: RightArgument,
    only: OnlyOption = None,
    words: WordsOption = True,
    exit_code: ExitOption = False,
    sort: RegistrySortOption = "registry",
    internal: InternalOption = False,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Compare two parties' accounts side by side, issue by issue."""
    from claimcli.analysis.diff import diff as diff_of
    from claimcli.cli.presenter import presentation
    from claimcli.cli.shareable import shareable
    from claimcli.core.problems import ExitCode
    from claimcli.core.registry_order import named_sort, sort_registries
    from claimcli.core.relations import Relation, relation_named

    order = named_sort(sort)
    chosen = presentation("diff", session.color, format_, output)
    relations = [relation_named(name) for name in only or ()]
    dossier = session.open(
        session.request(parties=(left, right), opposition=chosen.format == "json")
    )
    dossier = shareable(dossier, chosen.format, output, internal=internal)
    dossier = sort_registries(dossier, order)
    parties = dossier.party_ids[left], dossier.party_ids[right]
    result = diff_of(dossier, *parties, words=words, only=relations)
    chosen.show(result, dossier=dossier)
    if exit_code and any(row.relation is Relation.CONTESTED for row in result.rows):
        raise typer.Exit(ExitCode.FINDINGS)
