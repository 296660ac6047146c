"""The labels of a transcript: which ones are speakers', and how far each one is valid.

A label is confirmed if the text alone shows that it is a transcript. A confirmed label is valid
until the next one, or until a heading, a rule or the word "END". Other labels can only be confirmed
by a name on file, and are valid within their paragraph.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import islice, pairwise, zip_longest

from claimcli.quotes.searchable import TextSpan
from claimcli.quotes.speakers.labels import LabelForm, LabelKind, SpeakerLabel, labels_in
from claimcli.quotes.speakers.names import SpeakerNames
from claimcli.quotes.speakers.tokens import BLANK_LINE
from claimcli.quotes.speakers.words import every_language

MAX_LINES = 30
"""Lines of a paragraph that are searched for an unconfirmed label."""
MAX_PARAGRAPH = 4_000
"""Longest text before a position that is searched for the start of its paragraph."""
MAX_DIFFERENT = 300
"""Different labels of a text that are compared with the claim's speakers."""
MAX_EXAMINED = 100
"""Labels of a text that are examined to find out whether speech follows them."""
MIN_TURN = 40
"""Shortest line after a label that counts as speech without a full stop, in characters."""
MAX_WRAPPED = 110
"""Longest line of wrapped text; a longer one is a paragraph."""
MAX_TURN = 300
"""Characters after a label that are examined for speech."""
MIN_CHANGES = 3
"""Fewest changes between names alone on lines that show a transcript."""
_STOP = re.compile(
    r"\n[ \t]{0,40}(?:#{1,6} |[-_=*#\u2014][-_=*#\u2014 ]{2,80}(?=\r?\n|\Z)|>{2,3}|-30-"
    r"|[\[(*]{0,2}(?:END\b|End of (?:transcript|interview|briefing)|\u041a\u041e\u041d\u0415\u0426)"
    r"[^\n]{0,40}(?=\n|\Z))"
    r"|</v>|\n[ \t]*\r?\n(?P<heading>[^\W\d_a-z][^\n:.!?\u2026,;()\[\]\"\u201d]{1,79}[^\W_])"
    r"[ \t\r]*(?=\n[ \t]*\r?\n)"
)
_PERSON = re.compile(r"[^\W\d_][^\d_]{3,}")
_AFTER_LABEL = re.compile(r"\A[\s:\uff1a.*_)\]>\[(\d]*")
_SPEECH_END = re.compile(
    r"[.?!\u2026\u3002\uff1f\uff01\u061f\u2013\u2014-][\"'\u2019\u201d\u00bb)\]*_]{0,3}\Z"
)


class Labels:
    """All labels of a text, in order."""

    def __init__(self, text: str, names: SpeakerNames | None = None) -> None:
        self.text = text
        self.all = sorted(labels_in(text), key=lambda label: label.span)
        self._known = names
        self._starts = [label.span[0] for label in self.all]
        self.counts = Counter(label.name for label in self.all)

    @cached_property
    def confirmed(self) -> frozenset[str]:
        """The names of the labels that are evidently those of a transcript."""
        return frozenset(_confirmed(self.text, self.all, self._known))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The first confirmed names, each once."""
        return tuple(islice(dict.fromkeys(turn.name for turn in self._labels), MAX_DIFFERENT))

    @cached_property
    def _labels(self) -> list[SpeakerLabel]:
        return [
            label
            for label in self.all
            if label.form is LabelForm.VOICE or label.name in self.confirmed
        ]

    @cached_property
    def _turns(self) -> list[SpeakerLabel]:
        """The confirmed labels and the positions at which a label ends, in order."""
        stops = [*_stops(self.text, self._labels)] if self._labels else []
        return sorted([*self._labels, *stops], key=lambda label: label.span)

    @cached_property
    def _turn_starts(self) -> list[int]:
        return [label.span[0] for label in self._turns]

    def turn_at(self, at: int) -> SpeakerLabel | None:
        """Return the confirmed label that is valid at a position."""
        number = bisect_right(self._turn_starts, at) - 1
        found = self._turns[number] if number >= 0 else None
        if found is None or found.kind is LabelKind.STOP:
            return None
        asks_alone = found.kind is LabelKind.QUESTION and not self._has_answers
        return None if asks_alone and found.span[0] < paragraph_start(self.text, at) else found

    def turns(self) -> Iterator[tuple[SpeakerLabel, TextSpan]]:
        """Yield each confirmed label of a name or an office, and the span of what follows it."""
        ends = [*self._turn_starts[1:], len(self.text)]
        for turn, end in zip(self._turns, ends, strict=False):
            if turn.kind is not LabelKind.STOP:
                yield turn, (turn.span[1], end)

    @cached_property
    def _has_answers(self) -> bool:
        """Whether most questions are followed by the label of another speaker."""
        asked = sum(1 for label in self._labels if label.kind is LabelKind.QUESTION)
        return 2 * (len(self._labels) - asked) >= asked

    def in_paragraph(self, at: int) -> Iterator[SpeakerLabel]:
        """Yield the labels before a position in its paragraph, the last first; also unconfirmed.

        A name alone on the line before the paragraph is the last of them.
        """
        start = paragraph_start(self.text, at)
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, at)
        yield from reversed(self.all[max(first, last - MAX_LINES) : last])
        if (
            first > 0
            and self._is_alone(first - 1, start)
            and not (first > 1 and self._is_alone(first - 2, self._starts[first - 1], newlines=1))
        ):  # the last name of a list is not a label
            yield self.all[first - 1]

    def _is_alone(self, number: int, end: int, *, newlines: int = MAX_LINES) -> bool:
        """Return whether a label is alone on the last line before a position."""
        label = self.all[number]
        between = self.text[label.span[1] : min(end, label.span[1] + MAX_TURN)]
        is_next = len(between) < MAX_TURN and between.count("\n") <= newlines
        return label.form is not LabelForm.SPACE and is_next and not between.strip("*_:\uff1a \r\n")

    @cached_property
    def alone(self) -> tuple[str, ...]:
        """The first names alone on lines, each once, also unconfirmed."""
        names = (label.name for label in self.all if label.form is LabelForm.ALONE)
        return tuple(islice(dict.fromkeys(names), MAX_DIFFERENT))

    def reaches(self, label: SpeakerLabel, at: int) -> bool:
        """Return whether an unconfirmed label can be valid at a position in its paragraph.

        It is not valid beyond its line if that is a heading or a whole paragraph.
        """
        end = self.text.find("\n", label.span[1], at)
        if end < 0 or label.form is LabelForm.ALONE:
            return True
        is_cue = self.text[end : end + MAX_WRAPPED].lstrip()[:1].isdigit()
        return end - label.span[0] <= MAX_WRAPPED and (is_cue or _begins_speech(self.text, label))

    def within(self, span: TextSpan) -> list[str]:
        """Return the labels on lines within a span that are not those of the speaker before it."""
        start, end = span
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        if first == last:
            return []
        before = self.turn_at(start)
        names = [before.name if before else ""]
        for label in self.all[first:last]:
            if (
                label.form is LabelForm.VOICE
                or label.name in self.confirmed
                or self._is_listed(label)
            ):
                names.append(label.name)
        return [name for previous, name in pairwise(names) if name != previous]

    @cached_property
    def people(self) -> frozenset[str]:
        """The labels that are surely names: with a title, or two or more that recur."""
        named = {turn.name for turn in self._labels if turn.kind is LabelKind.NAME}
        titled = {
            name for name in named if every_language().has(name.split()[0].strip("."), "title")
        }
        recurring = {n for n in named if self.counts[n] > 1 and _PERSON.fullmatch(n)}
        return frozenset(titled | (recurring if len(recurring) > 1 else set()))

    def _is_listed(self, label: SpeakerLabel) -> bool:
        """Return whether a label in capitals follows or precedes another one on the next line."""
        if label.form is LabelForm.ALONE or not label.name.isupper():
            return False
        number = bisect_left(self._starts, label.span[0])
        near = self.all[max(0, number - 1) : number] + self.all[number + 1 : number + 2]
        return any(
            other.name.isupper()
            and other.name != label.name
            and self.text.count("\n", *sorted((other.span[0], label.span[0]))) == 1
            for other in near
        )


@lru_cache(maxsize=1)
def labels_of(text: str, names: SpeakerNames) -> Labels:
    """Return the labels of a text, confirmed also by names on file; the last are remembered."""
    return Labels(text, names)


_BLANK_LINE = re.compile(
    r"\n[ \t\r]{0,20}\n(?!(?:\d{1,6}\r?\n)?(?:\d{1,2}:)?\d\d:\d\d[.,]\d{3} -->)"
)
"""The end of a paragraph; between two subtitles, a paragraph goes on."""


def paragraph_start(text: str, at: int) -> int:
    """Return the start of the paragraph, or of the line if the paragraph is very long."""
    least = max(0, at - MAX_PARAGRAPH)
    start = least
    for found in _BLANK_LINE.finditer(text, least, at):
        start = found.end()
    if start == least > 0:
        return max(least, text.rfind("\n", least, at) + 1)
    return start


def _confirmed(
    text: str, labels: Sequence[SpeakerLabel], known: SpeakerNames | None
) -> Iterator[str]:
    """Yield the names of the labels that are evidently those of a transcript."""
    if not _is_speech(text, labels):
        return
    written = [label for label in labels if label.form is not LabelForm.ALONE]
    counts = Counter(label.name for label in written)
    kinds = {label.name: label.kind for label in written}
    plain = {label.name for label in labels if label.form is LabelForm.COLON}
    recurring = {
        name for name in kinds if counts[name] > 1 or (name in plain and _is_distinct(name))
    }
    for label in written:  # a single label can be a heading with a colon
        if label.name not in recurring and not _begins_speech(text, label):
            del kinds[label.name]
        elif known and known.includes(label.name) and _begins_speech(text, label, least=MAX_TURN):
            recurring.add(label.name)
    names = {name for name in recurring if kinds[name] is not LabelKind.ANSWER}
    asked = any(kinds[name] is LabelKind.QUESTION for name in recurring)
    if asked or len(names) > 1 or (names and len(recurring) > 1):
        yield from (n for n, kind in kinds.items() if n in recurring or kind is not LabelKind.WORD)
    elif any(kinds[name] is LabelKind.NAME and counts[name] > 1 for name in names):
        single = {n for n, kind in kinds.items() if kind is LabelKind.NAME and not n.isupper()}
        yield from (recurring | single) if single - recurring else ()
    yield from _alternating([label for label in labels if label.form is LabelForm.ALONE])


def _is_distinct(name: str) -> bool:
    """Return whether a label is hardly anything but a speaker's: "Q", "MS. ROE"."""
    titled = "." in name and every_language().has(name.split(".")[0], "title")
    return name == "Q" or (titled and name.isupper())


def _alternating(labels: Sequence[SpeakerLabel]) -> set[str]:
    """Return the names that occur alone on lines at least twice each, alternating with others."""
    counts = Counter(label.name for label in labels)
    often = {name for name, count in counts.items() if count > 1}
    turns = [label.name for label in labels if label.name in often]
    changes = sum(1 for one, other in pairwise(turns) if one != other)
    return often if len(often) > 1 and changes >= max(MIN_CHANGES, len(turns) // 2) else set()


def _is_speech(text: str, labels: Sequence[SpeakerLabel]) -> bool:
    """Return whether speech follows at least half of the first labels, not values of a list."""
    first = labels[:MAX_EXAMINED]
    examined = [label for label in first if label.form is not LabelForm.ALONE] or first
    spoken = sum(1 for label in examined if _begins_speech(text, label))
    return bool(examined) and spoken * 2 >= len(examined)


def _begins_speech(text: str, label: SpeakerLabel, *, least: int = MIN_TURN) -> bool:
    """Return whether a sentence ends the line after a label, or the line is long or goes on."""
    start = label.span[1]
    rest = _AFTER_LABEL.sub("", text[start : start + MAX_TURN], count=1)
    line, _, following = rest.partition("\n")
    goes_on = following[:1].islower() or len(line) >= least
    return goes_on or _SPEECH_END.search(line.strip()) is not None


def _stops(text: str, labels: Sequence[SpeakerLabel]) -> Iterator[SpeakerLabel]:
    """Yield the positions at which the last label is not valid any more."""
    starts = frozenset(label.span[0] for label in labels)
    for stop in _STOP.finditer(text):
        at = stop.start("heading") if stop["heading"] else stop.start()
        if at not in starts:
            yield SpeakerLabel("", (at, at), LabelKind.STOP)
    for label, following in zip_longest(labels, labels[1:]):
        end = following.span[0] if following else len(text)
        if label.form is LabelForm.VOICE and (found := BLANK_LINE.search(text, label.span[1], end)):
            yield SpeakerLabel("", (found.start(), found.start()), LabelKind.STOP)
