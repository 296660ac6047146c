"""The speaker named by the sentence around a quotation: "…, said Jane Roe", "Roe replied: …".

Verbs of saying show which name is the subject; the person addressed and names after prepositions
are not. Only the words next to the quotation are examined.
"""

import re
from itertools import islice

from msgspec import Struct

from claimcli.quotes.normalize import INVISIBLE
from claimcli.quotes.searchable import TextSpan
from claimcli.quotes.speakers.tokens import (
    BLANK_LINE,
    DASHES,
    Token,
    Words,
    first_sentence,
    is_capitalized,
    last_sentence,
    name_at,
    name_back,
    name_end,
    tokens,
)
from claimcli.quotes.speakers.words import Vocabulary, every_language, vocabularies

MAX_CHARACTERS = 300
"""Longest text before and after a quotation that is examined."""
MAX_WORDS = 16
"""Most words between a quotation and the verb of saying."""
MAX_TAIL = 4
"""Most words between a verb of saying and a quotation that surely belong together."""
MAX_PASSED = 7
"""Most words between a verb of saying and the name that is its subject."""
MAX_DASHES = 20
"""Dashes within a quotation that are examined."""
_DASH = re.compile(r"[,.!?\u2026] ?[\u2013\u2014] ?")
_COLONS = ":\uff1a"
_BRACKETS = ",\u2013\u2014("


class Attribution(Struct, frozen=True):
    """The names that a sentence gives as the speaker; none if it is a pronoun or nobody named.

    ``on_file`` says that only a name on file can be meant.
    """

    names: tuple[TextSpan, ...] = ()
    certain: bool = True
    on_file: bool = False


UNNAMED = Attribution()


def attribution_after(text: str, end: int, limit: int) -> Attribution | None:
    """Return the speaker named after a quotation that ends at a position, if there is one."""
    words = tokens(text, end, min(limit, end + MAX_CHARACTERS))
    first = next((n for n, word in enumerate(words) if word.text not in f",;.{DASHES}"), None)
    if first is None:
        return None
    lead = {word.text for word in words[:first]}
    dashed = bool(lead & set(DASHES))
    if words[first].text == "(":
        return _in_brackets(words[first + 1 :])
    if "." in lead and not dashed:
        return None
    words = first_sentence(words[first:])
    if dashed and (signed := _signature(words, text)):
        return signed
    return _verb_first(words) or _subject_first(
        words, ended=ends_sentence(text, end) and not dashed
    )


def ends_sentence(text: str, end: int) -> bool:
    """Return whether a quotation that ends at a position has a full stop before its mark."""
    return text[max(0, end - 6) : end - 1].rstrip().endswith((".", "\u3002"))


def is_introduced(text: str, start: int) -> bool:
    """Return whether a colon leads to a quotation."""
    return text[max(0, start - 6) : start].rstrip(f" \t\r\n*_{DASHES}").endswith((":", "\uff1a"))


def _signature(words: Words, text: str) -> Attribution | None:
    """Return a name between a dash and the end of the line, or a comma."""
    name = name_at(words, 0)
    if not name:
        return None
    end = name[0][1]
    rest = text[end : end + 40].lstrip(" \t*_]")
    ends = not rest or rest[0] in ",.;(\r\n["
    return Attribution(name, on_file=True) if ends else None


def _in_brackets(words: Words) -> Attribution | None:
    """Return the names in brackets before the second comma: "(Minister of Water, Jane Roe, …)"."""
    words = words[: next((n for n, word in enumerate(words) if word.text == ")"), 0)]
    commas = [n for n, word in enumerate(words) if word.text == ","]
    first, second = (*commas, len(words), len(words))[:2]
    names = [_heads(part, every_language()) for part in (words[:first], words[first + 1 : second])]
    certain = len(words[:first]) > 0 and not names[1]
    found = (*names[0], *names[1])
    return Attribution(found, certain=certain, on_file=True) if found else None


def attribution_within(text: str, start: int, end: int) -> Attribution | None:
    """Return the speaker named between dashes within a quotation: «We go, — said Roe, — today»."""
    for dash in islice(_DASH.finditer(text, start, end), MAX_DASHES):
        words = first_sentence(tokens(text, dash.end(), min(end, dash.end() + MAX_CHARACTERS)))
        if words and words[0].text[0].islower() and (found := _verb_first(words)):
            return found
    return None


def _verb_first(words: Words) -> Attribution | None:
    """Return the subject after the verb with which a sentence begins: "said Jane Roe"."""
    if words and _has_inverted_pronoun(words[0]):
        return UNNAMED
    for language in vocabularies():
        start = 1 if len(words) > 1 and language.has(words[0].text, "helper") else 0
        verb = words[start].text if words else ""
        if language.has(verb, "say") and verb[0].islower():
            return _subject(words, start + 1, language)
        if language.has(verb, "source"):
            return _source(words, language)
        if language.has(verb, "short"):
            found = _subject(words, start + 1, language)
            return found if found and found.names and _ends(words, found.names[-1][1]) else None
    return None


def _subject_first(words: Words, *, ended: bool) -> Attribution | None:
    """Return the subject of a sentence that begins with it: "Jane Roe, an engineer, said".

    After a quotation that ``ended`` with a full stop, only a short sentence refers to it.
    """
    for language in vocabularies():
        at = _first_verb(words, language)
        rest = words[at + 1 :]
        if at and not (ended and (len(rest) > MAX_TAIL or any(w.text in _COLONS for w in rest))):
            return _subject_before(words, at, language)
    return None


def _ends(words: Words, end: int) -> bool:
    """Return whether a sentence ends at a position, or continues after punctuation."""
    following = next((word for word in words if word.start >= end), None)
    return following is None or not following.is_word


def _has_inverted_pronoun(word: Token) -> bool:
    """Return whether a word is a verb with its subject, as in French "dit-il"."""
    before, _, pronoun = word.text.rpartition("-")
    return bool(before) and any(language.has(pronoun, "pronoun") for language in vocabularies())


def _first_verb(words: Words, language: Vocabulary) -> int:
    """Return the number of the first verb of saying, or 0."""
    for number, word in enumerate(words[:MAX_WORDS]):
        if word.text in _COLONS:
            return 0
        if number and _is_verb(word, language):
            return number
    return 0


def _is_verb(word: Token, language: Vocabulary) -> bool:
    return word.text[0].islower() and language.has(word.text, "say", "tell")


def _source(words: Words, language: Vocabulary) -> Attribution | None:
    """Return the name after "according to"."""
    start = 2 if len(words) > 1 and language.has(words[1].text, "blocker") else 1
    return _subject(words, start, language)


def _subject(words: Words, start: int, language: Vocabulary) -> Attribution | None:
    """Return the name that follows a verb of saying; with a second name after "and"."""
    number, passed = start, 0
    while number < len(words) and passed < MAX_PASSED:
        word = words[number]
        if word.text in _BRACKETS and passed and number + 1 < len(words):
            return Attribution(name_at(words, number + 1))
        if language.has(word.text, "blocker") and _is_date(words, number + 1):
            number += 2
            continue
        if passed and language.has(word.text, "of"):
            return _apposition(words[number:])
        if not word.is_word or language.has(word.text, "pronoun", "blocker"):
            return UNNAMED
        end = name_end(words, number)
        if names := name_at(words, number):
            return Attribution(names + _more_names(words, end, language))
        number = max(end, number + 1)
        passed += 1
    return UNNAMED if passed else None


def _apposition(words: Words) -> Attribution:
    """Return the name after "of …" and a comma: "the minister of water, Jane Roe"."""
    comma = next((n for n, word in enumerate(words[:MAX_PASSED]) if word.text == ","), len(words))
    return Attribution(name_at(words, comma + 1), certain=False)


def _is_date(words: Words, number: int) -> bool:
    return number < len(words) and every_language().has(words[number].text, "date")


def _more_names(words: Words, start: int, language: Vocabulary) -> tuple[TextSpan, ...]:
    """Return a name after "and", or after at most three words that follow the name of an office."""
    for number in range(start, min(start + 4, len(words))):
        word = words[number]
        if not word.is_word or language.has(word.text, "blocker"):
            return ()
        if is_capitalized(word):
            noun = language.language == "de" and not language.has(words[start].text, "and")
            return () if noun else name_at(words, number)
    return ()


def _subject_before(words: Words, verb: int, language: Vocabulary) -> Attribution | None:
    """Return the subject of a sentence whose verb is at a position."""
    first = words[0].text
    if language.has(first, "pronoun") or language.has(words[verb - 1].text, "pronoun"):
        return UNNAMED
    if language.has(first, "blocker", "and") or not words[0].is_word:
        return None
    part: list[Token] = []
    for word in [*words[:verb], Token(",", words[verb].start)]:
        if word.text in _BRACKETS:
            if found := _heads(part, language):
                return Attribution(found)
            part = []
        else:
            part.append(word)
    return UNNAMED


def _heads(part: Words, language: Vocabulary) -> tuple[TextSpan, ...]:
    """Return the names of a part of a sentence that are not after a preposition, the last first.

    If a noun follows the last one, as in "Jane Roe's lawyer", nothing is returned.
    """
    found: list[TextSpan] = []
    number = last = 0
    while number < len(part) and not language.has(part[number].text, "blocker"):
        if is_capitalized(part[number]):
            found += name_at(part, number)
            number = last = name_end(part, number)
        else:
            number += 1
    rest = [] if number < len(part) else part[last:]
    noun = any(not language.has(w.text, "helper") and not w.text.endswith("ly") for w in rest)
    return () if noun else tuple(reversed(found))


def attribution_before(text: str, start: int, limit: int) -> Attribution | None:
    """Return the speaker named in the sentence that leads to a quotation, if there is one."""
    least = max(limit, start - MAX_CHARACTERS)
    leading = text[least:start].rstrip(f" \t\r\n*_{DASHES}{INVISIBLE}")
    stop = least + len(leading) if leading.endswith((":", "\uff1a")) else start
    for blank in BLANK_LINE.finditer(text, least, stop):
        least = blank.end()
    words = last_sentence(tokens(text, least, stop))
    if not words:
        return None
    for language in vocabularies():
        numbers = reversed(range(max(0, len(words) - MAX_WORDS), len(words)))
        verb = next(
            (
                n
                for n in numbers
                if _is_verb(words[n], language) or (n == 0 and language.has(words[0].text, "say"))
            ),
            None,
        )
        if verb is not None:
            tail = [word for word in words[verb + 1 :] if word.is_word]
            found = _subject_around(words, verb, language)
            certain = len(tail) <= MAX_TAIL or words[-1].text in _COLONS
            return Attribution(found.names, certain=found.certain and certain)
        for number, word in enumerate(words[:2]):
            if language.has(word.text, "source"):
                return _source(words[number:], language)
    return _before_colon(words)


def _subject_around(words: Words, verb: int, language: Vocabulary) -> Attribution:
    """Return the subject directly before a verb of saying, or directly after it."""
    number = verb - 1
    while number >= 0 and (
        language.has(words[number].text, "helper") or words[number].text.endswith(("ly", "as"))
    ):
        number -= 1
    only_addressed = not language.has(words[verb].text, "say")
    after = () if only_addressed or verb + 1 == len(words) else name_at(words, verb + 1)
    if number >= 0 and language.has(words[number].text, "blocker"):  # "Roe, who said: …"
        number -= 1
    if number < 0:
        return UNNAMED if only_addressed else _subject(words, verb + 1, language) or UNNAMED
    if number >= 0 and words[number].text in ",)\u2013\u2014":
        opening = "(" if words[number].text == ")" else words[number].text
        number = next((n for n in reversed(range(number)) if words[n].text in opening), number) - 1
    if number < 0 or language.has(words[number].text, "pronoun"):
        return UNNAMED
    before = name_back(words, number, language)
    if language.language != "en" and after and (not before or before[0][0] == words[0].start):
        return Attribution((*after, *before), certain=not before)
    return Attribution(before)


def _before_colon(words: Words) -> Attribution | None:
    """Return a name that begins a sentence of a few words and a colon before a quotation."""
    if words[-1].text not in _COLONS:
        return None
    names = name_at(words, 0)
    rest = [word for word in words if names and word.start >= names[0][1]]
    introduces = len(rest) <= MAX_TAIL - 1 or rest[0].text == ","
    if not names or not introduces:
        return None
    return Attribution(names, certain=len(rest) == 1, on_file=True)
