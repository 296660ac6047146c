"""Decide whether a word or phrase next to a quote governs the quoted words, by simple grammar.

A negation governs what follows it in its clause. A new clause begins after a comma or a word like
"and" if a subject and a verb follow, and after a word like "but" or "because".
"""

from collections.abc import Sequence
from itertools import pairwise

from claimcli.quotes.polarity.lists import Grammar, grammar
from claimcli.quotes.polarity.phrases import MARKS, PhraseMatch
from claimcli.quotes.polarity.tokens import Surroundings

MAX_BEFORE = 5
"""Most words between a phrase and the quote after it."""
MAX_COMPLEMENT = 10
"""The same if they contain a word like "that", which continues the scope of a negation."""
MAX_AFTER = 4
"""Most words between the quote and a phrase after it."""
MAX_ADJACENT = 3
"""Most words between the quote and a phrase that adjoins it."""
MAX_AROUND = 6
"""Most words of a phrase around the quote that are before it."""
MAX_PARENTHESIS = 7
"""Most tokens from a comma to the comma that ends a parenthesis."""
MAX_CONDITION = 18
"""Most tokens from a condition at the start of a sentence to the quote."""
CONDITIONS = ("conditions", "openings")
_INFINITIVE = frozenset(("to", "zu"))
"""Words before a verb that begins no clause, as in ", den Brief zu haben"."""
_PERFECT = frozenset((("zu", "haben"), ("zu", "sein"), ("zu", "werden")))
"""With these a participle before them begins none either: "erhalten zu haben"."""
CLAUSE = 8
"""Words among which the verb of a new clause is searched."""


def governs(match: PhraseMatch, around: Surroundings) -> bool:
    """Return whether a phrase outside a quote, or at its edge, governs the quoted words."""
    section = match.entry.section
    words, first, last = around.words, around.first, around.last
    if match.first < first and match.last >= last:  # around the quote
        return first - match.first <= MAX_AROUND
    if section in ("pairs", "harmless"):
        return False
    rules = grammar(match.entry.language)
    if match.last < first:
        return _governs_from_before(match, words, first, rules)
    if match.first >= last:
        return _governs_from_behind(match, words[last : match.first], words, rules)
    return section not in ("modals", "openings") or match.first < first


def _governs_from_before(
    match: PhraseMatch, words: Sequence[str], first: int, rules: Grammar
) -> bool:
    """Return whether a phrase governs the quote after it, which begins at the word ``first``."""
    section = match.entry.section
    between, quoted = words[match.last + 1 : first], words[first : first + CLAUSE]
    if section == "modals":
        return _adjoins(between, rules) and not _begins_noun(quoted, rules)
    if section.endswith("adjacent"):
        return section != "after adjacent" and _adjoins(between, rules)
    if section in CONDITIONS and _is_fronted(words[: match.first], rules):
        return len(between) <= MAX_CONDITION
    return section not in ("after", "openings") and _reaches(between, quoted, rules)


def _governs_from_behind(
    match: PhraseMatch, between: Sequence[str], words: Sequence[str], rules: Grammar
) -> bool:
    """Return whether a phrase governs the quote before it."""
    section = match.entry.section
    if section in ("before", "before adjacent", "modals", "openings"):
        return False
    inner = [word for word in between if word not in MARKS]
    if any(word in rules.but or word in rules.that for word in inner):
        return False
    if section == "conditions":
        between = between[_attribution_end(between, rules) :]
        inner = [word for word in between if word not in MARKS]
        comma = "," in between[:-1] and "," in between[1:]
        return len(inner) <= MAX_AFTER + 2 and not comma and not _has_clause(inner, rules)
    if section.endswith("adjacent"):
        return len(inner) <= 2 and "," not in between[1:] and not _has_and(inner, rules)
    if list(between) == [","] and match.last == len(words) - 1:
        return True  # a negation alone after a dash
    return (
        len(inner) <= MAX_AFTER
        and not set(between) & MARKS
        and not _has_and(inner, rules)
        and not any(word in rules.pronouns for word in inner)
    )


def _attribution_end(between: Sequence[str], rules: Grammar) -> int:
    """Return the index of the comma after an attribution at the start, as in ", he said,", or 0."""
    if between[:1] != [","] or "," not in (rest := between[1 : MAX_PARENTHESIS + 1]):
        return 0
    end = list(rest).index(",")
    return end + 1 if any(word in rules.said for word in rest[:end]) else 0


def _has_and(words: Sequence[str], rules: Grammar) -> bool:
    return any(word in rules.and_ for word in words)


def _has_clause(words: Sequence[str], rules: Grammar) -> bool:
    """Return whether a coordinated clause begins among some words."""
    return any(
        word in rules.and_ and begins_clause(words[n + 1 :], rules, coordinated=True)
        for n, word in enumerate(words)
    )


def _is_fronted(before: Sequence[str], rules: Grammar) -> bool:
    """Return whether a condition after some words opens its sentence."""
    if not before or ((len(before) == 1 and before[0] in rules.and_) or before[0] in rules.but):
        return True
    last, previous = before[-1], before[-2] if len(before) > 1 else ""
    return last in rules.that or (
        last == "," and (previous in rules.said or previous in rules.that)
    )


def _adjoins(between: Sequence[str], rules: Grammar) -> bool:
    """Return whether only adverbs and auxiliaries separate a phrase from the quote."""
    words = [word for word in between if word not in "()"]
    return len(words) <= MAX_ADJACENT and all(word in rules.between for word in words)


def _begins_noun(words: Sequence[str], rules: Grammar) -> bool:
    return bool(words) and (words[0] in rules.articles or _is_pronoun(words[0], rules))


def _reaches(between: Sequence[str], quoted: Sequence[str], rules: Grammar) -> bool:
    """Return whether no new clause begins between a phrase and the quote after it."""
    most = MAX_COMPLEMENT if any(word in rules.that for word in between) else MAX_BEFORE
    if sum(word not in MARKS for word in between) > most:
        return False
    words = [*between, *quoted]
    start = _parenthesis_end(between) if between and between[0] in MARKS else 0
    return not any(
        _ends_clause(at, words, between, rules)
        for at in range(start, min(len(between) + 1, len(words)))
    )


def _ends_clause(at: int, words: Sequence[str], between: Sequence[str], rules: Grammar) -> bool:
    """Return whether a word after a phrase, or the first word of the quote, begins a new clause."""
    word, rest = words[at], words[at + 1 :]
    if word in MARKS:
        return at < len(between) and _mark_ends_clause(at, between, rest, rules)
    if word in rules.but:
        return at > 0 or word == "but"
    if word in rules.and_:
        said = any(one in rules.said for one in between[at + 1 :])
        return said or begins_clause(rest, rules, coordinated=True)
    return False


def _parenthesis_end(between: Sequence[str]) -> int:
    """Return the index after the mark that closes a parenthesis at the start, or 0."""
    if between[0] == ")":
        return 1
    closing = ")" if between[0] == "(" else ","
    reach = between[1 : MAX_PARENTHESIS + 1]
    return reach.index(closing) + 2 if closing in reach else 0


def _mark_ends_clause(at: int, between: Sequence[str], rest: Sequence[str], rules: Grammar) -> bool:
    """Return whether a comma or parenthesis after a phrase ends its clause."""
    if between[at] == ")":
        return "(" not in between[:at]
    if between[at] == "(" or not rest:
        return False
    following = rest[0]
    is_last = at == len(between) - 1
    if following in rules.that or following in rules.and_:
        return False
    if is_last and at and between[at - 1] in rules.said:
        return False
    said = any(word in rules.said for word in between[at + 1 :])
    opens = following in rules.but or following in rules.participles
    return said or opens or begins_clause(rest, rules)


def begins_clause(words: Sequence[str], rules: Grammar, *, coordinated: bool = False) -> bool:
    """Return whether some words begin with a subject and a verb, or with a second verb."""
    if not words:
        return False
    first = words[0]
    if _is_pronoun(first, rules):
        return True
    if coordinated and (first in rules.finite.exact or first in rules.said):
        return True
    reach = CLAUSE if first in rules.articles or first.isdigit() else MAX_AFTER
    for before, word in pairwise(words[:reach]):
        if word in MARKS or word in rules.that or word in rules.but or word in rules.and_:
            return False
        if word in rules.finite and before not in _INFINITIVE:
            return not any(pair in _PERFECT for pair in pairwise(words[:reach]))
    return False


def _is_pronoun(word: str, rules: Grammar) -> bool:
    return word in rules.pronouns or (
        "'" in word and not word.endswith("'") and word.partition("'")[0] in rules.pronouns
    )
