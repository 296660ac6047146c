"""Labels of speakers at the start of lines: "Q:", "MS. ROE:", a name alone, "<v Jane Roe>"."""

import re
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache

from msgspec import Struct

from claimcli.quotes.searchable import TextSpan
from claimcli.quotes.speakers.names import is_role
from claimcli.quotes.speakers.words import every_language

MAX_WORDS = 6
"""Longest name of a label, in words."""
MAX_ROLE = 6
"""Longest role after a name and a comma, in words."""
MAX_HEAD = 200
"""Characters at the start of a line in which a label ends."""
MAX_ALONE = 120
"""Longest line that a name can be alone on, with a role and a time, in characters."""
MAX_UNSPACED = 12
"""Longest name in a script without capitals, in characters."""
_INDENT = r"[ \t\u00a0]{0,40}(?:>{1,3}[ \t]?|[-\u2013\u2014\u2015\u2022*][ \t])?[*_]{0,3}"
_TIME = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?"
_COLON = re.compile(
    rf"{_INDENT}(?:{_TIME}[ \t]*[-\u2013\u2014]?[ \t]*)?[*_]{{0,3}}"
    r"(?P<name>[^\W\d_][^:\uff1a*_()\[\]<>]{0,60})"
    rf"(?:\([^()]{{1,60}}\)[ \t]?)?(?:{_TIME})?[*_]{{0,3}}[:\uff1a][*_]{{0,3}}(?!//|\d\d)"
)
_QUESTION = re.compile(
    rf"{_INDENT}(?P<name>[QA])[*_]{{0,3}}"
    r"(?:\.[*_]{0,3}(?=[ \t])|[ \t\u00a0]{2,}|[\t\u00a0]|[ ](?=[^\W\d_a-z])|\r?\Z)"
)
_TITLED = re.compile(
    r"[ \t]{0,40}(?P<name>(?:Mr|Mrs|Ms|Miss|Dr|Sen|Rep|The)\.? [A-Z][A-Z'\u2019-]{2,30})\. "
)
_ALONE = re.compile(
    r"[ \t]{0,40}[*_]{0,3}(?P<name>[^\W\d_][^:\uff1a!?;,*_()\[\]<>\"]{1,48}[^\W\d_])"
    rf"(?:,? \([^()]{{1,60}}\)|,[^.:;]{{1,40}})?(?:[ \t]{{1,4}}{_TIME})?[*_]{{0,3}}[ \t\r]{{0,9}}"
)
_FIRST = "QAMDSRT \t\u00a0>*_-\u2013\u2014\u2015\u2022"
"""Characters with which a line with the label of a question, or with a title, can begin."""
_VOICE = re.compile(r"<v(?:\.[\w.-]{1,40})?[ \t]+(?P<name>[^<>\n]{1,60})>")


class LabelKind(Enum):
    """What a label shows about the speaker."""

    QUESTION = "someone who asks, without a name"
    ANSWER = "someone who answers, without a name"
    ROLE = "an office, without a name"
    NAME = "a name of several words, or in capitals"
    WORD = "one capitalized word, which can be a name"
    STOP = "nobody: the last label is not valid any more"


class LabelForm(Enum):
    """How a label is written."""

    COLON = "Name: words"
    SPACE = "Q words"
    ALONE = "a name on its own line"
    VOICE = "<v Name>, in WebVTT"


class SpeakerLabel(Struct, frozen=True):
    """A label, and the span of its name."""

    name: str
    span: TextSpan
    kind: LabelKind
    form: LabelForm = LabelForm.COLON


def labels_in(text: str) -> Iterator[SpeakerLabel]:
    """Yield what can be labels of speakers in a text, the voices of subtitles first."""
    if "<v" in text:
        for found in _VOICE.finditer(text):
            yield SpeakerLabel(
                found["name"].strip(), found.span("name"), LabelKind.NAME, LabelForm.VOICE
            )
    at = 0
    for line in text.split("\n"):
        is_short = 0 < len(line) <= MAX_ALONE and line[-1] not in ".,;:!?"
        is_other = ":" in line or "\uff1a" in line or (line != "" and line[0] in _FIRST)
        if (is_short or is_other) and (label := _label_of(line, at)):
            yield label
        at += len(line) + 1


def _label_of(line: str, at: int) -> SpeakerLabel | None:
    """Return the label with which a line begins, or which it consists of."""
    head, form = line[:MAX_HEAD], LabelForm.COLON
    found = _COLON.match(head) if ":" in head or "\uff1a" in head else None
    if found is None and line[:1] in _FIRST and (found := _QUESTION.match(head)):
        form = LabelForm.SPACE if found[0].endswith(found["name"] + " ") else LabelForm.COLON
    elif found is None and (found := _TITLED.match(head) if line[:1] in _FIRST else None) is None:
        is_short = len(line) <= MAX_ALONE and line[-1:] not in ".,;:!?"
        found, form = (_ALONE.fullmatch(line) if is_short else None), LabelForm.ALONE
    if found is None:
        return None
    name, start = _stripped(found["name"]), at + found.start("name")
    kind = kind_of(name)
    if kind is None or (form is LabelForm.ALONE and kind is LabelKind.WORD and not name.isupper()):
        return None
    return SpeakerLabel(name, (start, start + len(name)), kind, form)


def _stripped(name: str) -> str:
    """Return a name without a role after a comma, or the same if that is no role."""
    before, comma, after = name.partition(",")
    words = after.split()
    is_office = any(every_language().has(word, "role") for word in words)
    is_role_after = len(words) <= MAX_ROLE and (is_office or not after.strip()[:1].isupper())
    return (before if comma and is_role_after else name).strip()


@lru_cache(maxsize=4_096)
def kind_of(name: str) -> LabelKind | None:
    """Return what a label shows about the speaker, or None if it is not a speaker's."""
    words = name.replace("\u00a0", " ").split()
    plain = [word.strip(".,") for word in words]
    if not words or len(words) > MAX_WORDS or "," in name or name[0].islower():
        return None
    every = every_language()
    unnumbered = [word for word in plain if not word.isdigit()] or plain
    for kind, listed in ((LabelKind.QUESTION, "ask"), (LabelKind.ANSWER, "answer")):
        if all(every.has(word, listed) for word in unnumbered):
            return kind
    if every.has(plain[0], "label") or all(every.has(word, "date", "label") for word in plain):
        return None
    if not name[0].isupper():
        return LabelKind.WORD if len(name) <= MAX_UNSPACED else None
    return _kind_of_name(name, words)


def _kind_of_name(name: str, words: list[str]) -> LabelKind | None:
    if not all(_is_part_of_name(word) for word in words):
        return None
    if is_role(name):
        return LabelKind.ROLE
    single = len(words) == 1 and not (name.isupper() or "." in name[:-1])
    return LabelKind.WORD if single or len(name) < 2 else LabelKind.NAME


_PARTICLE = re.compile("v[ao]n|d[aeiu]|de[lnr]|della|dos|l[ae]|bin|ibn|al|el|ben|y|und|of|the|for")


def _is_part_of_name(word: str) -> bool:
    plain = word.strip(".,'\u2019")
    if _PARTICLE.fullmatch(plain) or plain.isdigit() or every_language().has(plain, "role"):
        return True
    is_preposition = len(plain) > 1 and every_language().has(plain, "blocker")
    return plain[:1].isupper() and not is_preposition
