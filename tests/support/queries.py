"""Random queries over the vocabulary of :mod:`tests.support.dossiers`, as trees and as text."""

from hypothesis import strategies as st
from msgspec.structs import replace

from claimcli.core.query import All, Has, MatchType, Node, Not, Some, Term, make_term
from claimcli.core.records import Status
from claimcli.core.response_kinds import Kind, ReplyState
from tests.support.dossiers import (
    DATES,
    IDS,
    ISSUES,
    PARTIES,
    POSITIONS,
    SOURCES,
    SPEAKERS,
    TAGS,
    WORDS,
)

_OPERATORS = st.sampled_from(("{}", "..{}", "{}..", ">{}", ">={}", "<{}", "<={}"))
_PLAIN_DATES = st.sampled_from([date for date in DATES if "/" not in date])
_VALUES = {
    "": st.sampled_from(WORDS),
    "party": st.sampled_from((*PARTIES, "The Kremlin", "MOSCOW", "Russia")),
    "against": st.sampled_from(PARTIES),
    "speaker": st.sampled_from((*SPEAKERS, "joe", "Dmitry Peskov")),
    "issue": st.sampled_from((*ISSUES, "t*", "*")),
    "tag": st.sampled_from((*TAGS, "C*")),
    "source": st.sampled_from((*SOURCES, "gone", "*-2*")),
    "kind": st.sampled_from(Kind).map(str),
    "status": st.sampled_from(Status).map(str),
    "position": st.sampled_from(POSITIONS),
    "event": st.sampled_from(("the-call", "other")),
    "id": st.sampled_from((*IDS, "c0*", "c?", "kremlin")),
    "has": st.sampled_from(Has).map(str),
    "asked": st.sampled_from(ReplyState).map(str),
    "file": st.sampled_from(("a", "sub", "B.yaml", "sub/*", "*.yaml")),
    **dict.fromkeys(
        ("said", "when", "about", "published"),
        st.builds(str.format, _OPERATORS, _PLAIN_DATES) | st.sampled_from(DATES),
    ),
}
_PATTERNS = st.sampled_from(("^c[0-3]", "weapons?", "s.*s", "a", "é", "ear/?out"))
_PATTERNED = ("", "speaker", "tag", "source", "position", "id", "file", "issue", "event")
_PREFIXES = st.sampled_from(("w*", "ca*", "о*", "Ки*", "sanct*", "20*", "p*"))


def _terms() -> st.SearchStrategy[Term]:
    def of(field: str) -> st.SearchStrategy[Term]:
        return st.builds(_as_word_or_phrase, st.just(field), _VALUES[field], st.booleans())

    phrases = st.builds(
        make_term, st.just(""), st.lists(_VALUES[""], min_size=2, max_size=2).map(" ".join),
        st.just(MatchType.PHRASE), st.none(),
    )  # fmt: skip
    prefixes = st.builds(
        make_term, st.sampled_from(("", "position")), _PREFIXES, st.just(MatchType.WORD), st.none()
    )
    patterns = st.builds(
        make_term, st.sampled_from(_PATTERNED), _PATTERNS, st.just(MatchType.PATTERN), st.none()
    )
    return st.one_of(*(of(field) for field in _VALUES), phrases, prefixes, patterns)


def _as_word_or_phrase(field: str, text: str, quoted: bool) -> Term:
    test = MatchType.PHRASE if quoted or " " in text else MatchType.WORD
    return make_term(field, text, test, None)


def queries() -> st.SearchStrategy[Node]:
    """Trees without places, as the parser would make them."""
    return st.recursive(
        _terms(),
        lambda below: st.one_of(
            st.builds(Not, below),
            st.lists(below, min_size=2, max_size=3).map(lambda nodes: All(tuple(nodes))),
            st.lists(below, min_size=2, max_size=3).map(lambda nodes: Some(tuple(nodes))),
        ),
        max_leaves=4,
    )


def written(node: Node) -> str:
    """Return a query's text, with parentheses around all that has parts."""
    if isinstance(node, Not):
        return f"-{written(node.node)}"
    if isinstance(node, Term):
        return f"{node.field}:{_value(node)}" if node.field else _value(node)
    word = " OR " if isinstance(node, Some) else " "
    return f"({word.join(written(part) for part in node.nodes)})"


def _value(term: Term) -> str:
    if term.test is MatchType.PATTERN:
        return "/" + term.text.replace("/", r"\/") + "/"
    if term.test is MatchType.PHRASE:
        return '"' + term.text.replace('"', r"\"") + '"'
    return term.text + "*" * (term.test is MatchType.PREFIX)


def without_places(node: Node) -> Node:
    """Return a parsed query as it would be if it had been made by hand."""
    if isinstance(node, Not):
        return Not(without_places(node.node))
    if isinstance(node, Term):
        return replace(node, at=None)
    return type(node)(tuple(without_places(part) for part in node.nodes))
