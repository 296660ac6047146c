"""The speaker named by the sentence around a quotation: "…, said Jane Roe", "Roe replied: …".

Only the words next to the quotation are examined.
"""

import re
from itertools import islice

from claimcli.quotes.normalize import INVISIBLE
from claimcli.quotes.searchable import TextSpan
from claimcli.quotes.speakers.subjects import (
    UNNAMED,
    Attribution,
    heads,
    is_verb,
    name_after_source,
    subject_after,
    subject_around,
    subject_at_start,
)
from claimcli.quotes.speakers.tokens import (
    BLANK_LINE,
    DASHES,
    Token,
    Words,
    first_sentence,
    last_sentence,
    name_at,
    tokens,
)
from claimcli.quotes.speakers.words import Vocabulary, every_language, vocabularies

MAX_CHARACTERS = 300
"""Longest text before and after a quotation that is examined."""
MAX_WORDS = 16
"""Most words between a quotation and the verb of saying."""
MAX_TAIL = 4
"""Most words between a verb of saying and a quotation that surely belong together."""
MAX_DASHES = 20
"""Dashes within a quotation that are examined."""
_DASH = re.compile(r"[\s,.!?\u2026][\u2013\u2014\u2015] ?")
_SIGNED = re.compile(r"[.,;*_>\s]{0,12}[-\u2013\u2014\u2015]{1,2}[ \t*_\[]{0,4}")
_DIALOGUE = re.compile(r"[ \t]{0,20}[\u2013\u2014\u2015]")
_COLONS = ":\uff1a"
_THAT = ("that", "dass", "daß", "que", "что")
MAX_LAST, MIN_TAIL = 60, 4
"""Characters before words in which their last words are searched, and how many there must be."""
MAX_REPORT = 40
"""Characters between reported words and the name after them."""


def attribution_after(text: str, end: int, limit: int) -> Attribution | None:
    """Return the speaker named after a quotation that ends at a position, if there is one."""
    signed = _SIGNED.match(text, end, min(limit, end + MAX_CHARACTERS))
    if signed and (
        name := _signature(tokens(text, signed.end(), signed.end() + MAX_CHARACTERS), text)
    ):
        return name
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
    return _verb_first(words) or _subject_first(
        words, ended=has_full_stop(text, end) and not dashed
    )


def has_full_stop(text: str, end: int) -> bool:
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
    names = [heads(part, every_language()) for part in (words[:first], words[first + 1 : second])]
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


def attribution_of_report(text: str, start: int, end: int) -> Attribution | None:
    """Return the speaker of words without quotation marks: "Roe said that …", "…, Roe said".

    Only a name next to them that is on file can be meant.
    """
    found = _reported_before(text, start)
    if found is None and text[end - 1 : end + 1].strip()[-1:] == ",":
        found = attribution_after(text, end, len(text))
    near = [name for name in found.names if _is_next(text, end, name)] if found else []
    return Attribution(tuple(near), certain=False, on_file=True) if near else None


def _is_next(text: str, end: int, name: TextSpan) -> bool:
    """Return whether a name is before words that end there, or directly after them as a subject.

    After its verb it has to end the sentence, or the clause.
    """
    following = text[name[1] : name[1] + 3].lstrip()[:1]
    first = not text[end : name[0]].strip(" ,\n")
    return name[0] < end or first or (name[0] - end < MAX_REPORT and following in ",.;)")


def _can_end_report(text: str, start: int) -> bool:
    """Return whether a verb of saying or a comma can be last before a position: a quick check."""
    near = max(0, start - MAX_LAST)
    words = tokens(text, near, start)
    if len(words) < MIN_TAIL or text.count("\n", near, start) > 1:
        return True  # not decided here
    last = words[-2] if words[-1].text in _THAT else words[-1]
    return last.text == "," or any(is_verb(last, language) for language in vocabularies())


def _reported_before(text: str, start: int) -> Attribution | None:
    if not _can_end_report(text, start):
        return None
    least = max(0, start - MAX_CHARACTERS)
    for blank in BLANK_LINE.finditer(text, least, start):
        least = blank.end()
    words = last_sentence(tokens(text, least, start))
    if words and words[-1].text in _THAT:
        words = words[:-1]
    if not words:
        return None
    for language in vocabularies():
        if is_verb(words[-1], language):
            subject = subject_around(words, len(words) - 1, language)
            joint = [w for w in words if subject.names and w.end <= subject.names[-1][0]][-1:]
            return UNNAMED if joint and language.has(joint[0].text, "and") else subject
        if language.has(words[0].text, "source") and words[-1].text == ",":
            found = name_after_source(words, language)
            return found if found and found.names and _is_last(words, found.names[0]) else None
    return None


def _is_last(words: Words, name: TextSpan) -> bool:
    """Return whether nothing but a comma follows a name."""
    return [word.text for word in words if word.start >= name[1]] == [","]


def attribution_in_dialogue(text: str, at: int) -> Attribution | None:
    """Return the speaker of a line that begins with a dash instead of a quotation mark."""
    start = text.rfind("\n", max(0, at - MAX_CHARACTERS), at) + 1
    if start <= max(0, at - MAX_CHARACTERS) and start > 0:
        return None
    opening = _DIALOGUE.match(text, start)
    end = text.find("\n", at, at + MAX_CHARACTERS)
    end = end if end >= 0 else min(len(text), at + MAX_CHARACTERS)
    return attribution_within(text, opening.end(), end) if opening else None


def _verb_first(words: Words) -> Attribution | None:
    """Return the subject after the verb with which a sentence begins: "said Jane Roe"."""
    if words and _has_inverted_pronoun(words[0]):
        return UNNAMED
    for language in vocabularies():
        start = 1 if len(words) > 1 and language.has(words[0].text, "helper") else 0
        verb = words[start].text if words else ""
        if language.has(verb, "say") and verb[0].islower():
            return subject_after(words, start + 1, language)
        if language.has(verb, "source"):
            return name_after_source(words, language)
        if language.has(verb, "short"):
            found = subject_after(words, start + 1, language)
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
            return subject_at_start(words, at, language)
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
        if number and is_verb(word, language):
            return number
    return 0


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
        verb = _last_verb(words, language)
        if verb is not None:
            tail = [word for word in words[verb + 1 :] if word.is_word]
            found = subject_around(words, verb, language)
            certain = len(tail) <= MAX_TAIL or words[-1].text in _COLONS
            return Attribution(found.names, certain=found.certain and certain)
        for number, word in enumerate(words[:2]):
            if language.has(word.text, "source"):
                return name_after_source(words[number:], language)
    return _before_colon(words)


def _last_verb(words: Words, language: Vocabulary) -> int | None:
    """Return the number of the last verb of saying, which is capitalized only as the first word."""
    for number in reversed(range(max(0, len(words) - MAX_WORDS), len(words))):
        begins = number == 0 and language.has(words[0].text, "say")
        if begins or is_verb(words[number], language):
            return number
    return None


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
