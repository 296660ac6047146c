"""``claimcli rule``."""

from typing import Annotated

import typer

from claimcli.cli.options import FormatOption, OutputOption
from claimcli.cli.session import Session

NameArgument = Annotated[
    str, typer.Argument(metavar="[RULE]", help="A rule by its name; none lists them all.")
]
ListOption = Annotated[bool, typer.Option("--list", help="List all rules.")]


def rule(
    session: Session,
    name: NameArgument = "",
    every: ListOption = False,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Explain a rule of 'claimcli check': what must hold, why, a bad and a good example.

    Forms: text, md, json; of the list: table, tsv, csv, json, jsonl, yaml, md.
    """
    from claimcli.checks import registry
    from claimcli.cli.notes import show_records
    from claimcli.cli.output import pick, write
    from claimcli.core.problems import ClaimcliError
    from claimcli.formats import rule

    if name and every:
        raise ClaimcliError("a rule and --list exclude each other", "leave one of them out")
    if name:
        found = registry.rule(name)
        write(rule.WRITERS[pick(form, output, rule.WRITERS, "text")](found), output)
    else:
        listed = rule.Rules(registry.all_rules())
        show_records(listed, form=form, output=output, color=session.color)
