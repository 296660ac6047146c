from pathlib import Path
from typing import Annotated, Any

import typer

from claimcli.cli.options import FormatOption, OutputOption, Text, argument, option
from claimcli.cli.session import FilteredSession

TextArgument = Annotated[Text, argument("[TEXT]", "The sentence; - reads it from standard input.")]
ClaimOption = Annotated[Text, option("--claim ID", "Search with the statement of a claim.")]
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
    all_: AllOption = False,
    jaccard: JaccardOption = None,
    limit: LimitOption = None,
    min_score: ScoreOption = None,
    exit_code: ExitOption = False,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Find the claims on file that are similar to a sentence, and what was answered.

    Each has a score, the share of claims with such a likeness that say the same matter, and names
    the numbers, dates and negations that differ. A QUERY narrows what is searched. Whether the
    claims say the same is for you to judge.

    With --all, lists pairs of claims with similar statements, and which of them are contradiction
    candidates: by different parties, on one issue or about one time, they differ by a number or a
    negation, or hold opposing positions.
    """
    from claimcli.cli.match_all import match_all, refuse_combinations
    from claimcli.core.problems import ExitCode

    refuse_combinations(all_=all_, claim=claim, min_score=min_score, jaccard=jaccard, limit=limit)
    if all_:
        _query_with(session, text)
        match_all(session, jaccard, limit, exit_code=exit_code, format_=format_, output=output)
    else:
        has_claims = _match(session, text, claim, limit, min_score, format_, output)
        if exit_code and has_claims:
            raise typer.Exit(ExitCode.FINDINGS)


def _match(
    session: FilteredSession,
    text: str | None,
    claim: str | None,
    limit: int | None,
    min_score: float | None,
    format_: str | None,
    output: Path | None,
) -> bool:
    """Write the claims that are similar to a sentence; return whether there are some."""
    from claimcli.analysis.similar import LEAST_SCORE, LIMIT, matches, request_of, search_texts
    from claimcli.cli.output import say, warn_unread
    from claimcli.cli.presenter import presentation

    chosen = presentation("match", session.color, format_, output)
    texts_of = _texts_of(session, text, claim)
    candidates: list[Any] = []

    def request(db: Any) -> Any:
        within = session.request().query
        candidates[:] = search_texts(db, texts_of(db), within=within, limit=limit or LIMIT)
        return request_of(candidates)

    dossier = session.open(request)
    found = matches(
        dossier, candidates, least_score=LEAST_SCORE if min_score is None else min_score
    )
    chosen.show(found)
    for note in found.notes:
        say(note)
    warn_unread(dossier)
    return any(one.claims for one in found.matches)


def _texts_of(session: FilteredSession, text: str | None, claim: str | None) -> Any:
    """Return a function from the index to the texts to search with.

    With ``--claim``, TEXT is the first word of the query. Raises ClaimcliError if there is no text.
    """
    from claimcli.analysis.similar import TextToMatch
    from claimcli.core.problems import ClaimcliError

    if claim is not None:
        _query_with(session, text)
        return lambda db: [_statement_of(db, claim)]
    if text == "-":
        from claimcli.cli.inputs import standard_input

        text = standard_input().decode("utf-8", "replace").strip()
    if not text or not text.strip():
        message = "there is no text to search with"
        raise ClaimcliError(message, "write a sentence, or --claim ID")
    return lambda _: [TextToMatch(text)]


def _query_with(session: FilteredSession, text: str | None) -> None:
    """Make TEXT, which is the first argument, the first word of the query."""
    session.options["query"] = [*([text] if text else ()), *(session.options["query"] or ())]


def _statement_of(db: Any, word: str) -> Any:
    """Return the statement of the claim with an id, or a part of one."""
    from claimcli.analysis.similar import TextToMatch
    from claimcli.dossier.index.lookup import find_record

    _, name = find_record(db, word, ("claim",))
    (statement,) = db.execute("SELECT statement FROM claims WHERE id = ?", (name,)).fetchone()
    return TextToMatch(statement, claim=name)
