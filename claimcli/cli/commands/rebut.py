"""``claimcli rebut``."""

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
    str,
    typer.Option(
        "--kind",
        "-k",
        metavar="KIND",
        help="denies, denies-saying, contradicts, disputes-meaning, undermines or undercuts.",
    ),
]


def rebut(
    session: ClaimSession,
    claim: AnsweredArgument,
    kind: KindOption = "denies",
    apart: ApartOption = False,
    file: FileOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Add a claim that opposes another, under it.

    Unless --kind says otherwise, it denies it. With --apart or --file it stands alone and names the
    claim in 'responds_to'. On a terminal it asks for what is missing. Prints the id.
    """
    from claimcli.cli.respond import answer

    answer(session, claim, kind, opposing=True, apart=apart, file=file, dry_run=dry_run)
