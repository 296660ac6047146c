from typing import Annotated

from claimcli.cli.options import FormatOption, OutputOption, argument, option
from claimcli.cli.session import Session

NameArgument = Annotated[str, argument("[RULE]", "The name of a rule; by default all are listed.")]
ListOption = Annotated[bool, option("--list", "List all rules.")]


def rule(
    session: Session,
    name: NameArgument = "",
    every: ListOption = False,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Explain a rule of 'claimcli check', or list the rules.

    Shows what the rule requires, why, a bad and a good example. The list has the formats of
    'claimcli list'.
    """
    from claimcli.checks import registry
    from claimcli.cli.presenter import TABLE, presentation
    from claimcli.core.problems import ClaimcliError
    from claimcli.formats.rule import Rules

    session.protect_dossier()
    if name and every:
        raise ClaimcliError("a rule and --list exclude each other", "leave one of them out")
    if name:
        presentation("rule", session.color, format_, output).show(registry.rule(name))
    else:
        presentation(TABLE, session.color, format_, output).show(Rules(registry.all_rules()))
