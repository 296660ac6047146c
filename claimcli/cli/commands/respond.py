"""``claimcli respond``."""

from typing import Annotated

import typer

from claimcli.cli.claim_options import (
    AnsweredArgument,
    ApartOption,
    ClaimSession,
    DryRunOption,
    FileOption,
)

KindOption = Annotated[
    str | None,
    typer.Option("--kind", "-k", metavar="KIND", help="qualifies, declines or confirms."),
]


def respond(
    session: ClaimSession,
    claim: AnsweredArgument,
    kind: KindOption = None,
    apart: ApartOption = False,
    file: FileOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Add an answer to a claim that does not oppose it, under it.

    With --apart or --file it stands alone and names the claim in 'responds_to'. On a terminal it
    asks for what is missing. Prints the id.
    """
    from claimcli.cli.respond import answer

    answer(session, claim, kind, opposing=False, apart=apart, file=file, dry_run=dry_run)
