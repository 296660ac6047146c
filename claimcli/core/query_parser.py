r"""The query language: from text to a tree of conditions.

The grammar, in the notation of ISO/IEC 14977 (``help query`` is the manual)::

    query   = [ either ] ;
    either  = both , { "OR" , both } ;
    both    = one , { [ "AND" ] , one } ;
    one     = ( "-" | "NOT" ) , one | "(" , either , ")" | field , ":" , value | text ;
    value   = [ ">=" | "<=" | ">" | "<" ] , date | [ date ] , ".." , [ date ] | text ;
    text    = word | word , "*" | '"' , words , '"' | "/" , pattern , "/" ;

``-`` is written directly before the negated part. Only date fields have dates as values. A word
ends at white space or a parenthesis; inside quotation marks ``\"`` is a quotation mark, and inside
slashes ``\/`` is a slash.
"""

import re

from msgspec import Struct

from claimcli.core.problems import ClaimcliError, Excerpt
from claimcli.core.query import (
    DATE_FIELDS,
    EVERYTHING,
    FIELDS,
    All,
    MatchType,
    Node,
    Not,
    Some,
    Term,
    make_term,
)
from claimcli.core.text.suggestions import did_you_mean

MAX_LENGTH = 10_000
MAX_DEPTH = 50
MAX_TERMS = 200


def parse_query(text: str) -> Node:
    """Parse a query; an empty one is :data:`EVERYTHING`.

    Raises ClaimcliError, with the place in the query, if it is invalid.
    """
    if len(text) > MAX_LENGTH:
        raise ClaimcliError(f"a query of more than {MAX_LENGTH:,} characters", "shorten it")
    if not text.strip():
        return EVERYTHING
    parser = _Parser(text)
    node = parser.either()
    if parser.next is not None:
        raise parser.wrong("this ')' closes nothing", parser.next, "take it out, or quote it")
    return node


def query_text(node: Node) -> str:
    """Return the text of a parsed query; that of its terms is as it was typed.

    >>> query_text(parse_query("tag:pledge AND (NOT (gas OR oil))"))
    'tag:pledge -(gas OR oil)'
    """
    if isinstance(node, Term):
        return node.at.text[node.at.start : node.at.end] if node.at else ""
    if isinstance(node, Not):
        return f"-{_grouped(node.node)}"
    if isinstance(node, All):
        return " ".join(map(_grouped, node.nodes))
    return " OR ".join(query_text(n) if isinstance(n, All) else _grouped(n) for n in node.nodes)


def _grouped(node: Node) -> str:
    text = query_text(node)
    return text if isinstance(node, Term | Not) else f"({text})"


def term_text(field: str, value: str) -> str:
    """Return the text of the condition that a field has a value; "" if no text is parsed as it.

    >>> term_text("tag", "key point")
    'tag:"key point"'
    """
    text = f"{field}:{value}"
    if not re.fullmatch(r"""[^\s()"*/][^\s()"*]*""", value):
        text = f'{field}:"' + value.replace('"', '\\"') + '"'
    try:
        node = parse_query(text)
    except ClaimcliError:
        return ""
    return text if isinstance(node, Term) and node.text == value else ""


class _Token(Struct, frozen=True):
    """A part of the query: its type, its text without quotation marks or slashes, and its place."""

    mark: str
    text: str
    start: int
    end: int
    field: str = ""


_PART = r"""\s*(?:
    (?P<open>\() | (?P<close>\)) |
    (?P<minus>-)(?=[^\s)]) |
    (?P<field>[A-Za-z_]+:) |
    (?P<quoted>"(?:\\.|[^"\\])*") |
    (?P<pattern>/(?:\\.|[^/\\])+/)(?=[\s)]|$) |
    (?P<word>[^\s()]+)
)"""
_VALUE = r"""
    (?P<quoted>"(?:\\.|[^"\\])*") | (?P<pattern>/(?:\\.|[^/\\])+/)(?=[\s)]|$) | (?P<word>[^\s()]+)
"""
_FLAGS = re.VERBOSE | re.DOTALL
_OPERATORS = ("AND", "OR", "NOT")
WITH_SLASHES = (*DATE_FIELDS, "file")
"""Fields whose words can begin with a slash."""


class _Parser:
    """A recursive descent parser of one query."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.depth = 0
        self.count = 0
        self.next: _Token | None = None
        self.advance()

    def either(self) -> Node:
        nodes = [self.both()]
        while self.takes("OR"):
            nodes.append(self.both())
        return nodes[0] if len(nodes) == 1 else Some(tuple(nodes))

    def both(self) -> Node:
        nodes = [self.one()]
        while self.takes("AND") or not self.ends():
            nodes.append(self.one())
        return nodes[0] if len(nodes) == 1 else All(tuple(nodes))

    def ends(self) -> bool:
        return self.next is None or self.next.mark in ("close", "OR")

    def takes(self, mark: str) -> bool:
        if self.next is not None and self.next.mark == mark:
            self.advance()
            return True
        return False

    def one(self) -> Node:
        token = self.next
        if token is None or token.mark in ("close", "AND", "OR"):
            raise self._missing(token)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.wrong(f"nested more than {MAX_DEPTH} deep", token, "flatten it")
        self.advance()
        node = self._one(token)
        self.depth -= 1
        return node

    def _one(self, token: _Token) -> Node:
        if token.mark in ("minus", "NOT"):
            return Not(self.one())
        if token.mark != "open":
            return self.term(token)
        inner = self.either()
        if not self.takes("close"):
            raise self.wrong("this '(' is never closed", token, "add ')', or quote it")
        return inner

    def term(self, token: _Token) -> Term:
        self.count += 1
        if self.count > MAX_TERMS:
            raise self.wrong(f"more than {MAX_TERMS} conditions", token, "ask for fewer")
        test = {"quoted": MatchType.PHRASE, "pattern": MatchType.PATTERN}.get(
            token.mark, MatchType.WORD
        )
        return make_term(token.field, token.text, test, Excerpt(self.text, token.start, token.end))

    def advance(self) -> None:
        match = re.compile(_PART, _FLAGS).match(self.text, self.at)
        if match is None or match.lastgroup is None:
            self.next = None
            return
        mark, start = match.lastgroup, match.start(match.lastgroup)
        self.at = match.end()
        if mark == "field":
            self.next = self._field(match["field"][:-1], start)
        else:
            self.next = self._token(mark, match[mark], start)

    def _token(self, mark: str, text: str, start: int, field: str = "") -> _Token:
        if mark == "word" and text.startswith('"'):
            token = _Token(mark, text, start, len(self.text))
            raise self.wrong("this quotation mark is never closed", token, "add '\"' at the end")
        if mark == "word" and field not in WITH_SLASHES and re.fullmatch("/[^/]+", text):
            token = _Token(mark, text, start, len(self.text))
            raise self.wrong("this pattern is never closed", token, "add '/', or quote it")
        if mark == "word" and not field and text in _OPERATORS:
            mark = text
        if mark in ("quoted", "pattern"):
            quote = text[0]
            text = text[1:-1].replace(f"\\{quote}", quote)
        return _Token(mark, text, start, self.at, field)

    def _field(self, name: str, start: int) -> _Token:
        token = _Token("field", name, start, start + len(name))
        if name.lower() not in FIELDS:
            otherwise = f"the fields are {', '.join(FIELDS)}; or put it in quotation marks"
            hint = did_you_mean(name, FIELDS, otherwise)
            raise self.wrong(f"no field '{name}'", token, hint)
        match = re.compile(_VALUE, _FLAGS).match(self.text, self.at)
        if match is None or match.lastgroup is None:
            example = f"write it right after the colon, as in {name}:{EXAMPLES[name.lower()]}"
            raise self.wrong(f"'{name}:' has no value", token, example)
        self.at = match.end()
        return self._token(match.lastgroup, match[0], start, name.lower())

    def _missing(self, token: _Token | None) -> ClaimcliError:
        if token is None:
            end = len(self.text.rstrip())
            token = _Token("end", "", end, end + 1)
            return self.wrong("the query ends where a condition is expected", token, "add one")
        text = self.text[token.start : token.end]
        return self.wrong(f"a condition is expected before '{text}'", token, "add one")

    def wrong(self, message: str, token: _Token, hint: str) -> ClaimcliError:
        return ClaimcliError(message, hint, excerpt=Excerpt(self.text, token.start, token.end))


EXAMPLES = dict.fromkeys(FIELDS, "...") | {
    "said": "2021-12", "when": "2021-12-30..", "about": "2021..2022",
    "published": ">=2021-12-30", "has": "quote", "status": "contested", "kind": "denies",
}  # fmt: skip
