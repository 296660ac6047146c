"""Checks of typed answers: each returns the value for the file, or raises ClaimcliError."""

import os
import sqlite3
from collections.abc import Callable, Mapping, Sequence

from claimcli.cli.output import say
from claimcli.core.dates import date_hint, parse_date
from claimcli.core.problems import ClaimcliError
from claimcli.core.text.suggestions import did_you_mean, one_of
from claimcli.dossier.index.lookup import id_named, is_taken, known_ids, resolve_party
from claimcli.dossier.informal_dates import edtf_of
from claimcli.dossier.value_parsers import DERIVED_ID, ID, ID_RULE
from claimcli.edit.assignments import parse_record, parse_value

Check = Callable[[str], str]


def date_of(answer: str) -> str:
    """Return a date in EDTF, from any form that ``check --fix`` converts."""
    try:
        return parse_date(answer).text
    except ValueError as error:
        if meant := edtf_of(answer):
            return meant
        raise ClaimcliError(str(error), date_hint(error)) from None


def valid_id(answer: str) -> str:
    """Return an id that a person may give to a record."""
    if not ID.fullmatch(answer):
        raise ClaimcliError(f"'{answer}' is not a valid id", ID_RULE)
    return answer


def unused_id(db: sqlite3.Connection, kind: str, answer: str) -> str:
    """Return a valid id that no record of the kind has."""
    name = valid_id(answer)
    if is_taken(db, kind, name):
        raise ClaimcliError(f"there is a {kind} '{name}' already", "write another id")
    return name


def choice_of(words: Sequence[str], what: str) -> Check:
    """Return the check that an answer is one of some words."""
    return lambda answer: one_of(answer, words, what)


def list_of(check: Check) -> Check:
    """Return the check of each of several answers with commas between them."""
    return lambda answer: ", ".join(map(check, filter(None, map(str.strip, answer.split(",")))))


def parsable(answer: str, field: str) -> str:
    """Return an answer that is a value of a field: any text, but a valid nested record or pair."""
    parse_value(field, answer)
    return answer


def text_file(answer: str) -> str:
    """Return the path of a file with a text."""
    path = os.path.expanduser(answer)  # noqa: PTH111 - a text remains a text
    if not os.path.isfile(path):  # noqa: PTH113
        raise ClaimcliError(f"there is no file '{answer}'", "write a path from this folder on")
    return path


_LISTINGS = {"claim": "list", "party": "parties", "source": "sources", "issue": "issues"}
"""The commands that list records of a kind."""


def id_on_file(db: sqlite3.Connection, kind: str, answer: str) -> str:
    """Return the id of the record with this id or title."""
    if name := id_named(db, kind, answer):
        return name
    listing = _LISTINGS.get(kind)
    hint = f"'claimcli {listing}' shows ids" if listing else f"'claimcli add {kind}' adds one"
    raise ClaimcliError(f"no {kind} '{answer}'", did_you_mean(answer, known_ids(db, kind), hint))


def known_or_new(db: sqlite3.Connection, kind: str, answer: str) -> str:
    """Return the id of a party or an issue, after telling the user if it is new."""
    name = str(resolve_party(db, answer)) if kind == "party" else valid_id(answer)
    if not id_named(db, kind, name):
        say(f"note: the {kind} '{name}' is new here; '<' goes back if that is a mistake")
    return name


def source_cited(db: sqlite3.Connection, answer: str) -> str:
    """Return the id of the source with this id or title, or the description of another one."""
    if name := id_named(db, "source", answer):
        return name
    if DERIVED_ID.fullmatch(answer):
        hint = "write an id that is on file, or a title as 'title: ...'"
        raise ClaimcliError(
            f"no source '{answer}'", did_you_mean(answer, known_ids(db, "source"), hint)
        )
    citation = parse_record("source", answer)
    if isinstance(citation, Mapping) and not {"id", "title", "url"} & {*citation}:
        raise ClaimcliError("this names no source", "add an id or a title")
    return answer
