"""Match the delimiters of emphasis and deletions in Markdown (CommonMark 0.31, section 6.2)."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

HIDDEN = "\u200b"
"""Replaces each character of markup."""
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~\u00a1-\u00bf\u2010-\u206f\u3001-\u3020\u20a0-\u20cf]")


@dataclass
class Run:
    """A run of ``*``, ``_``, ``~`` or ``=``; ``start`` to ``end`` is not yet matched."""

    start: int
    end: int
    char: str
    opens: bool
    closes: bool
    length: int

    @property
    def left(self) -> int:
        """The number of characters that are not yet matched."""
        return self.end - self.start


def run_at(text: str, at: int) -> Run:
    """Return the run of the same delimiters at a position, and whether it can open or close."""
    end = end_of_run(text, at)
    char, length = text[at], end - at
    before, after = text[at - 1 : at] or " ", text[end : end + 1] or " "
    opens, closes = _flanks(before, after), _flanks(after, before)
    if char == "_":
        opens, closes = (
            opens and (not closes or bool(_PUNCTUATION.match(before))),
            closes and (not opens or bool(_PUNCTUATION.match(after))),
        )
    if char == "~" and length == 1:  # as a sign of approximation
        opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
    fits = {"~": length <= 2, "=": length == 2}.get(char, True)
    if not fits or (char == "*" and before.isdigit() and after.isdigit()):  # a product
        opens = closes = False
    return Run(at, end, char, opens, closes, length)


def end_of_run(text: str, at: int) -> int:
    """Return the end of a run of the same character."""
    end = at
    while text[end : end + 1] == text[at]:
        end += 1
    return end


def matched_spans(runs: Sequence[Run]) -> Iterator[tuple[int, int]]:
    """Yield the delimiters that belong together, of deletions also the words between them.

    This is the procedure "process emphasis" of the specification.
    """
    openers: list[Run] = []
    lowest: dict[tuple[str, bool, int], int] = defaultdict(int)
    for run in runs:
        key = run.char, run.opens, run.length % 3
        while run.closes and run.left:
            at = len(openers) - 1
            while at >= lowest[key] and not _pairs(openers[at], run):
                at -= 1
            if at < lowest[key]:
                lowest[key] = len(openers)
                break
            yield from _paired(openers[at], run)
            del openers[at + (openers[at].left > 0) :]
            lowest = defaultdict(int, {k: min(v, len(openers)) for k, v in lowest.items()})
        if run.opens and run.left:
            openers.append(run)


def _paired(opener: Run, closer: Run) -> Iterator[tuple[int, int]]:
    """Yield the delimiters nearest to the words, and shorten the runs by them."""
    count = opener.left if opener.char in "~=" else min(2, opener.left, closer.left)
    if opener.char == "~":
        yield opener.end, closer.start
    yield opener.end - count, opener.end
    yield closer.start, closer.start + count
    opener.end -= count
    closer.start += count


def _flanks(before: str, after: str) -> bool:
    """Return whether delimiters between two characters are left-flanking."""
    if after.isspace() or after == HIDDEN:
        return False
    apart = before.isspace() or before == HIDDEN or _PUNCTUATION.match(before)
    return not _PUNCTUATION.match(after) or bool(apart)


def _pairs(opener: Run, closer: Run) -> bool:
    if opener.char != closer.char:
        return False
    if opener.char in "~=":
        return opener.left == closer.left
    both = (opener.closes or closer.opens) and (opener.length + closer.length) % 3 == 0
    return not both or (opener.length % 3 == 0 and closer.length % 3 == 0)
