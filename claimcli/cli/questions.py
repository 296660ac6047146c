"""What is asked for on a terminal where a claim is not given whole by flags."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from claimcli.cli.claim_options import ClaimSession, cited
from claimcli.cli.output import talk
from claimcli.cli.prompts import Question, ask, can_ask
from claimcli.core.problems import ClaimcliError
from claimcli.core.text.suggestions import did_you_mean
from claimcli.dossier.field_parsers import DERIVED_ID, ID
from claimcli.dossier.index.lookup import free_id, is_taken, known_ids, resolve_party
from claimcli.edit.assignments import parse_record
from claimcli.edit.commands import id_from_statement

REQUIRED = ("party", "statement")
_FLAGS = {"party": "--party ID", "statement": "--statement TEXT"}


class Known(Struct, frozen=True):
    """What the tab key offers: what may be typed, and the id that is meant."""

    parties: dict[str, str]
    issues: dict[str, str]
    sources: dict[str, str]


def complete(session: ClaimSession, *, alone: bool) -> dict[str, Any]:
    """Return the fields of a claim, asking for what is missing where somebody can be asked.

    A claim that stands ``alone`` needs an id. Raises ClaimcliError where a field is missing and
    nobody can be asked; KeyboardInterrupt where somebody leaves.
    """
    fields = session.fields()
    missing = [name for name in REQUIRED if name not in fields]
    if not missing:
        return fields
    if not can_ask():
        raise ClaimcliError(f"no {missing[0]} is given", f"add {_FLAGS[missing[0]]}")
    known = session.index(_known)
    try:
        for question in _questions(session, fields, known, alone=alone):
            answer = ask(question)
            if answer:
                fields[question.field] = answer
    except KeyboardInterrupt:
        talk("")
        talk("nothing was written")
        raise
    quoting = {"quote": fields.pop("quote")} if "quote" in fields else {}
    if isinstance(fields.get("source"), str) and not session.given.get("source"):
        fields |= cited([fields["source"]], quoting)
    if isinstance(fields.get("party"), str):
        fields["party"] = [fields["party"]]
    return fields


def _known(db: Any) -> Known:
    names = dict(db.execute("SELECT name, id FROM parties WHERE name IS NOT NULL"))
    parties, issues, sources = (
        {name: name for name in known_ids(db, kind)} for kind in ("party", "issue", "source")
    )
    return Known({**names, **parties}, issues, sources)


def _questions(
    session: ClaimSession, fields: dict[str, Any], known: Known, *, alone: bool
) -> Iterator[Question]:
    """Yield the questions that are still open, each after the one before is answered."""
    if "statement" not in fields:
        yield Question("statement", "what is said", required=True)
    if "party" not in fields:
        yield Question(
            "party",
            "who says it",
            required=True,
            known=known.parties,
            check=_party(session, known.parties),
        )
    if alone and "id" not in fields:
        stem = id_from_statement(fields["statement"], f"{fields['party']}-1")
        offered = session.index(lambda db: free_id(db, stem))
        yield Question("id", "its id", default=offered, check=_new_id(session))
    if alone and "issue" not in fields:
        yield Question("issue", "on which issue", known=known.issues, check=_issue(known.issues))
    if not {"source", "sources"} & fields.keys():
        yield Question(
            "source", "source, an id or a title", known=known.sources, check=_source(known.sources)
        )
        if "source" in fields:
            yield Question("quote", "words that stand in it")


def _party(session: ClaimSession, known: Mapping[str, str]) -> Any:
    def check(answer: str) -> str:
        return _noted(str(session.index(lambda db: resolve_party(db, answer))), known, "party")

    return check


def _new_id(session: ClaimSession) -> Any:
    def check(answer: str) -> str:
        name = _id(answer)
        if session.index(lambda db: is_taken(db, "claim", name)):
            raise ClaimcliError(f"there is a claim '{name}' already", "write another id")
        return name

    return check


def _issue(known: Mapping[str, str]) -> Any:
    def check(answer: str) -> str:
        return _noted(_id(answer), known, "issue")

    return check


def _source(known: Mapping[str, str]) -> Any:
    def check(answer: str) -> str:
        if DERIVED_ID.fullmatch(answer) and answer not in known:
            way_out = "write an id that is on file, or a title as 'title: ...'"
            raise ClaimcliError(f"no source '{answer}'", did_you_mean(answer, known, way_out))
        cited = parse_record("source", answer)
        if not isinstance(cited, str) and not {"id", "title"} & {*cited}:
            raise ClaimcliError("this names no source", "add an id or a title")
        return answer

    return check


def _noted(name: str, known: Mapping[str, str], what: str) -> str:
    """Return an answer, after saying where it is nothing that is known."""
    if name not in known.values():
        talk(f"note: the {what} '{name}' is new here; Ctrl-C leaves, if that is not meant")
    return name


def _id(answer: str) -> str:
    if not ID.fullmatch(answer):
        raise ClaimcliError(f"'{answer}' is no id", "an id is made of a-z, 0-9, '.', '_' and '-'")
    return answer
