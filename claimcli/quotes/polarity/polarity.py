"""Find words and phrases that change what a quote says: next to it, left out, or inserted."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby, pairwise

from claimcli.quotes.polarity.lists import (
    PolarityLists,
    bundled_lists,
    frequent_words,
    grammar,
)
from claimcli.quotes.polarity.phrases import MARKS, PhraseMatch
from claimcli.quotes.polarity.scope import CONDITIONS, governs
from claimcli.quotes.polarity.tokens import (
    ContextToken,
    Surroundings,
    sentence_around,
    surroundings,
    tokens_of,
    words_near,
)
from claimcli.quotes.searchable import TextSpan
from claimcli.quotes.speakers.words import LANGUAGES

NEAR = 2
"""Most words between a phrase and the quote that it certainly applies to."""
MAX_ASKING = 300
"""Longest start of a quote that is examined for the form of a question, in characters."""
SHARE = 4
"""A language counts if it has one in this many of the frequent words near a quote."""
NEGATING = ("around", "before")
"""The sections of the lists with words that reverse what is said."""
NEGATING_PARTLY = ("after adjacent", "pairs")
"""Those with phrases of which a part can be such a word."""

PolarityFinding = tuple[str, TextSpan]
"""A message that names phrases and their place, and their span in the text."""


@cache
def default_lists(language: str = "") -> PolarityLists:
    """Return the bundled lists, for a source in a language, or in an unknown one."""
    return PolarityLists((bundled_lists(),), language)


def around_quote(text: str, span: TextSpan, lists: PolarityLists) -> Iterator[PolarityFinding]:
    """Yield what governs the quoted words from outside, one finding for each side of the quote."""
    sentence = sentence_around(text, span)
    near = words_near(text, span, sentence)
    if not any(phrases.may_begin_in(near) for phrases in lists.phrases):
        return  # the common case, decided quickly
    around = surroundings(text, span, sentence)
    matches = _matches(around, lists)
    outside = [
        one
        for one in matches
        if not around.first <= one.first <= one.last < around.last
        and not _is_name(text, one, around)
        and governs(one, around)
        and not _shows_negation(one, matches, around)
    ]
    for _, group in groupby(_longest(outside), key=lambda one: _side(one, around)):
        yield _finding(text, list(group), around)


def in_gap(text: str, gap: TextSpan, lists: PolarityLists) -> Iterator[str]:
    """Yield the phrases in a part of a text that a quote leaves out, as they are written."""
    start, end = gap
    around = surroundings(text, gap, sentence_around(text, gap))
    first_stop, last_stop = (
        sentence_around(text, (start, start))[1],
        sentence_around(text, (end, end))[0],
    )
    for one in _longest(_matches(around, lists)):
        tokens = around.tokens[one.first : one.last + 1]
        left_out = [t for t in tokens if t.start < end and t.end > start]
        near = any(t.start < first_stop or t.end > last_stop for t in left_out)
        if left_out and near and one.entry.section not in ("pairs", "modals"):
            yield _shown(text, one, around)


def asks(quote: str) -> bool:
    """Return whether a quote has the form of a question: "Did he go", "l'eau est-elle potable"."""
    tokens = tokens_of(quote, 0, MAX_ASKING)
    grammars = [grammar(language) for language in LANGUAGES]
    for number, (one, other) in enumerate(pairwise(tokens)):
        joined = quote[one.end : other.start] == "-"
        for rules in grammars:
            inverted = number == 0 and one.word in rules.finite
            if (joined or inverted) and other.word in rules.pronouns:
                return True
            if inverted and other.word in rules.articles:
                return True
    return False


def in_brackets(texts: Iterable[str], lists: PolarityLists) -> Iterator[str]:
    """Yield the phrases in words that an editor inserted."""
    for inserted in texts:
        tokens = tuple(tokens_of(inserted, 0, len(inserted)))
        around = Surroundings(tokens, len(tokens), len(tokens))
        for one in _longest(_matches(around, lists)):
            yield _shown(inserted, one, around)


def negations(text: str, lists: PolarityLists) -> list[TextSpan]:
    """Return the spans of the phrases in a text that negate a part of it, such as "not".

    Phrases that restrict or weaken, such as "if" and "allegedly", are not included.
    """
    if not any(phrases.may_begin_in(set(text.split())) for phrases in lists.phrases):
        return []  # the common case, decided quickly
    tokens = tuple(tokens_of(text, 0, len(text)))
    around = Surroundings(tokens, len(tokens), len(tokens))
    matches = _matches(around, lists)
    found = _longest(one for one in matches if one.entry.section in NEGATING)
    known = {at for one in found for at in range(one.first, one.last + 1)}
    for one in _longest(one for one in matches if one.entry.section in NEGATING_PARTLY):
        if known.isdisjoint(range(one.first, one.last + 1)):
            found.append(one)
    return sorted((tokens[one.first].start, tokens[one.last].end) for one in found)


def _matches(around: Surroundings, lists: PolarityLists) -> list[PhraseMatch]:
    """Return the phrases among tokens, without those that belong to a harmless phrase."""
    words = around.words
    quote = around.first, around.last
    found = [one for phrases in lists.phrases for one in phrases.matches(words, quote)]
    if not found:
        return found
    spoken = _languages(words, lists.language)
    found = [one for one in found if not spoken or one.entry.language in spoken]
    harmless = [one for one in found if one.entry.section == "harmless"]
    return [
        one
        for one in found
        if one.entry.section != "harmless"
        and not any(h.first <= one.first and one.last <= h.last for h in harmless)
    ]


def _languages(words: Sequence[str], language: str) -> frozenset[str]:
    """Return the languages of some words, and "" for a dossier's list; none if it is unclear."""
    known = frequent_words()
    counts: dict[str, int] = {}
    for word in words:
        if name := known.get(word):
            counts[name] = counts.get(name, 0) + 1
    most = max(counts.values(), default=0)
    spoken = {name for name, count in counts.items() if count * SHARE >= most}
    if language:
        spoken.add(language.lower().partition("-")[0])
    return frozenset(spoken | {""}) if spoken else frozenset()


def _longest(matches: Iterable[PhraseMatch]) -> list[PhraseMatch]:
    """Return the matches that are not part of a longer one, in order, each once."""
    found = {(one.first, one.last): one for one in matches}
    return [
        one
        for (first, last), one in sorted(found.items())
        if not any(f <= first and last <= e and (f, e) != (first, last) for f, e in found)
    ]


def _shows_negation(
    match: PhraseMatch, matches: Iterable[PhraseMatch], around: Surroundings
) -> bool:
    """Return whether the part of a phrase in the quote negates itself, as "pas" of "ne ... pas"."""
    first, last = max(match.first, around.first), min(match.last, around.last - 1)
    cut = (match.first < around.first) != (match.last >= around.last)
    return cut and any(first <= one.first <= one.last <= last for one in matches)


def _is_name(text: str, match: PhraseMatch, around: Surroundings) -> bool:
    """Return whether a modal is capitalized within a sentence, like a month or a name."""
    token = around.tokens[match.first]
    if match.entry.section != "modals" or not text[token.start : token.end].istitle():
        return False
    before = text[max(0, token.start - 40) : token.start].rstrip(
        " \t\u00a0\"'(\u201c\u2018\u201e\u00ab"
    )
    return bool(before) and (before[-1].isalnum() or before[-1] == ",")


def _side(match: PhraseMatch, around: Surroundings) -> str:
    """Return on which side of the quote a phrase is, or which end of the quote cuts it."""
    if match.first < around.first:
        if match.last >= around.last:
            return "around it"
        return "before" if match.last < around.first else "cut by its start"
    return "after" if match.first >= around.last else "cut by its end"


def _place(match: PhraseMatch, around: Surroundings) -> str:
    """Return where a phrase is, in words."""
    side = _side(match, around)
    if side not in ("before", "after"):
        return side
    before, after = slice(match.last + 1, around.first), slice(around.last, match.first)
    between = [one.word for one in around.tokens[before if side == "before" else after]]
    if match.entry.section in CONDITIONS and "," in between:
        return f"{side} it, in the same sentence"
    if sum(word not in MARKS for word in between) <= NEAR:
        return f"just {side} it, in the same clause"
    return f"{side} it and may apply to it"


def _finding(text: str, matches: Sequence[PhraseMatch], around: Surroundings) -> PolarityFinding:
    """Return the finding on phrases on one side of a quote, with the place of the nearest."""
    shown = list(dict.fromkeys(f'"{_shown(text, one, around)}"' for one in matches))
    nearest = matches[-1] if matches[-1].last < around.first else matches[0]
    span = around.tokens[matches[0].first].start, around.tokens[matches[-1].last].end
    verb = "is" if len(shown) == 1 else "are"
    return f"{' and '.join(shown)} {verb} {_place(nearest, around)}", span


def _shown(text: str, match: PhraseMatch, around: Surroundings) -> str:
    """Return a phrase as the text has it; "..." for a quote or many words within it."""
    tokens = around.tokens[match.first : match.last + 1]
    if match.first < around.first and match.last >= around.last:
        parts = [
            around.tokens[match.first : around.first],
            around.tokens[around.last : match.last + 1],
        ]
        return " \u2026 ".join(_written(text, part) for part in parts if part)
    return _written(text, tokens)


def _written(text: str, tokens: Sequence[ContextToken]) -> str:
    return " ".join(text[tokens[0].start : tokens[-1].end].split())
