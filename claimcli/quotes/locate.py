"""Find the occurrences of a quote in a text, by ever looser comparison down to words alone."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cache
from itertools import islice, pairwise

from msgspec import Struct

from claimcli.quotes.elisions import Fragment, Joint, fragments, is_edited
from claimcli.quotes.letter_case import differ_in_case_only
from claimcli.quotes.normalize import LINE_END_HYPHEN, normalize
from claimcli.quotes.numerals import CURRENCY_SIGNS
from claimcli.quotes.searchable import (
    OPTIONAL_OR_HYPHEN,
    SearchableText,
    TextSpan,
    Words,
    words_of,
)
from claimcli.quotes.word_boundary import inside_word

MAX_ELIDED = 500
"""Longest text that an ellipsis can replace, in characters."""
MAX_REPLACED = 80
"""Longest text that words in brackets can replace, in characters."""
MAX_FRAGMENTS = 50
"""A quote with more fragments is not searched."""
MIN_ANCHOR = 5
"""Shortest word that is used as an anchor, in letters."""
MAX_ANCHORS = 20
"""If an anchor occurs more often, the whole text is normalized."""
MAX_PLACES = 100_000
"""Occurrences of one fragment that are considered."""
MAX_CANDIDATES = 20
"""Nearest occurrences of the preceding fragment that a fragment is joined to."""


class Match(StrEnum):
    """How closely a quote matches a text, the closest first."""

    EXACT = "exact"
    TYPOGRAPHIC = "typographic"
    EDITED = "edited"
    CASE = "case"


class Occurrence(Struct, frozen=True):
    """One occurrence of a quote: the span of each fragment, and the joints between them."""

    spans: tuple[TextSpan, ...]
    joints: tuple[Joint, ...] = ()

    @property
    def start(self) -> int:
        """Start of the first fragment."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """End of the last fragment."""
        return self.spans[-1][1]

    @property
    def gaps(self) -> tuple[TextSpan, ...]:
        """The spans between the fragments."""
        return tuple((one[1], other[0]) for one, other in pairwise(self.spans))


def locate(quote: str, text: SearchableText) -> tuple[Match | None, tuple[Occurrence, ...]]:
    """Return the closest kind of match, and all occurrences of that kind."""
    if spans := _occurrences(text.plain, quote.strip()):
        return Match.EXACT, tuple(Occurrence((span,)) for span in spans)
    if found := _typographic(quote.strip(), text):
        return Match.TYPOGRAPHIC, found
    parts = fragments(quote) if is_edited(quote) else ()
    if parts and (found := _joined(parts, lambda words: _normalized_spans(words, text), text)):
        return Match.EDITED, found
    parts = parts or (Fragment((quote,)),)
    if found := _joined(parts, lambda words: _word_spans(words, text), text):
        return Match.CASE, found
    return None, ()


def _typographic(quote: str, text: SearchableText) -> tuple[Occurrence, ...]:
    """Also without a final comma or full stop, which can belong to the surrounding sentence."""
    for words in dict.fromkeys((quote, re.sub(r"[.,]$", "", quote))):
        if found := _normalized_spans(words, text):
            return tuple(Occurrence((span,)) for span in found)
    return ()


def _normalized_spans(words: str, text: SearchableText) -> list[TextSpan]:
    wanted = normalize(words).text.strip()
    if near := _near_anchors(wanted, text):
        return near
    normalized = text.normalized
    if wanted and (text.has_optional or LINE_END_HYPHEN in wanted):
        found = _without_optional(wanted, text)
    else:
        found = _occurrences(normalized.text, wanted)
    return sorted({normalized.original(*span) for span in found})


def _near_anchors(wanted: str, text: SearchableText) -> list[TextSpan]:
    """Return occurrences near an anchor, the longest plain word, by normalizing only around it.

    Returns nothing if this could miss occurrences: without a long plain word, if the anchor occurs
    too often, or if normalizing could change the inside of words; or if it is not faster.
    """
    anchor, *others = sorted(_PLAIN_WORD.findall(wanted), key=len, reverse=True) or [""]
    if not (anchor and text.unbroken) or text.is_worth_normalizing():
        return []
    anchors = _occurrences(text.plain, anchor)
    if len(anchors) > MAX_ANCHORS:
        return []
    found: set[TextSpan] = set()
    reach = 2 * len(wanted) + 60
    for start, end in anchors:
        first = max(0, start - reach)
        around = text.plain[first : end + reach]
        if not all(word in around for word in others):
            continue
        normalized = normalize(around)
        spans = (normalized.original(*span) for span in _occurrences(normalized.text, wanted))
        found.update((first + one, first + other) for one, other in spans)
    return sorted(found)


_PLAIN_WORD = re.compile(rf"(?<![^\W\d_])[A-Za-z]{{{MIN_ANCHOR},}}(?![^\W\d_])")


def _without_optional(wanted: str, text: SearchableText) -> list[TextSpan]:
    """Return occurrences that agree except for hyphens at line ends, and vowel marks left out.

    Both texts are searched without hyphens and vowel marks; then those of each occurrence are
    compared. A quote with other vowel marks than the text is another text.
    """
    normalized = text.normalized.text
    bare, kept = text.bare
    found = _occurrences(bare, OPTIONAL_OR_HYPHEN.sub("", wanted))
    lead = len(wanted) - len(wanted.lstrip("-"))
    trail = len(wanted) - len(wanted.rstrip("-"))
    spans = (
        (kept[start] - lead, _marks_end(normalized, kept[end - 1] + 1) + trail)
        for start, end in found
    )
    return [one for one in spans if one[0] >= 0 and _agree(wanted, normalized[slice(*one)])]


def _marks_end(text: str, at: int) -> int:
    """Return the end of the vowel marks from a position."""
    while at < len(text) and _is_vowel_mark(text[at]):
        at += 1
    return at


def _is_vowel_mark(char: str) -> bool:
    return char not in _HYPHENS and OPTIONAL_OR_HYPHEN.match(char) is not None


_HYPHENS = f"-{LINE_END_HYPHEN}"


def _agree(wanted: str, there: str) -> bool:
    """Return whether two texts that are equal without hyphens and vowel marks agree with them."""
    ours = theirs = 0
    while ours < len(wanted) or theirs < len(there):
        one, other = wanted[ours : ours + 1], there[theirs : theirs + 1]
        if (one and one == other) or {one, other} == {"-", LINE_END_HYPHEN}:
            ours, theirs = ours + 1, theirs + 1
        elif other == LINE_END_HYPHEN or _is_vowel_mark(other):
            theirs += 1
        elif one == LINE_END_HYPHEN:
            ours += 1
        else:
            return False
    return True


def _word_spans(words: str, text: SearchableText) -> list[TextSpan]:
    wanted = Words(normalize(words))
    if not wanted.words:
        return []
    found = {span for variant in text.words for span in _runs(variant, wanted)}
    signs = _SIGNS.findall(words)
    return sorted(s for s in found if not signs or _has_signs(words, text.text, s))


_SIGNS = re.compile(f"[{CURRENCY_SIGNS}]")
"""A quote can omit one, but not change it."""


def _has_signs(words: str, text: str, span: TextSpan) -> bool:
    """Return whether each currency sign is next to the same word in the text."""
    start, end = span
    there = iter(_with_signs(text[max(0, start - 2) : end + 2]))
    return all(token in there for token in _with_signs(words))


def _with_signs(words: str) -> list[str]:
    """Return the words of a text, with currency signs as words."""
    parts = _SIGNS.split(words)
    signs = _SIGNS.findall(words)
    found = words_of(parts[0])
    for sign, part in zip(signs, parts[1:], strict=True):
        found += [sign, *words_of(part)]
    return found


def _runs(variant: Words, wanted: Words) -> Iterator[TextSpan]:
    """Yield the spans of the same words in a text, which differ in case alone."""
    count = len(wanted.words)
    written = wanted.written(0, count - 1)
    for start, _ in _occurrences(variant.line, wanted.line):
        first = variant.line.count("\0", 0, start)
        if differ_in_case_only(written, variant.written(first, first + count - 1)):
            yield variant.span(first, first + count - 1)


def _occurrences(text: str, words: str) -> list[TextSpan]:
    found: list[TextSpan] = []
    start = text.find(words) if words else -1
    while start >= 0 and len(found) < MAX_PLACES:
        found.append((start, start + len(words)))
        start = text.find(words, start + 1)
    return found


def _joined(
    parts: Sequence[Fragment], find: Callable[[str], Iterable[TextSpan]], text: SearchableText
) -> tuple[Occurrence, ...]:
    """Return the occurrences of all fragments in order, close together, with the least gaps."""
    if len(parts) > MAX_FRAGMENTS:
        return ()
    most = max(MAX_PLACES // len(parts) ** 2, 2_000)

    @cache
    def spans_of(texts: tuple[str, ...]) -> list[TextSpan]:
        found = sorted({span for words in texts for span in find(words)})
        whole = (s for s in found if len(parts) == 1 or is_whole(s, text.text))
        return list(islice(whole, most))

    candidates: list[_Candidate] = [(0, Occurrence((span,))) for span in spans_of(parts[0].texts)]
    for part in parts[1:]:
        spans = spans_of(part.texts)
        candidates = _extended(candidates, spans, part.joint or Joint.ELIDED, text.context)
    return tuple(occurrence for _, occurrence in candidates)


_Candidate = tuple[int, Occurrence]
"""The total length of the gaps, and the occurrence of the fragments so far."""


def _extended(
    candidates: list[_Candidate], spans: Iterable[TextSpan], joint: Joint, text: str
) -> list[_Candidate]:
    """Return candidates extended by a further fragment, for each span the one with least gaps."""
    most = MAX_ELIDED if joint is Joint.ELIDED else MAX_REPLACED
    ordered = sorted(candidates, key=lambda one: one[1].end)
    ends = [occurrence.end for _, occurrence in ordered]
    found: list[_Candidate] = []
    for span in spans:
        first, last = bisect_left(ends, span[0] - most), bisect_right(ends, span[0])
        near = ordered[first:last][-MAX_CANDIDATES:]
        fitting = [one for one in near if _one_passage(text[one[1].end : span[0]])]
        if fitting:
            length, occurrence = min(fitting, key=lambda one: one[0] - one[1].end)
            longer = Occurrence((*occurrence.spans, span), (*occurrence.joints, joint))
            found.append((length + span[0] - occurrence.end, longer))
    return found


def _one_passage(gap: str) -> bool:
    return "\n" not in gap or re.search(r"\n\s*\n", gap) is None


def is_whole(span: TextSpan, text: str) -> bool:
    """Return whether a span begins and ends at word boundaries."""
    return not inside_word(text, span[0]) and not inside_word(text, span[1])
