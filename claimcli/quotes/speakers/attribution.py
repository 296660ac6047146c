"""Find out whether a text attributes words to another speaker than their claim does."""

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from claimcli.quotes.searchable import TextSpan
from claimcli.quotes.speakers.labels import LabelForm, LabelKind, SpeakerLabel
from claimcli.quotes.speakers.names import ExpectedSpeakers, SpeakerNames, is_role
from claimcli.quotes.speakers.quotations import Quotation, quotations_near
from claimcli.quotes.speakers.subjects import Attribution
from claimcli.quotes.speakers.surroundings import (
    attribution_after,
    attribution_before,
    attribution_in_dialogue,
    attribution_of_report,
    attribution_within,
    has_full_stop,
    is_introduced,
)
from claimcli.quotes.speakers.tokens import BLANK_LINE, DASHES, is_capitalized, tokens
from claimcli.quotes.speakers.transcripts import Labels, labels_of
from claimcli.quotes.speakers.words import every_language

NEAREST = 3
"""Words after a quotation among which a name on file can be the speaker, without a known verb."""
MAX_CHAIN = 3
"""Quotations before the words whose speaker can be the same."""
MAX_MENTIONS = 50
"""Mentions of a surname that are examined for a given name."""
MAX_GIVEN = 40
"""Characters before a surname in which its given name is searched."""
MAX_NEAR = 120
"""Characters after a quotation in which a name on file is searched."""
MAX_BETWEEN = 200
"""Longest text between two parts of a quotation, in characters."""


_SENTENCE_END = re.compile(r"[.!?](?=\s)")


class OtherSpeaker(Struct, frozen=True):
    """The speaker of some words according to the text, and the span of the name."""

    name: str
    span: TextSpan
    certain: bool = True

    def message(self, expected: str) -> str:
        """Return the text of the warning; ``expected`` is the speaker according to the claim."""
        verb = "is" if self.certain else "may be"
        return f'the speaker {verb} "{self.name}" in the text, "{expected}" in the claim'


def other_speaker(text: str, span: TextSpan, speakers: ExpectedSpeakers) -> OtherSpeaker | None:
    """Return the speaker whom the text names for a span, if it is not one of those expected."""
    if not speakers.own:
        return None
    quotations = quotations_near(text, span)
    around = [one for one in quotations if one.start <= span[0] and span[1] <= one.end]
    candidates = (_attribution(text, one, quotations) for one in reversed(around))
    found = next((one for one in candidates if one is not None), None)
    if not around:
        found = attribution_in_dialogue(text, span[0]) or attribution_of_report(text, *span)
    if found is not None:
        if any(speakers.fits(_shown(text, name)) for name in found.names):
            return None
        if other := _contradicting(text, found, speakers):
            return other
    elif around and (other := _near_marks(text, around[-1], speakers)):
        return other
    labels = labels_of(text, speakers.names)
    if turn := _label_at(labels, span[0], speakers):
        return _contradicting_label(labels, turn, speakers)
    return _continued(text, around[0], quotations, speakers) if around and not found else None


def named_speaker(text: str, quotation: Quotation, names: SpeakerNames) -> str | None:
    """Return the speaker whom the text names for a quotation, or "" if it names nobody.

    It is None if a pronoun is near the quotation, as in "she said".
    """
    span = (quotation.start, quotation.end)
    found = _attribution(text, quotation, quotations_near(text, span))
    found = found or attribution_of_report(text, *span)
    if found is not None and found.names:
        return _shown(text, found.names[0])
    if _has_spoken_pronoun(text, span):
        return None
    turn = labels_of(text, names).turn_at(quotation.start)
    return turn.name if turn and turn.kind in (LabelKind.NAME, LabelKind.WORD) else ""


def _has_spoken_pronoun(text: str, span: TextSpan) -> bool:
    """Return whether "she said" is next to a span, or "said she" after it."""
    every = every_language()
    before = tokens(text, max(0, span[0] - MAX_GIVEN), span[0])[-NEAREST:]
    after = tokens(text, span[1], span[1] + MAX_GIVEN)[:NEAREST]
    pairs = (*pairwise(before), *pairwise(after), *((b, a) for a, b in pairwise(after)))
    return any(
        every.has(one.text.lower(), "pronoun") and every.has(other.text, "say", "tell")
        for one, other in pairs
    )


def labels_within(text: str, span: TextSpan, speakers: ExpectedSpeakers) -> list[str]:
    """Return the labels of other speakers on lines that begin within a span."""
    part = text[slice(*span)]
    return labels_of(text, speakers.names).within(span) if "\n" in part or "<v" in part else []


def _attribution(
    text: str, quotation: Quotation, quotations: Sequence[Quotation]
) -> Attribution | None:
    """Return the speaker that the sentence around a quotation names, or None if it names none."""
    outer = [one for one in quotations if one.start < quotation.start and quotation.end < one.end]
    floor = max((one.start + 1 for one in outer), default=0)
    limit = min((one.end - 1 for one in outer), default=len(text))
    previous = max((one.end for one in quotations if one.end <= quotation.start), default=0)
    following = min((q.start for q in quotations if q.start >= quotation.end), default=limit)
    after = attribution_after(text, quotation.end, min(limit, following))
    before = attribution_before(text, quotation.start, max(floor, previous))
    if after is None or before is None:
        return after or before or attribution_within(text, quotation.start, quotation.end)
    if has_full_stop(text, quotation.end) or is_introduced(text, quotation.start):
        return before
    if previous > floor and quotation.start - previous < MAX_BETWEEN:
        return after
    return Attribution((*after.names, *before.names), certain=False)


def _shown(text: str, span: TextSpan) -> str:
    return " ".join(text[slice(*span)].split())


def _contradicting(
    text: str, found: Attribution, speakers: ExpectedSpeakers
) -> OtherSpeaker | None:
    """Return the first name of an attribution that is clearly another speaker's."""
    for span in found.names:
        if speakers.is_known_other(_shown(text, span)):
            inner = speakers.names.pattern.search(text, *span)
            shown = inner.span() if inner else span
            return OtherSpeaker(_shown(text, shown), shown, certain=found.certain)
    for span in () if found.on_file else found.names:
        name = _shown(text, span)
        if speakers.can_be_other(name) and _is_person(text, span):
            return OtherSpeaker(name, span, certain=False)
    return None


def _is_person(text: str, span: TextSpan) -> bool:
    """Return whether a capitalized word or two are probably a person's name.

    That is: two words without an article, a title, or a surname with a given name elsewhere.
    """
    every = every_language()
    name = _shown(text, span)
    words = name.split()
    if is_role(name) or any(every.has(word, "body") for word in words):
        return False
    if any(every.has(word.strip("."), "title", "role") for word in words):
        return True
    before = text[max(0, span[0] - 12) : span[0]].split()
    if before and every.has(before[-1], "article"):
        return False
    return len(words) > 1 or _has_given_name(text, name)


def _has_given_name(text: str, surname: str) -> bool:
    """Return whether another capitalized word precedes one of the first mentions of a surname."""
    at = -1
    for _ in range(MAX_MENTIONS):
        at = text.find(surname, at + 1)
        if at < 0:
            return False
        before = tokens(text, max(0, at - MAX_GIVEN), at)
        is_name = text[at - 1 : at] in (" ", "\n") and before and is_capitalized(before[-1])
        if is_name and not is_role(before[-1].text):
            return True
    return False


def _near_marks(text: str, quotation: Quotation, speakers: ExpectedSpeakers) -> OtherSpeaker | None:
    """Return a name on file directly after a quotation, as in languages whose verbs are unknown."""
    if text[quotation.end - 2] == ".":
        return None
    words = tokens(text, quotation.end, quotation.end + MAX_NEAR)
    after_comma = bool(words) and words[0].text in ",;\uff0c\u3001\u060c"
    words = words[after_comma:]
    for number, word in enumerate(words[:NEAREST]):
        if not word.is_word or every_language().has(word.text, "blocker", "pronoun", "between"):
            return None
        if found := speakers.names.pattern.match(text, word.start):
            following = tokens(text, found.end(), found.end() + MAX_NEAR)[:1]
            is_subject = not after_comma and following and following[0].text[0].islower()
            if is_subject or not speakers.is_known_other(found[0]):
                return None  # "the 'old dam' Jones built"
            is_next = number == 0 and "\n" not in text[quotation.end : word.start]
            return OtherSpeaker(_shown(text, found.span()), found.span(), certain=is_next)
    return None


def _label_at(labels: Labels, at: int, speakers: ExpectedSpeakers) -> SpeakerLabel | None:
    """Return the label that is valid at a position: of a transcript, or with a name on file."""
    turn = labels.turn_at(at)
    for label in labels.in_paragraph(at):
        if label.span[1] > at:
            continue
        if turn and label.span <= turn.span:
            break
        is_name = label.kind in (LabelKind.NAME, LabelKind.WORD)
        if is_name and speakers.is_known(label.name) and labels.reaches(label, at):
            return label
    return turn


def _contradicting_label(
    labels: Labels, label: SpeakerLabel, speakers: ExpectedSpeakers
) -> OtherSpeaker | None:
    """Return the speaker of a label if it is clearly not one of those expected."""
    name, is_alone = label.name, label.form is LabelForm.ALONE
    if label.kind is LabelKind.ANSWER or speakers.fits(name):
        return None
    if speakers.is_known_other(name):
        both_alone = is_alone and any(speakers.fits(other) for other in labels.alone)
        certain = not is_alone or both_alone or name in labels.confirmed
        return OtherSpeaker(name, label.span, certain)
    both = any(speakers.fits(other) for other in labels.names)
    if label.kind in (LabelKind.QUESTION, LabelKind.ROLE):
        is_other = speakers.named and (both or label.kind is LabelKind.QUESTION)
        return OtherSpeaker(name, label.span) if is_other else None
    if not speakers.can_be_other(name) or not (both or (name in labels.people and not is_alone)):
        return None
    certain = not is_alone and (both or labels.counts[name] > 1)
    return OtherSpeaker(name, label.span, certain=certain)


def _continued(
    text: str, quotation: Quotation, quotations: Sequence[Quotation], speakers: ExpectedSpeakers
) -> OtherSpeaker | None:
    """Return the speaker of the quotation before, if only one sentence is between them."""
    start = quotation.start
    earlier = [q for q in quotations if q.end <= start and q.depth == quotation.depth]
    for one in reversed(earlier[-MAX_CHAIN:]):
        if not _is_one_sentence(text[one.end : start]):
            return None
        found = _attribution(text, one, quotations)
        if found is not None:
            if any(speakers.fits(_shown(text, name)) for name in found.names):
                return None
            other = _contradicting(text, found, speakers)
            return other and OtherSpeaker(other.name, other.span, certain=False)
        start = one.start
    return None


def _is_one_sentence(between: str) -> bool:
    """Return whether the text between two quotations is no more than a sentence that ends there."""
    if BLANK_LINE.search(between) or len(between) > MAX_BETWEEN:
        return False
    at_end = between.rstrip(f" \t\r\n*_{DASHES}").endswith((".", "!", "?", ","))
    return at_end and len(_SENTENCE_END.findall(between)) <= 1
