from typing import Annotated, Any

import typer

from claimcli.cli.options import FormatOption, OutputOption, Text, argument, option
from claimcli.cli.session import FilteredSession

TextArgument = Annotated[Text, argument("[TEXT]", "The sentence; - reads it from standard input.")]
ClaimOption = Annotated[Text, option("--claim ID", "Search with the statement of a claim.")]
LimitOption = Annotated[int, option("--limit -n N", "At most so many claims.", min=1, max=100)]
ScoreOption = Annotated[
    float, option("--min-score SCORE", "Only claims that score at least this.", min=0, max=1)
]
ExitOption = Annotated[bool, option("--exit-code", "Exit with 1 if a similar claim is on file.")]


def match(
    session: FilteredSession,
    text: TextArgument = None,
    claim: ClaimOption = None,
    limit: LimitOption = 5,
    min_score: ScoreOption = 0.5,
    exit_code: ExitOption = False,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Find the claims on file that are similar to a sentence, and what was answered.

    Each has a score, the share of claims with such a likeness that say the same matter, and names
    the numbers, dates and negations that differ. A QUERY narrows what is searched. Whether the
    claims say the same is for you to judge.
    """
    from claimcli.analysis.similar import matches, request_of, search_texts
    from claimcli.cli.output import say, warn_unread
    from claimcli.cli.presenter import presentation
    from claimcli.core.problems import ExitCode

    chosen = presentation("match", session.color, format_, output)
    texts_of = _texts_of(session, text, claim)
    candidates: list[Any] = []

    def request(db: Any) -> Any:
        within = session.request().query
        candidates[:] = search_texts(db, texts_of(db), within=within, limit=limit)
        return request_of(candidates)

    dossier = session.open(request)
    found = matches(dossier, candidates, least_score=min_score)
    chosen.show(found)
    for note in found.notes:
        say(note)
    warn_unread(dossier)
    if exit_code and any(one.claims for one in found.matches):
        raise typer.Exit(ExitCode.FINDINGS)


def _texts_of(session: FilteredSession, text: str | None, claim: str | None) -> Any:
    """Return a function from the index to the texts to search with.

    With ``--claim``, TEXT is the first word of the query. Raises ClaimcliError if there is no text.
    """
    from claimcli.analysis.similar import TextToMatch
    from claimcli.core.problems import ClaimcliError

    if claim is not None:
        session.options["query"] = [*([text] if text else ()), *(session.options["query"] or ())]
        return lambda db: [_statement_of(db, claim)]
    if text == "-":
        from claimcli.cli.inputs import standard_input

        text = standard_input().decode("utf-8", "replace").strip()
    if not text or not text.strip():
        message = "there is no text to search with"
        raise ClaimcliError(message, "write a sentence, or --claim ID")
    return lambda _: [TextToMatch(text)]


def _statement_of(db: Any, word: str) -> Any:
    """Return the statement of the claim with an id, or a part of one."""
    from claimcli.analysis.similar import TextToMatch
    from claimcli.dossier.index.lookup import find_record

    _, name = find_record(db, word, ("claim",))
    (statement,) = db.execute("SELECT statement FROM claims WHERE id = ?", (name,)).fetchone()
    return TextToMatch(statement, claim=name)
