"""Cells that name the claims that a row answers, and cells with somebody's verdict on a claim."""

import re
from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct

from claimcli.core.response_kinds import Kind
from claimcli.dossier.value_parsers import ID
from claimcli.exchange.fact_checks.ratings import RATING_WORDS
from claimcli.exchange.sheets.synonyms import FIELDS_BY_HEADING, plain_heading

_SEPARATOR = re.compile(r"\s*[\n,;&]\s*|\s+and\s+")
_ROW_NUMBER = re.compile(
    r"(?:#|no\.?|nr\.?|row|r|claim)?\s*#?(?P<number>[1-9][0-9]{0,6})(?:\.0)?", re.I
)


class RowReferences(Struct, frozen=True):
    """The claims of a sheet as other rows refer to them.

    ``labels`` are the references by the text in a column of ids or numbers, in lower case;
    ``rows`` those by the number of the row; ``statements`` those by the statement, in lower case.
    ``several`` are the labels and statements, in lower case, that more than one row has.
    """

    labels: Mapping[str, str]
    rows: Mapping[int, str]
    statements: Mapping[str, str]
    several: Collection[str] = ()

    def resolve(self, text: str) -> list[str] | str:
        """Return the references in a cell, or the first word of it that refers to nothing.

        A number is in the column of numbers if there is one, else it is the number of a row. A
        word with the form of an id may be the id of a claim on file.
        """
        if whole := self._one(text):
            return [whole]
        found: list[str] = []
        for word in _SEPARATOR.split(text.strip()):
            if word and not (one := self._one(word)):
                return str(word)
            found += [one] if word else []
        return found

    def _one(self, text: str) -> str:
        word = text.strip().casefold()
        if word in self.several:
            return ""
        if known := self.labels.get(word) or self.statements.get(word):
            return known
        if match := _ROW_NUMBER.fullmatch(word):
            number = match["number"]
            if number in self.several:
                return ""
            return self.labels.get(number, "") if self.labels else self.rows.get(int(number), "")
        return text.strip() if ID.fullmatch(text.strip()) else ""


def row_references(
    rows: Iterable[tuple[int, str, str, str]],
) -> RowReferences:
    """Return the references to rows: their numbers, references, labels and statements."""
    labels: dict[str, str] = {}
    numbers: dict[int, str] = {}
    statements: dict[str, str] = {}
    several: set[str] = set()
    for number, reference, label, statement in rows:
        numbers[number] = reference
        for known, text in ((statements, statement), (labels, label)):
            if text and known.setdefault(text.casefold(), reference) != reference:
                several.add(text.casefold())
    return RowReferences(labels, numbers, statements, several)


def kind_named(text: str) -> str:
    """Return the kind of response that a text names, or the text if it names none."""
    plain = plain_heading(text)
    if plain.replace(" ", "-") in tuple(Kind):
        return plain.replace(" ", "-")
    labels = {plain_heading(kind.label): kind.value for kind in Kind}
    field = labels.get(plain) or FIELDS_BY_HEADING["claim"].get(plain, "")
    return field if field in tuple(Kind) else text


def kind_of_verdict(verdict: str, given: Mapping[str, str]) -> Kind | None:
    """Return how a verdict answers the claim: as ``--map VERDICT=KIND`` says, else None.

    "True" and "False" alone need no option, since they are what ``confirms`` and ``denies`` mean.
    """
    plain = plain_heading(verdict)
    kind = given.get(plain, "")
    return Kind(kind) if kind in tuple(Kind) else RATING_WORDS.get(plain)
