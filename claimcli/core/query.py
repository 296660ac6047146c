"""A request to a dossier: a tree of conditions, the order and number of claims, and the scope.

:mod:`claimcli.core.query_parser` builds the tree from text; flags of commands build conditions too.
"""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

from msgspec import Struct

from claimcli.core.dates import (
    DATE_FORMS,
    REVERSED,
    SWAP,
    Date,
    date_hint,
    parse_date,
    reversed_range,
)
from claimcli.core.problems import ClaimcliError, Excerpt
from claimcli.core.records import Status
from claimcli.core.response_kinds import Kind, ReplyState
from claimcli.core.text.suggestions import did_you_mean

FIELDS = (
    "text", "party", "speaker", "against", "issue", "tag", "source", "kind", "status", "position",
    "event", "id", "said", "when", "about", "published", "has", "asked", "file",
)  # fmt: skip
DATE_FIELDS = ("said", "when", "about", "published")
PATTERN_FIELDS = ("speaker", "tag", "source", "position", "id", "file", "issue", "event")
"""Fields that accept ``/pattern/`` as well as words; free text does too."""
PREFIX_FIELDS = ("", "position")
"""Fields whose words can end in ``*``; "" is free text."""
WILD_FIELDS = ("id", "file", "tag", "source", "issue", "event")
"""Fields in whose words ``*`` matches any characters."""


class Has(StrEnum):
    """What ``has:`` can test a claim for."""

    SPEAKER = "speaker"
    SAID = "said"
    ABOUT = "about"
    ISSUE = "issue"
    POSITION = "position"
    EVENT = "event"
    REPORTS = "reports"
    SOURCE = "source"
    QUOTE = "quote"
    TRANSLATION = "translation"
    LOCATOR = "locator"
    REBUTTAL = "rebuttal"
    RESPONSE = "response"
    ANSWER = "answer"
    TARGET = "target"
    RESTATES = "restates"
    SUPERSEDES = "supersedes"
    WITHDRAWN = "withdrawn"
    TAG = "tag"
    ASKED = "asked"
    NOTE = "note"


CHOICE_FIELDS: dict[str, tuple[str, ...]] = {
    "status": tuple(Status),
    "kind": tuple(Kind),
    "has": tuple(Has),
    "asked": tuple(ReplyState),
}
"""Fields that accept only certain words."""


class MatchType(StrEnum):
    """How a term's text is compared with a claim."""

    WORD = "word"
    PREFIX = "prefix"
    PHRASE = "phrase"
    PATTERN = "pattern"
    DATE = "date"


class Term(Struct, frozen=True):
    """One condition. ``field`` is "" for free text.

    A claim's date must not be certainly before ``first`` or certainly after ``last``; with
    ``strict`` it must be possible that it lies beyond the bound. ``at`` is its place in the query,
    None if it comes from a flag.
    """

    field: str
    test: MatchType
    text: str
    at: Excerpt | None = None
    first: Date | None = None
    last: Date | None = None
    strict: bool = False


class Not(Struct, frozen=True):
    """True if ``node`` is false."""

    node: "Node"


class All(Struct, frozen=True):
    """True if all nodes are true, or if there are no nodes."""

    nodes: tuple["Node", ...]


class Some(Struct, frozen=True):
    """True if at least one of the nodes is true."""

    nodes: tuple["Node", ...]


Node = Term | Not | All | Some

EVERYTHING = All(())


class Scope(StrEnum):
    """What a command needs in addition to the claims that a query selects."""

    CLAIMS = "claims"
    """Nothing."""
    MOVED = "moved"
    """Instead of these, all claims that can show a change in a party's account."""
    ANSWERS = "answers"
    """Their direct answers, and the records that they refer to."""
    LINKS = "links"
    """These, and the claims that they answer."""
    THREADS = "threads"
    """All claims linked by answers and restatements, to any depth."""
    ISSUES = "issues"
    """The threads, all claims on their issues, and all problems."""
    REGISTRIES = "registries"
    """Their answers, and all parties, issues, sources and events."""
    ALL = "all"
    """Everything."""


class Request(Struct, frozen=True, kw_only=True):
    """A request to a dossier: which claims, in which order, how many, and the scope.

    ``sort`` is one of :data:`SORTS`, with a leading ``-`` for the reverse order; ``offset`` is the
    number of claims to skip. ``parties`` are names of parties if only their claims are selected.
    ``opposition``: the claims that oppose those loaded are named. ``speakers``: the speakers of all
    claims are named. ``derived``: the sources derived from those loaded are loaded, too.
    ``brief``: records lack their longer fields (:mod:`claimcli.dossier.index.brief`). Only then can
    ``issues`` and ``sources`` (also citations) be left out; sources are loaded if any is internal.
    """

    query: Node = EVERYTHING
    sort: str = "said"
    limit: int | None = None
    offset: int = 0
    scope: Scope = Scope.ANSWERS
    parties: tuple[str, ...] = ()
    opposition: bool = False
    speakers: bool = False
    derived: bool = False
    brief: bool = False
    issues: bool = True
    sources: bool = True


SORTS = ("said", "id", "party", "speaker", "issue", "status", "file")


def parse_sort(word: str) -> str:
    """Return a valid sort order. Raises ClaimcliError if there is no such order."""
    if word.removeprefix("-") in SORTS:
        return word
    hint = did_you_mean(word.removeprefix("-"), SORTS, f"sort by {', '.join(SORTS)}")
    raise ClaimcliError(f"no sorting '{word.removeprefix('-')}'", hint)


def field_condition(field: str, values: Iterable[str]) -> Node:
    """Return the condition of a repeatable flag: a field has any of the values."""
    nodes = tuple(make_term(field, value, MatchType.PHRASE, None) for value in values)
    return nodes[0] if len(nodes) == 1 else Some(nodes)


def period_conditions(since: str | None, until: str | None) -> Iterator[Term]:
    """Yield the conditions of ``--since`` and ``--until``; None if a flag is not given.

    Raises ClaimcliError if one is no date, or the period ends before it begins.
    """
    first = _flag_date("--since", since) if since is not None else None
    last = _flag_date("--until", until) if until is not None else None
    if first and last and reversed_range(first, last):
        raise ClaimcliError(f"'--since {since} --until {until}' {REVERSED}", SWAP)
    if first:
        yield Term("when", MatchType.DATE, first.text, first=first)
    if last:
        yield Term("when", MatchType.DATE, last.text, last=last)


def combine(nodes: Iterable[Node]) -> Node:
    """Return a condition that all nodes must fulfil, without redundant layers."""
    parts = [part for node in nodes for part in (node.nodes if isinstance(node, All) else (node,))]
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def terms(node: Node) -> Iterator[Term]:
    """Yield every term of a query."""
    if isinstance(node, Term):
        yield node
    else:
        for below in (node.node,) if isinstance(node, Not) else node.nodes:
            yield from terms(below)


def make_term(field: str, text: str, test: MatchType, at: Excerpt | None) -> Term:
    """Return the term for a field and its value. Raises ClaimcliError if the value is invalid."""
    if field == "text":
        field = ""
    if unusable := re.search(_NOT_TEXT, text):
        message = f"the character U+{ord(unusable[0]):04X} is in no text"
        raise ClaimcliError(message, "take it out", excerpt=at)
    if test is MatchType.PATTERN:
        return _pattern_term(field, text, at)
    if field in CHOICE_FIELDS:
        return Term(field, MatchType.WORD, _chosen(field, text, at), at)
    if field in DATE_FIELDS:
        return _date_term(field, text, at)
    if not text.strip():
        raise ClaimcliError(
            "there is no text between these quotation marks", "write a word", excerpt=at
        )
    if test is MatchType.WORD and "*" in text and field not in WILD_FIELDS:
        return _prefix_term(field, text, at)
    return Term(field, test, text, at)


def _chosen(field: str, text: str, at: Excerpt | None) -> str:
    words = CHOICE_FIELDS[field]
    if text.lower() in words:
        return text.lower()
    hint = did_you_mean(text, words, f"write one of {', '.join(words)}")
    message = f"'has' takes no '{text}'" if field == "has" else f"no {field} '{text}'"
    raise ClaimcliError(message, hint, excerpt=at)


def _prefix_term(field: str, text: str, at: Excerpt | None) -> Term:
    if field not in PREFIX_FIELDS:
        raise ClaimcliError(f"'{field}' takes no '*'", "write the whole name", excerpt=at)
    start = text.rstrip("*")
    if not start or "*" in start:
        message = f"'{text}' is not the beginning of a word"
        raise ClaimcliError(message, "write '*' after one, or a pattern as /.../", excerpt=at)
    return Term(field, MatchType.PREFIX, start, at)


def _pattern_term(field: str, text: str, at: Excerpt | None) -> Term:
    if field and field not in PATTERN_FIELDS:
        hint = "write a date" if field in DATE_FIELDS else "write a word"
        raise ClaimcliError(f"'{field}' takes no pattern", hint, excerpt=at)
    return Term(field, MatchType.PATTERN, text, at)


_NOT_TEXT = "[\0\ud800-\udfff]"
"""Characters that no YAML file can contain, and at which SQLite's functions end or fail."""
_RANGE = r"(?P<first>[^.]*)\.\.(?P<last>[^.]*)"
_COMPARED = r"(?P<sign>[<>]=?)(?P<date>.*)"


def _date_term(field: str, text: str, at: Excerpt | None) -> Term:
    """Return the term for a date, a comparison, or a range ``A..B`` that includes both ends."""
    if compared := re.fullmatch(_COMPARED, text):
        date = _date(compared["date"], at)
        strict = not compared["sign"].endswith("=")
        if compared["sign"].startswith(">"):
            return Term(field, MatchType.DATE, text, at, first=date, strict=strict)
        return Term(field, MatchType.DATE, text, at, last=date, strict=strict)
    if "/" not in text and (ends := re.fullmatch(_RANGE, text)) and text != "..":
        first, last = (_date(end, at) if end else None for end in (ends["first"], ends["last"]))
        if first and last and reversed_range(first, last):
            raise ClaimcliError(f"'{text}' {REVERSED}", SWAP, excerpt=at)
        return Term(field, MatchType.DATE, text, at, first=first, last=last)
    date = _date(text, at)
    return Term(field, MatchType.DATE, text, at, first=date, last=date)


def _date(text: str, at: Excerpt | None) -> Date:
    try:
        return parse_date(text)
    except ValueError as error:
        hint = date_hint(error, f"{DATE_FORMS}, or a range as A..B or >=A")
        raise ClaimcliError(str(error), hint, excerpt=at) from None


def _flag_date(name: str, text: str) -> Date:
    try:
        return parse_date(text)
    except ValueError as error:
        raise ClaimcliError(f"{name}: {error}", date_hint(error)) from None
