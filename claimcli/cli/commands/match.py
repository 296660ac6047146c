from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from claimcli.cli.options import FormatOption, OutputOption, Text, argument, option
from claimcli.cli.session import FilteredSession

TextArgument = Annotated[Text, argument("[TEXT]", "The sentence; - reads it from standard input.")]
ClaimOption = Annotated[Text, option("--claim ID", "Search with the statement of a claim.")]
FromOption = Annotated[
    Text,
    option("--from FILE", "Search with each sentence, statement or cell of a file, or of -."),
]
ColumnOption = Annotated[
    Text, option("--column NAME", "With --from: the column of a CSV or JSON Lines file.")
]
AllOption = Annotated[bool, option("--all", "Compare the claims with each other instead.")]
JaccardOption = Annotated[
    float | None,
    option("--jaccard SHARE", "With --all: the least share of common word pairs, by default 0.5."),
]
LimitOption = Annotated[
    int | None,
    option("--limit -n N", "At most so many claims, by default 5, or pairs.", min=1, max=2**31),
]
ScoreOption = Annotated[
    float | None,
    option(
        "--min-score SCORE", "Only claims that score at least this, by default 0.5.", min=0, max=1
    ),
]
ExitOption = Annotated[bool, option("--exit-code", "Exit with 1 if a similar claim is on file.")]


def match(
    session: FilteredSession,
    text: TextArgument = None,
    claim: ClaimOption = None,
    from_file: FromOption = None,
    column: ColumnOption = None,
    all_: AllOption = False,
    jaccard: JaccardOption = None,
    limit: LimitOption = None,
    min_score: ScoreOption = None,
    exit_code: ExitOption = False,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Find the claims on file that are similar to a sentence, and what was answered.

    In tests, about eight in ten claims with a score of 0.8 say what the sentence says, or differ
    from it only in the numbers, dates and negations that are named: judge for yourself. A QUERY
    narrows the search.

    --from searches with each sentence of a text, Markdown, HTML or PDF file, with each statement of
    a YAML file, or with each cell of a column.

    With --all, lists pairs of claims with similar statements, and which of them are contradiction
    candidates: by different parties, on one issue or about one time, they differ by a number or a
    negation, or hold opposing positions.
    """
    from claimcli.cli.match_all import match_all, refuse_combinations
    from claimcli.cli.match_inputs import query_with, refuse_column, texts_of
    from claimcli.core.problems import ExitCode

    refuse_combinations(all_=all_, claim=claim, min_score=min_score, jaccard=jaccard, limit=limit)
    refuse_column(from_file, column, {"--claim": claim, "--all": all_})
    if all_:
        query_with(session, text)
        match_all(session, jaccard, limit, exit_code=exit_code, format_=format_, output=output)
    else:
        texts = texts_of(session, text, claim=claim, from_file=from_file, column=column)
        if _match(session, texts, limit, min_score, format_, output) and exit_code:
            raise typer.Exit(ExitCode.FINDINGS)


def _match(
    session: FilteredSession,
    texts_of: Callable[[Any], Any],
    limit: int | None,
    min_score: float | None,
    format_: str | None,
    output: Path | None,
) -> bool:
    """Write the claims that are similar to some texts; return whether there are some."""
    from claimcli.analysis.similar import LIMIT, matches, request_of, search_texts
    from claimcli.cli.output import say, warn_unread
    from claimcli.cli.presenter import presentation
    from claimcli.core.query import EVERYTHING
    from claimcli.core.text.similarity import LEAST_SCORE
    from claimcli.dossier.index.similar_table import fill

    chosen = presentation("match", session.color, format_, output)
    least = LEAST_SCORE if min_score is None else min_score
    candidates: list[Any] = []
    within = session.request().query

    def request(db: Any) -> Any:
        fill(db, say)
        candidates[:] = search_texts(
            db, texts_of(db), within=within, limit=limit or LIMIT, least_score=least
        )
        return request_of(candidates)

    dossier = session.open(request)
    found = matches(dossier, candidates, least_score=least, narrowed=within != EVERYTHING)
    chosen.show(found)
    for note in found.notes:
        say(note)
    warn_unread(dossier)
    return any(one.claims for one in found.matches)
