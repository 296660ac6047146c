"""``claimcli rebut``."""

from typing import Annotated

from claimcli.cli.claim_options import (
    AnsweredArgument,
    ApartOption,
    ClaimSession,
    DryRunOption,
    FileOption,
    kinds_help,
)
from claimcli.cli.options import option

KindOption = Annotated[str, option("--kind -k KIND", kinds_help(opposing=True))]


def rebut(
    session: ClaimSession,
    claim: AnsweredArgument,
    kind: KindOption = "denies",
    apart: ApartOption = False,
    file: FileOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Add a claim that opposes another, below it.

    By default it denies the other. With --apart or --file it is a separate claim that names the
    other in 'responds_to'. On a terminal, questions ask for missing fields. Prints the claim's id.
    """
    from claimcli.cli.commands.respond import add_answer

    add_answer(session, claim, kind, opposing=True, apart=apart, file=file, dry_run=dry_run)
