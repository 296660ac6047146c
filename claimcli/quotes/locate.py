"""Where a quote stands in a text, and how closely: from the characters down to the words alone."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cache
from itertools import islice, pairwise

from msgspec import Struct

from claimcli.quotes.elisions import Fragment, Joint, fragments, is_edited
from claimcli.quotes.normalize import LINE_END_HYPHEN, normalize
from claimcli.quotes.searchable import SearchableText, TextSpan, Words, words_of
from claimcli.quotes.word_boundary import inside_word

MOST_ELIDED = 500
"""Characters that an ellipsis may stand for."""
MOST_REPLACED = 80
"""Characters that words in brackets may stand in place of."""
MOST_FRAGMENTS = 50
"""Fragments of a quote; one cut into more is not looked for."""
LEAST_ANCHOR = 5
"""Letters of a word by which words are looked for before all of a text is folded."""
MOST_ANCHORS = 20
"""Places of such a word beyond which all of the text is folded."""
MOST_PLACES = 100_000
"""Places of one fragment that are looked at."""
MOST_CHAINS = 20
"""Places of the fragment before, the nearest ones, to which a fragment may belong."""


class Match(StrEnum):
    """How closely a quote stands in a text, the closest first."""

    EXACT = "exact"
    TYPOGRAPHIC = "typographic"
    EDITED = "edited"
    CASE = "case"


class Occurrence(Struct, frozen=True):
    """Where a quote stands: the stretch of each of its fragments, and what joins them."""

    spans: tuple[TextSpan, ...]
    joints: tuple[Joint, ...] = ()

    @property
    def start(self) -> int:
        """Where the first fragment begins."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Where the last fragment ends."""
        return self.spans[-1][1]

    @property
    def gaps(self) -> tuple[TextSpan, ...]:
        """What stands in the text between the fragments."""
        return tuple((one[1], other[0]) for one, other in pairwise(self.spans))


def locate(quote: str, text: SearchableText) -> tuple[Match | None, tuple[Occurrence, ...]]:
    """Return how closely a quote stands in a text, and every place where it does so."""
    if found := _plain(quote.strip(), text):
        return Match.EXACT, found
    if found := _typographic(quote.strip(), text):
        return Match.TYPOGRAPHIC, found
    parts = fragments(quote) if is_edited(quote) else ()
    if parts and (found := _chains(parts, lambda words: _folded_stretches(words, text), text)):
        return Match.EDITED, found
    parts = parts or (Fragment((quote,)),)
    if found := _chains(parts, lambda words: _word_stretches(words, text), text):
        return Match.CASE, found
    return None, ()


def _plain(quote: str, text: SearchableText) -> tuple[Occurrence, ...]:
    stretches = _occurrences(text.plain, quote)
    return tuple(Occurrence((stretch,)) for stretch in stretches)


def _typographic(quote: str, text: SearchableText) -> tuple[Occurrence, ...]:
    """A final comma or full stop may belong to the sentence around the quote."""
    for words in dict.fromkeys((quote, re.sub(r"[.,]$", "", quote))):
        if found := _folded_stretches(words, text):
            return tuple(Occurrence((stretch,)) for stretch in found)
    return ()


def _folded_stretches(words: str, text: SearchableText) -> list[TextSpan]:
    wanted = normalize(words).text.strip()
    if near := _beside_anchors(wanted, text):
        return near
    folded = text.normalized
    if wanted and LINE_END_HYPHEN in folded.text + wanted:
        found = _across_lines(wanted, folded.text)
    else:
        found = _occurrences(folded.text, wanted)
    return sorted({folded.original(*stretch) for stretch in found})


def _beside_anchors(wanted: str, text: SearchableText) -> list[TextSpan]:
    """Return where words stand around a long word of theirs, with only what is beside it folded.

    Nothing is returned where that could miss a place: where no word is long and plain, where it
    stands too often, or where the text may have something within its words.
    """
    anchor = max(_PLAIN_WORD.findall(wanted), key=len, default="")
    if len(anchor) < LEAST_ANCHOR or not text.unbroken:
        return []
    anchors = _occurrences(text.plain, anchor)
    if len(anchors) > MOST_ANCHORS:
        return []
    found: set[TextSpan] = set()
    reach = 2 * len(wanted) + 60
    for start, end in anchors:
        first = max(0, start - reach)
        folded = normalize(text.plain[first : end + reach])
        stretches = (folded.original(*stretch) for stretch in _occurrences(folded.text, wanted))
        found.update((first + one, first + other) for one, other in stretches)
    return sorted(found)


_PLAIN_WORD = re.compile(r"(?<![^\W\d_])[A-Za-z]+(?![^\W\d_])")


def _across_lines(wanted: str, folded: str) -> list[TextSpan]:
    """Return where words stand, a hyphen at a line's end being one of theirs, or none.

    Both are searched without any hyphen; then each hyphen of a place found must be one of them.
    """
    kept = [at for at, char in enumerate(folded) if char not in _HYPHENS]
    bare = "".join(folded[at] for at in kept)
    found = _occurrences(bare, wanted.replace("-", "").replace(LINE_END_HYPHEN, ""))
    lead = len(wanted) - len(wanted.lstrip("-"))
    trail = len(wanted) - len(wanted.rstrip("-"))
    stretches = ((kept[start] - lead, kept[end - 1] + 1 + trail) for start, end in found)
    return [one for one in stretches if one[0] >= 0 and _agree(wanted, folded[slice(*one)])]


_HYPHENS = f"-{LINE_END_HYPHEN}"


def _agree(wanted: str, there: str) -> bool:
    """Return whether two texts that are one without hyphens are one with them too."""
    ours = theirs = 0
    while ours < len(wanted) or theirs < len(there):
        one, other = wanted[ours : ours + 1], there[theirs : theirs + 1]
        if (one and one == other) or {one, other} == {"-", LINE_END_HYPHEN}:
            ours, theirs = ours + 1, theirs + 1
        elif other == LINE_END_HYPHEN:
            theirs += 1
        elif one == LINE_END_HYPHEN:
            ours += 1
        else:
            return False
    return True


def _word_stretches(words: str, text: SearchableText) -> list[TextSpan]:
    wanted = words_of(words)
    if not wanted:
        return []
    found = {stretch for every in text.words for stretch in _runs(every, wanted)}
    signs = _SIGNS.findall(words)
    return sorted(s for s in found if not signs or _has_signs(words, text.text, s))


_SIGNS = re.compile(
    "[$\u00a2-\u00a5\u058f\u060b\u09f2\u09f3\u0e3f\u17db\u20a0-\u20cf\ufdfc\uff04\uffe0\uffe1\uffe5\uffe6]"
)
"""Signs of currencies (Unicode, general category Sc): they may be left out, never exchanged."""


def _has_signs(words: str, text: str, stretch: TextSpan) -> bool:
    """Return whether each sign of a currency stands in the text before or after the same word."""
    start, end = stretch
    there = iter(_with_signs(text[max(0, start - 2) : end + 2]))
    return all(token in there for token in _with_signs(words))


def _with_signs(words: str) -> list[str]:
    """Return the words of a text with signs of currencies as words between them."""
    parts = _SIGNS.split(words)
    signs = _SIGNS.findall(words)
    found = words_of(parts[0])
    for sign, part in zip(signs, parts[1:], strict=True):
        found += [sign, *words_of(part)]
    return found


def _runs(every: Words, wanted: Sequence[str]) -> Iterator[TextSpan]:
    line = f"\0{chr(0).join(wanted)}\0"
    for start, _ in _occurrences(every.line, line):
        first = every.line.count("\0", 0, start)
        yield every.span(first, first + len(wanted) - 1)


def _occurrences(text: str, words: str) -> list[TextSpan]:
    found: list[TextSpan] = []
    start = text.find(words) if words else -1
    while start >= 0 and len(found) < MOST_PLACES:
        found.append((start, start + len(words)))
        start = text.find(words, start + 1)
    return found


def _chains(
    parts: Sequence[Fragment], find: Callable[[str], Iterable[TextSpan]], text: SearchableText
) -> tuple[Occurrence, ...]:
    """Return the places where all fragments stand in order and near one another.

    Of chains that share their last fragment the one with the shortest gaps is taken.
    """
    if len(parts) > MOST_FRAGMENTS:
        return ()
    most = max(MOST_PLACES // len(parts) ** 2, 2_000)

    @cache
    def stretches_of(texts: tuple[str, ...]) -> list[TextSpan]:
        found = sorted({stretch for words in texts for stretch in find(words)})
        whole = (s for s in found if len(parts) == 1 or _is_whole(s, text.text))
        return list(islice(whole, most))

    chains: list[_Candidate] = [
        (0, Occurrence((stretch,))) for stretch in stretches_of(parts[0].texts)
    ]
    for part in parts[1:]:
        stretches = stretches_of(part.texts)
        chains = _joined(chains, stretches, part.joint or Joint.ELIDED, text.text)
    return tuple(place for _, place in chains)


_Candidate = tuple[int, Occurrence]
"""How many characters its gaps have together, and where it stands."""


def _joined(
    chains: list[_Candidate], stretches: Iterable[TextSpan], joint: Joint, text: str
) -> list[_Candidate]:
    """Return each chain that a further fragment makes longer, the one with the shortest gaps."""
    most = MOST_ELIDED if joint is Joint.ELIDED else MOST_REPLACED
    ordered = sorted(chains, key=lambda chain: chain[1].end)
    ends = [place.end for _, place in ordered]
    found: list[_Candidate] = []
    for stretch in stretches:
        first, last = bisect_left(ends, stretch[0] - most), bisect_right(ends, stretch[0])
        near = ordered[first:last][-MOST_CHAINS:]
        fitting = [chain for chain in near if _one_passage(text[chain[1].end : stretch[0]])]
        if fitting:
            length, place = min(fitting, key=lambda chain: chain[0] - chain[1].end)
            longer = Occurrence((*place.spans, stretch), (*place.joints, joint))
            found.append((length + stretch[0] - place.end, longer))
    return found


def _one_passage(gap: str) -> bool:
    return "\n" not in gap or re.search(r"\n\s*\n", gap) is None


def _is_whole(stretch: TextSpan, text: str) -> bool:
    """Return whether a part of a text begins and ends where words do."""
    return not inside_word(text, stretch[0]) and not inside_word(text, stretch[1])
