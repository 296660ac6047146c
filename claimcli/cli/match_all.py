"""``match --all``: the similar claims of a dossier."""

from math import isnan
from pathlib import Path
from typing import Any

import typer

from claimcli.cli.presenter import presentation
from claimcli.cli.session import FlaggedSession
from claimcli.core.problems import ClaimcliError, ExitCode

MOST_CLAIMS = 100
"""Number of claims that are listed for a sentence at most."""


def refuse_combinations(
    *,
    all_: bool,
    claim: str | None,
    min_score: float | None,
    jaccard: float | None,
    limit: int | None,
) -> None:
    """Raise ClaimcliError for options that do not apply with or without ``--all``."""
    if all_ and claim is not None:
        raise ClaimcliError("--all and --claim exclude each other", "name one of them")
    if all_ and min_score is not None:
        raise ClaimcliError("--min-score does not apply to --all", "write --jaccard instead")
    if min_score is not None and isnan(min_score):
        raise ClaimcliError("no score 'nan'", "write a number from 0 to 1, such as 0.5")
    if not all_ and jaccard is not None:
        raise ClaimcliError("--jaccard needs --all", "write --min-score to limit what is listed")
    if not all_ and limit is not None and limit > MOST_CLAIMS:
        message = f"a limit of {limit} is too large"
        raise ClaimcliError(message, f"list at most {MOST_CLAIMS} claims, or write --all")


def match_all(
    session: FlaggedSession,
    jaccard: float | None,
    limit: int | None,
    *,
    exit_code: bool,
    format_: str | None,
    output: Path | None,
) -> None:
    """Write the pairs of the selected claims with similar statements."""
    from claimcli.analysis.duplicates import MOST_PAIRS, Duplicates, find_duplicates
    from claimcli.analysis.near_duplicates import LIKENESS, parse_jaccard
    from claimcli.quotes.polarity.lists import all_phrases

    chosen = presentation("duplicates", session.color, format_, output)
    least, most = (
        parse_jaccard(LIKENESS if jaccard is None else jaccard),
        MOST_PAIRS if limit is None else limit,
    )
    phrases = all_phrases(session.configuration().polarity)
    results: list[Duplicates] = []
    notes: list[str] = []

    def read(db: Any, _: Any) -> Duplicates:
        within = session.request().query
        results.append(find_duplicates(db, least, within=within, limit=most, phrases=phrases))
        notes.extend(results[-1].notes)
        return results[-1]

    chosen.show_read(session, read, notes)
    if exit_code and results[-1].total:
        raise typer.Exit(ExitCode.FINDINGS)
