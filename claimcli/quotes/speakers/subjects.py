"""The subject of a verb of saying: a name before or after it, but not the person addressed.

Names after prepositions and in the genitive are not subjects either.
"""

from msgspec import Struct

from claimcli.quotes.searchable import TextSpan
from claimcli.quotes.speakers.tokens import (
    Token,
    Words,
    is_capitalized,
    name_at,
    name_back,
    name_end,
)
from claimcli.quotes.speakers.words import Vocabulary, every_language

MAX_PASSED = 7
"""Most words between a verb of saying and the name that is its subject."""
_BRACKETS = ",\u2013\u2014("


class Attribution(Struct, frozen=True):
    """The names that a sentence gives as the speaker; none if it is a pronoun or nobody named.

    ``on_file`` says that only a name on file can be meant.
    """

    names: tuple[TextSpan, ...] = ()
    certain: bool = True
    on_file: bool = False


UNNAMED = Attribution()


def is_verb(word: Token, language: Vocabulary) -> bool:
    """Return whether a word is a verb of saying or telling within a sentence."""
    return word.text[0].islower() and language.has(word.text, "say", "tell")


def name_after_source(words: Words, language: Vocabulary) -> Attribution | None:
    """Return the name after "according to"."""
    start = 2 if len(words) > 1 and language.has(words[1].text, "blocker") else 1
    return subject_after(words, start, language)


def subject_after(words: Words, start: int, language: Vocabulary) -> Attribution | None:
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


def subject_at_start(words: Words, verb: int, language: Vocabulary) -> Attribution | None:
    """Return the subject of a sentence whose verb is at a position."""
    first = words[0].text
    if language.has(first, "pronoun") or language.has(words[verb - 1].text, "pronoun"):
        return UNNAMED
    if language.has(first, "blocker", "and") or not words[0].is_word:
        return None
    if _is_passive(words, verb, language):
        return UNNAMED
    part: list[Token] = []
    for number, word in enumerate([*words[:verb], Token(",", words[verb].start)]):
        if word.text in _BRACKETS:
            is_name = part[:1] == words[:1] or (part and _can_begin_name(part[0]))
            if is_name and (found := heads(part, language)):
                found += _joined_by_and(words[number + 1 : verb], language)
                more = _spoken_of(words, verb, language)
                return Attribution((*found, *more), certain=not more)
            part = []
        else:
            part.append(word)
    return UNNAMED


def _joined_by_and(words: Words, language: Vocabulary) -> tuple[TextSpan, ...]:
    """Return the name after "and" with which words begin: "the mayor, Jane Roe, and John Doe"."""
    return name_at(words, 1) if words and language.has(words[0].text, "and") else ()


def _spoken_of(words: Words, verb: int, language: Vocabulary) -> tuple[TextSpan, ...]:
    """Return the name after a verb of saying, whose words may be reported: "Roe said Doe had …".

    After a verb that can have an object, it is the person addressed.
    """
    if language.language == "en" and language.has(words[verb].text, "tell"):
        return ()
    is_say = language.has(words[verb].text, "say")
    return name_at(words, verb + 1) if is_say and verb + 1 < len(words) else ()


def _before_bracket(words: Words, closing: int) -> int:
    """Return the number of the word before a part between commas, dashes or brackets, or -1."""
    opening = "(" if words[closing].text == ")" else words[closing].text
    return next((n for n in reversed(range(closing)) if words[n].text in opening), 0) - 1


def _is_adverbial(word: Token, language: Vocabulary) -> bool:
    """Return whether a word between a subject and its verb is an adverb or an auxiliary verb."""
    adverb = word.text.endswith("ly") and word.text[0].islower()
    return adverb or language.has(word.text, "helper")


def _is_passive(words: Words, verb: int, language: Vocabulary) -> bool:
    """Return whether the subject does not speak: "Roe was told", "it is called"."""
    before = words[verb - 1].text if verb else ""
    return language.has(before, "passive") and not words[verb].text.endswith("ing")


def _can_begin_name(word: Token) -> bool:
    return is_capitalized(word) or every_language().has(word.text, "article", "title", "role")


def heads(part: Words, language: Vocabulary) -> tuple[TextSpan, ...]:
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
    noun = any(not _is_adverbial(word, language) for word in rest)
    return () if noun else tuple(reversed(found))


def subject_around(words: Words, verb: int, language: Vocabulary) -> Attribution:
    """Return the subject directly before a verb of saying, or directly after it."""
    if _is_passive(words, verb, language):
        return UNNAMED
    number = verb - 1
    while number >= 0 and (_is_adverbial(words[number], language) or words[number].text == "as"):
        number -= 1
    after = () if verb + 1 == len(words) else _spoken_of(words, verb, language)
    relative = number >= 0 and language.has(words[number].text, "blocker")  # "Roe, who said: …"
    number -= relative
    if number < 0:
        only_addressed = not language.has(words[verb].text, "say")
        return UNNAMED if only_addressed else subject_after(words, verb + 1, language) or UNNAMED
    if words[number].text in ",)\u2013\u2014":
        number = number - 1 if relative else _before_bracket(words, number)
    if number < 0 or language.has(words[number].text, "pronoun"):
        return UNNAMED
    before = name_back(words, number, language)
    if after and (language.language != "en" or before):
        return Attribution((*after, *before), certain=not before)
    return Attribution(before)
