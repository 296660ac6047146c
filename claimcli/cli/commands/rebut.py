from typing import Annotated

from claimcli.cli import record_options
from claimcli.cli.options import Text, option

KindOption = Annotated[Text, option("--kind -k KIND", record_options.kinds_help(opposing=True))]


def rebut(
    session: record_options.ClaimSession,
    claim: record_options.AnsweredArgument,
    kind: KindOption = None,
    apart: record_options.ApartOption = False,
    file: record_options.FileOption = None,
    dry_run: record_options.DryRunOption = False,
) -> None:
    """Add a claim that opposes another, below it.

    By default it denies the other. With --apart or --file it is a separate claim that names the
    other in 'responds_to'. On a terminal, questions ask for missing fields. Prints the claim's id.
    """
    from claimcli.cli.commands.respond import add_answer

    add_answer(session, claim, kind, opposing=True, apart=apart, file=file, dry_run=dry_run)
