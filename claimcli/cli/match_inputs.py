"""``match``: the texts to search with."""

from pathlib import Path
from typing import Any

from claimcli.analysis.similar import TextToMatch
from claimcli.cli.inputs import given_path, standard_input
from claimcli.cli.session import FilteredSession
from claimcli.core.problems import ClaimcliError
from claimcli.dossier.index.lookup import find_record


def texts_of(
    session: FilteredSession,
    text: str | None,
    *,
    claim: str | None,
    from_file: str | None,
    column: str | None,
) -> Any:
    """Return a function from the index to the texts to search with.

    With ``--claim`` and ``--from``, TEXT is the first word of the query. Raises ClaimcliError if
    there is no text.
    """
    if claim is not None:
        query_with(session, text)
        return lambda db: [_statement_of(db, claim)]
    if from_file is not None:
        query_with(session, text)
        texts = _texts_of_file(session, from_file, column or "")
        return lambda _: texts
    if text == "-":
        text = standard_input().decode("utf-8", "replace").strip()
    if not text or not text.strip():
        message = "there is no text to search with"
        raise ClaimcliError(message, "write a sentence, --from FILE or --claim ID")
    return lambda _: [TextToMatch(text)]


def query_with(session: FilteredSession, text: str | None) -> None:
    """Make TEXT, which is the first argument, the first word of the query."""
    session.options["query"] = [*([text] if text else ()), *(session.options["query"] or ())]


def _statement_of(db: Any, word: str) -> TextToMatch:
    """Return the statement of the claim with an id, or a part of one."""
    _, name = find_record(db, word, ("claim",))
    (statement,) = db.execute("SELECT statement FROM claims WHERE id = ?", (name,)).fetchone()
    return TextToMatch(statement, claim=name)


def _texts_of_file(session: FilteredSession, name: str, column: str) -> list[TextToMatch]:
    """Return the texts of a file; claims of another dossier can have the ids of claims on file."""
    from claimcli.cli.output import warn
    from claimcli.core.text.word_diff import plural
    from claimcli.exchange.input_texts import STDIN, read_input_texts

    path, data = (STDIN, standard_input()) if name == "-" else (given_path(name), None)
    found = read_input_texts(path, column=column, data=data)
    if found.without_text:
        warn(f"{plural(found.without_text, 'record')} of {path} without a text, not searched for")
    if name != "-" and any(text.claim for text in found.texts) and _is_of(session, path):
        return [*found.texts]
    return [TextToMatch(text.text, text.place) for text in found.texts]


def _is_of(session: FilteredSession, path: Path) -> bool:
    """Return whether a file is one of the dossier."""
    return any(path.resolve().is_relative_to(root.resolve()) for root in session.paths())


def refuse_column(from_file: str | None, column: str | None, others: dict[str, object]) -> None:
    """Raise ClaimcliError for ``--from`` with other inputs, by flag, or ``--column`` without it."""
    for flag, value in others.items():
        if from_file is not None and value not in (None, False):
            raise ClaimcliError(f"--from and {flag} exclude each other", "name one of them")
    if column is not None and from_file is None:
        raise ClaimcliError("--column needs --from", "name the file with --from FILE")
