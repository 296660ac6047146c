"""The negations by which two statements differ."""

import re
from collections.abc import Iterator
from itertools import islice, takewhile

from msgspec import Struct

from claimcli.analysis.stated_values.tables import FUNCTION_WORDS, SMALL, TENS
from claimcli.core.text.normal_forms import fold_case
from claimcli.core.text.phrases import words_of_text
from claimcli.quotes.polarity.lists import PolarityLists
from claimcli.quotes.polarity.polarity import negations
from claimcli.quotes.polarity.tokens import tokens_of
from claimcli.quotes.searchable import TextSpan

_OPPOSITE = re.compile(
    r"un(?P<un>.{3,})|non(?P<non>.{4,})"
    r"|(?:in|im|ir|il)(?P<in>.{3,}(?:a[lr]|[ai]ble|ate|ent|ant|ive|ect|ete|ite|ure|ous|ity|ance|ence))"
    r"|dis(?P<dis>(?:honest|loyal|agree|approv|satisf|similar|obey|continu|qualif|lik|trust|believ).*)"
)
"""A word that negates another one: "unsafe", "illegal"; not "import" or "discover"."""
_NON = re.compile(r"\bnon-(?=\w)", re.IGNORECASE)
_NUMBER = re.compile(
    rf"no\.? ?\d|not? (?:fewer|less|more) than (?:[\W\d]|(?:{'|'.join((*SMALL, *TENS))})\b)",
    re.IGNORECASE,
)
"""What is no negation: "No. 5" is a number, "no fewer than 5" a limit."""
MAX_NEGATIONS = 50
"""Most negations of one statement that are compared."""
MAX_GOVERNED = 3
"""Most words that are compared as those that a negation negates."""
MAX_REACH = 80
"""Longest text after a negation that is searched for them, in characters."""


class _Negated(Struct, frozen=True):
    """A negation as written, the next words that have a meaning, and the text up to the first."""

    written: str
    governed: tuple[str, ...]
    phrase: str

    @property
    def key(self) -> str:
        """The negation without differences of form: "not" for "n't" and "cannot"."""
        word = fold_case(self.written).replace("\u2019", "'")
        return "not" if word.endswith("n't") or word == "cannot" else word


def _negated(text: str, span: TextSpan) -> _Negated:
    """Return a negation with the words after it in its clause, at most MAX_GOVERNED."""
    start, end = span
    tokens = tokens_of(text, end, min(len(text), end + MAX_REACH))
    clause = takewhile(lambda token: token.word.isalnum(), tokens)
    content = [token for token in clause if token.word not in FUNCTION_WORDS][:MAX_GOVERNED]
    phrase = as_written(text, (start, content[0].end)) if content else ""
    return _Negated(as_written(text, span), tuple(token.word for token in content), phrase)


def differing_negations(texts: tuple[str, str], lists: PolarityLists) -> Iterator[tuple[str, str]]:
    """Yield the negations that one of two statements has more than the other, or has elsewhere.

    A negation is given as written, with "" for the other statement. "Not safe" and "unsafe" are
    the same.
    """
    ours, theirs = (_negations_in(text, lists) for text in texts)
    for word, opposite in list(_opposites(texts, {one.key for one in (*ours, *theirs)})):
        if not (_remove_negation_of(word, ours) or _remove_negation_of(opposite, theirs)):
            yield word, opposite
    if len(ours) == len(theirs):
        yield from _moved(texts, ours, theirs)
        return
    for one in list(ours):
        if other := next((other for other in theirs if other.key == one.key), None):
            ours.remove(one)
            theirs.remove(other)
    shared = min(len(ours), len(theirs))
    for one in ours[shared:]:
        yield one.written, ""
    for one in theirs[shared:]:
        yield "", one.written


def _negations_in(text: str, lists: PolarityLists) -> list[_Negated]:
    """Return the negations in a text, without those that belong to numbers."""
    spans = (span for span in negations(text, lists) if not _NUMBER.match(text, span[0]))
    return [_negated(text, span) for span in islice(spans, MAX_NEGATIONS)]


def _remove_negation_of(word: str, negated: list[_Negated]) -> bool:
    """Remove the negation of a word from a list; return whether there was one."""
    one = next((one for one in negated if word in one.governed), None)
    if one:
        negated.remove(one)
    return one is not None


def _moved(
    texts: tuple[str, str], ours: list[_Negated], theirs: list[_Negated]
) -> Iterator[tuple[str, str]]:
    """Yield negations of words that the other statement has without a negation."""
    words = [set(words_of_text(text)) for text in texts]
    known = [{word for one in side for word in one.governed} for side in (ours, theirs)]
    for one, other in zip(ours, theirs, strict=True):
        left, right = set(one.governed), set(other.governed)
        apart = left and right and not left & known[1] and not right & known[0]
        if apart and left <= words[1] and right <= words[0]:
            yield one.phrase, other.phrase


def _opposites(texts: tuple[str, str], known: set[str]) -> Iterator[tuple[str, str]]:
    """Yield words of which the other statement has the opposite, such as "safe" and "unsafe"."""
    ours, theirs = (dict.fromkeys(words_of_text(_NON.sub("non", text))) for text in texts)
    left, right = ours.keys() - theirs - known, theirs.keys() - ours - known
    for word in (word for word in ours if word in left):
        if _negated_by(word) in right:
            yield word, _negated_by(word)
    for word in (word for word in theirs if word in right):
        if _negated_by(word) in left:
            yield _negated_by(word), word


def _negated_by(word: str) -> str:
    """Return the word that a word negates by its first letters, or ""."""
    match = _OPPOSITE.fullmatch(word)
    return next(filter(None, match.groups()), "") if match else ""


def as_written(text: str, span: TextSpan) -> str:
    """Return a part of a text on one line."""
    return " ".join(text[slice(*span)].split())
