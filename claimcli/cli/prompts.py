"""Questions on a terminal for the fields of a claim, with known names completed by the tab key.

They use Python's own line editor: other libraries take longer to import than a whole command runs,
and offer no more here. Questions go to standard error, so that standard output has only the result.
"""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from claimcli.cli.output import say
from claimcli.cli.record_options import ClaimSession, RecordSession, cited
from claimcli.core.problems import ClaimcliError
from claimcli.core.schema import RECORD_KINDS
from claimcli.core.text.escaping import one_line
from claimcli.core.text.normal_forms import fold_case
from claimcli.core.text.suggestions import did_you_mean
from claimcli.dossier.field_parsers import DERIVED_ID, ID
from claimcli.dossier.index.lookup import free_id, is_taken, known_ids, resolve_party
from claimcli.edit.assignments import parse_record
from claimcli.edit.new_records import NAMED_BY, id_from_text

REQUIRED = {"party": "--party ID", "statement": "--statement TEXT"}
"""Required fields of a claim, with their options."""
MOST_LISTED = 8
"""Number of positions that a question lists."""


class Question(Struct, frozen=True):
    """A question for a field.

    ``known`` maps what may be typed to the value that the tab key completes. ``check`` returns the
    value of an answer; if it raises ClaimcliError, the question is asked again.
    """

    field: str
    label: str
    required: bool = False
    known: Mapping[str, str] = MappingProxyType({})
    default: str = ""
    check: Callable[[str], str] = lambda answer: answer


def can_ask() -> bool:
    """Return whether this runs on a terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: Question) -> str:
    """Return the answer to a question, or ""; raises KeyboardInterrupt at the end of input."""
    offered = f" [{one_line(question.default)}]" if question.default else ""
    more = "" if question.required or question.default else " (enter for none)"
    while True:
        with _line_editor(question.known):
            try:
                answer = input(f"{question.label}{offered}{more}: ").strip() or question.default
            except EOFError:
                say("")
                raise KeyboardInterrupt from None
        try:
            if answer:
                return question.check(answer)
        except ClaimcliError as error:
            say(str(error))
            continue
        if not question.required:
            return ""
        say("this is required; Ctrl-C stops, and writes nothing")


@contextmanager
def _line_editor(known: Mapping[str, str]) -> Iterator[None]:
    """Complete known names with the tab key, and send questions to standard error."""
    kept = os.dup(1)
    sys.stdout.flush()
    os.dup2(2, 1)
    try:
        with suppress(ImportError):
            _set_completer(known)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


def _set_completer(known: Mapping[str, str]) -> None:
    import readline

    def completer(start: str, number: int) -> str | None:
        folded = fold_case(start)
        meant = {known[name] for name in known if fold_case(name).startswith(folded)}
        return dict(enumerate(sorted(meant))).get(number)

    readline.set_auto_history(False)
    readline.set_completer_delims("")
    readline.set_completer(completer)
    libedit = "libedit" in (readline.__doc__ or "")
    readline.parse_and_bind("bind ^I rl_complete" if libedit else "tab: complete")


@contextmanager
def report_interrupt() -> Iterator[None]:
    """Say that nothing was written if the user stops with Ctrl-C."""
    try:
        yield
    except KeyboardInterrupt:
        say("")
        say("nothing was written")
        raise


class KnownNames(Struct, frozen=True):
    """The names to complete: what may be typed, and the id it means."""

    parties: dict[str, str]
    issues: dict[str, str]
    sources: dict[str, str]
    positions: dict[str, dict[str, str]]
    """Those that issues declare, by issue."""


def complete(session: RecordSession, *, alone: bool, issue: str | None = None) -> dict[str, Any]:
    """Return the fields of a record, asking for missing ones on a terminal.

    A claim ``alone``, which is not below another, needs an id. ``issue`` is that of the claim that
    it answers. Raises ClaimcliError if a required
    field is missing and this is not a terminal, KeyboardInterrupt if the user stops.
    """
    fields = session.fields()
    if not isinstance(session, ClaimSession):
        return _complete_record(session.kind, fields)
    missing = [name for name in REQUIRED if name not in fields]
    if not missing:
        return fields
    if not can_ask():
        raise ClaimcliError(f"the {missing[0]} is missing", f"add {REQUIRED[missing[0]]}")
    known = session.index(_known_names)
    with report_interrupt():
        for question in _questions(session, fields, known, alone=alone, issue=issue):
            answer = ask(question)
            if answer:
                fields[question.field] = answer
    quoting = {"quote": fields.pop("quote")} if "quote" in fields else {}
    if isinstance(fields.get("source"), str) and not session.options.get("source"):
        fields |= cited([fields["source"]], quoting)
    if isinstance(fields.get("party"), str):
        fields["party"] = [fields["party"]]
    return fields


def _complete_record(kind: str, fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a record. Raises ClaimcliError if a required one is missing."""
    named_by = NAMED_BY[kind]
    needed = dict.fromkeys((*RECORD_KINDS[kind].required, named_by))
    missing = [name for name in needed if name not in fields and name != "id"]
    if missing and not (named_by not in RECORD_KINDS[kind].required and "id" in fields):
        flag = next(field.flag for field in RECORD_KINDS[kind].fields if field.name == missing[0])
        raise ClaimcliError(f"the {missing[0]} is missing", f"add {flag}")
    return fields


def _known_names(db: Any) -> KnownNames:
    names = dict(db.execute("SELECT name, id FROM parties WHERE name IS NOT NULL"))
    parties, issues, sources = (
        {name: name for name in known_ids(db, kind)} for kind in ("party", "issue", "source")
    )
    positions: dict[str, dict[str, str]] = {}
    for issue, position in db.execute("SELECT issue, position FROM issue_positions"):
        positions.setdefault(issue, {})[position] = position
    return KnownNames({**names, **parties}, issues, sources, positions)


def _questions(
    session: ClaimSession,
    fields: dict[str, Any],
    known: KnownNames,
    *,
    alone: bool,
    issue: str | None,
) -> Iterator[Question]:
    """Yield a question for each missing field, each after the previous one is answered."""
    if "statement" not in fields:
        yield Question("statement", "what is said", required=True)
    if "party" not in fields:
        check = _party(session, known.parties)
        yield Question("party", "who says it", required=True, known=known.parties, check=check)
    if alone and "id" not in fields:
        stem = id_from_text(fields["statement"], f"{fields['party']}-1")
        offered = session.index(lambda db: free_id(db, stem))
        yield Question("id", "its id", default=offered, check=_new_id(session))
    if alone and "issue" not in fields:
        yield Question("issue", "on which issue", known=known.issues, check=_issue(known.issues))
    positions = known.positions.get(fields.get("issue", issue) or "")
    if positions and "position" not in fields:
        some = one_line(", ".join(list(positions)[:MOST_LISTED]))
        more = ", …" if len(positions) > MOST_LISTED else ""
        yield Question("position", f"position ({some}{more})", known=positions)
    if not {"source", "sources"} & fields.keys():
        check = _source(known.sources)
        yield Question("source", "source, an id or a title", known=known.sources, check=check)
        if "source" in fields:
            yield Question("quote", "quote, the words in the source")


def _party(session: ClaimSession, known: Mapping[str, str]) -> Callable[[str], str]:
    def check(answer: str) -> str:
        party = str(session.index(lambda db: resolve_party(db, answer)))
        return _report_new(party, known, "party")

    return check


def _new_id(session: ClaimSession) -> Callable[[str], str]:
    def check(answer: str) -> str:
        name = _valid_id(answer)
        if session.index(lambda db: is_taken(db, "claim", name)):
            raise ClaimcliError(f"there is a claim '{name}' already", "write another id")
        return name

    return check


def _issue(known: Mapping[str, str]) -> Callable[[str], str]:
    return lambda answer: _report_new(_valid_id(answer), known, "issue")


def _source(known: Mapping[str, str]) -> Callable[[str], str]:
    def check(answer: str) -> str:
        if DERIVED_ID.fullmatch(answer) and answer not in known:
            hint = "write an id that is on file, or a title as 'title: ...'"
            raise ClaimcliError(f"no source '{answer}'", did_you_mean(answer, known, hint))
        citation = parse_record("source", answer)
        if not isinstance(citation, str) and not {"id", "title"} & {*citation}:
            raise ClaimcliError("this names no source", "add an id or a title")
        return answer

    return check


def _report_new(name: str, known: Mapping[str, str], what: str) -> str:
    """Return a name, after telling the user if the dossier does not have it yet."""
    if name not in known.values():
        say(f"note: the {what} '{name}' is new here; press Ctrl-C if that is a mistake")
    return name


def _valid_id(answer: str) -> str:
    if not ID.fullmatch(answer):
        message = f"'{answer}' is not a valid id"
        raise ClaimcliError(message, "an id consists of a-z, 0-9, '.', '_' and '-'")
    return answer
