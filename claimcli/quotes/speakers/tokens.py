"""Words and punctuation marks next to a quotation, and the names among them."""

import re
from collections.abc import Sequence

from msgspec import Struct

from claimcli.quotes.searchable import TextSpan
from claimcli.quotes.speakers.quotations import MARKS
from claimcli.quotes.speakers.words import Vocabulary, every_language

DASHES = "-\u2013\u2014\u2015"
BLANK_LINE = re.compile(r"\n[ \t\r]{0,20}\n")
_STOPS = ".!?\u2026\u3002;"
_TOKEN = re.compile(
    r"[^\W\d_][\w\u0300-\u036f]*(?:['\u2019.-][^\W\d_][\w\u0300-\u036f]*)*"
    rf"|{BLANK_LINE.pattern}|[,;:.!?()\u2026\u3002\uff1a\uff0c\u3001\u060c\u2013\u2014\u2015]|(?<=\s)-(?=\s)|[{MARKS}]|\d+"
)
_PARTICLE = re.compile("v[ao]n|d[aeiu]|d[eo]l|della|dos|l[ae]|bin|ibn|al|el|ben")
_AFTER_PARTICLE = re.compile("de[rn]|la|las|los")
_POSSESSIVE = ("'s", "\u2019s", "s'", "s\u2019")


class Token(Struct, frozen=True):
    """A word or a punctuation mark, and where it begins."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """The position after it."""
        return self.start + len(self.text)

    @property
    def is_word(self) -> bool:
        """Whether it begins with a letter."""
        return self.text[0].isalpha()


Words = Sequence[Token]


def tokens(text: str, start: int, end: int) -> Words:
    """Return the words and punctuation marks of a part of a text, up to a blank line."""
    found = []
    for one in _TOKEN.finditer(text, start, max(start, end)):
        if one[0][0] == "\n":
            break
        found.append(Token(one[0], one.start()))
    return found


def first_sentence(words: Words) -> Words:
    """Return the words up to the end of the sentence or the next quotation."""
    for number, word in enumerate(words):
        if word.text in MARKS and word.text not in "'\u2019":
            return words[:number]
        if word.text in _STOPS and not _is_abbreviated(words, number):
            return words[:number]
    return words


def last_sentence(words: Words) -> Words:
    """Return the words after the last end of a sentence, from the first word on."""
    first = 0
    for number in range(len(words)):
        if words[number].text in _STOPS and not _is_abbreviated(words, number):
            first = number + 1
    while first < len(words) and not words[first].is_word:
        first += 1
    return words[first:]


def _is_abbreviated(words: Words, number: int) -> bool:
    """Return whether a full stop belongs to an initial or a title, as in "Mr." or "J."."""
    if number == 0 or words[number].text != "." or words[number - 1].end != words[number].start:
        return False
    before = words[number - 1].text
    return len(before) == 1 or "." in before or every_language().has(before, "title")


def is_capitalized(word: Token) -> bool:
    """Return whether a word can be part of a name: capitalized, and neither article nor date."""
    listed = ("article", "date", "pronoun", "blocker")
    return word.text[0].isupper() and not every_language().has(word.text, *listed)


def name_at(words: Words, start: int) -> tuple[TextSpan, ...]:
    """Return the span of the name that begins at a word; nothing if it is a genitive."""
    end = name_end(words, start)
    if end == start or words[end - 1].text.endswith(_POSSESSIVE[:2]):
        return ()
    return ((words[start].start, words[end - 1].end),)


def name_end(words: Words, start: int) -> int:
    """Return the number of the word after the name that begins at a word."""
    number = start
    while number < len(words) and (
        is_capitalized(words[number])
        or (number > start and _is_abbreviated(words, number))
        or (number > start and _is_particle(words, number))
    ):
        number += 1
        if words[number - 1].text.endswith(_POSSESSIVE):
            break
    return number


def name_back(words: Words, last: int, language: Vocabulary) -> tuple[TextSpan, ...]:
    """Return the span of the name that ends at a word; nothing if it follows a preposition."""
    start = last
    while start >= 0 and (
        is_capitalized(words[start]) or words[start].text == "." or _is_particle(words, start)
    ):
        start -= 1
    first = next((n for n in range(start + 1, last + 1) if is_capitalized(words[n])), None)
    if first is None or (start >= 0 and language.has(words[start].text, "blocker")):
        return ()
    if any(language.has(word.text, "of") for word in words[max(0, start - 1) : start + 1]):
        return ()  # "a friend of president Roe"
    return name_at(words[: last + 1], first)


def _is_particle(words: Words, number: int) -> bool:
    """Return whether a word is part of a name, as in "van der Berg"."""
    follows = number > 0 and _PARTICLE.fullmatch(words[number - 1].text)
    if not _PARTICLE.fullmatch(words[number].text) and not (
        follows and _AFTER_PARTICLE.fullmatch(words[number].text)
    ):
        return False
    return any(is_capitalized(word) for word in words[number + 1 : number + 3])
