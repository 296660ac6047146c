"""Mask the inline markup of Markdown (CommonMark 0.31, chapter 6, with GFM's ``~~`` and ``==``)."""

import re
from collections import defaultdict
from collections.abc import Collection
from html import unescape
from typing import NamedTuple

from claimcli.quotes.texts.markdown_emphasis import HIDDEN, Run, end_of_run, matched_spans, run_at

_SPECIAL = re.compile(r"[\\`<!\[\]*_~=&|]")
_AUTOLINK = re.compile(
    r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]{0,2000}|[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]{1,255})>"
)
_TAG = re.compile(
    r"""<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9-]{0,40})
    (?P<attributes>(?:\s++[A-Za-z_:][\w.:-]*+(?:\s*+=\s*+(?:[^\s"'=<>`]++|'[^']*+'|"[^"]*+"))?+)*+)
    \s*+/?>""",
    re.VERBOSE,
)
_SEPARATING = re.compile(
    "address|article|aside|blockquote|br|caption|center|dd|details|div|dl|dt|fig.*|footer|h[1-6]"
    "|header|hr|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
"""Elements that separate the words before and after their tags."""
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]{1,200}\]")
_LABEL = re.compile(r"\[([^\[\]]{0,999})\]")
_TARGET = re.compile(r"\(\s*+(?:<[^<>\n]*+>)?")
_TITLE = re.compile(
    r"""(?:\s++(?:"(?:[^"\\]|\\.){0,999}"|'(?:[^'\\]|\\.){0,999}'|\((?:[^()\\]|\\.){0,999}\)))?+\s*+\)""",
    re.DOTALL,
)
_ENTITY = re.compile(r"&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
MAX_TARGET = 4_000
"""Longest target of a link, in characters."""
MAX_LABEL = 1_000
"""Longest label of a link's target, in characters."""
MAX_DEPTH = 32
"""Most parentheses within each other in a target."""


class Tag(NamedTuple):
    """A tag of HTML: its span in the text, its name, whether it ends an element, attributes."""

    start: int
    end: int
    name: str
    closing: bool
    attributes: str


class _Bracket(NamedTuple):
    """An opening bracket, and the number of runs before it."""

    start: int
    image: bool
    runs: int


class InlineMask:
    """Masks the markup between two positions of a text in ``out``, a list of its characters."""

    def __init__(self, out: list[str], labels: Collection[str]) -> None:
        self.out = out
        self.labels = labels
        self.tags: list[Tag] = []

    def mask(self, start: int, end: int, *, table: bool = False) -> None:
        """Mask the markup of one block, such as a paragraph, or a row of a table."""
        self._text = "".join(self.out[start:end]).rstrip()
        self._last_comment = self._text.rfind("-->") - 2
        self._start = start
        self._table = table
        self._runs: list[Run] = []
        self._brackets: list[_Bracket] = []
        self._ticks = _tick_runs(self._text)
        at = 0
        while found := _SPECIAL.search(self._text, at):
            at = max(found.end(), self._special(found[0], found.start()))
        self._match_runs(0)

    def _hide(self, start: int, end: int) -> None:
        for at in range(self._start + start, self._start + end):
            if self.out[at] != "\n":
                self.out[at] = HIDDEN

    def _special(self, char: str, at: int) -> int:
        """Mask what begins with a special character; return where to go on."""
        if char in "*_~=":
            return self._run(at)
        if char == "|":
            if self._table:
                self.out[self._start + at] = "\t"
            return at + 1
        steps = {
            "\\": self._escape, "`": self._code, "<": self._angle, "!": self._open,
            "[": self._open, "]": self._close, "&": self._entity,
        }  # fmt: skip
        return steps[char](at)

    def _escape(self, at: int) -> int:
        after = self._text[at + 1 : at + 2]
        if after and (after in "\r\n" or re.match(r"[!-/:-@\[-`{-~]", after)):
            self._hide(at, at + 1)
            return at + 2
        return at + 1

    def _code(self, at: int) -> int:
        """Mask the backticks around code, which is literal."""
        length = end_of_run(self._text, at) - at
        closing = self._ticks[length]
        while closing and closing[-1] <= at:
            closing.pop()
        if not closing:
            return at + length
        self._hide(at, at + length)
        self._hide(closing[-1], closing[-1] + length)
        return closing[-1] + length

    def _angle(self, at: int) -> int:
        if self._text.startswith("<!--", at) and at <= self._last_comment:
            end = self._text.index("-->", at + 2) + 3
            self._hide(at, end)
            return end
        if found := _AUTOLINK.match(self._text, at):
            self._hide(at, at + 1)
            self._hide(found.end() - 1, found.end())
            return found.end()
        if found := _TAG.match(self._text, at):
            self._hide(at, found.end())
            name = found["name"].lower()
            if _SEPARATING.fullmatch(name):
                self.out[self._start + at] = " "
            span = self._start + at, self._start + found.end()
            self.tags.append(Tag(*span, name, bool(found["end"]), found["attributes"].lower()))
            return found.end()
        return at + 1

    def _open(self, at: int) -> int:
        image = self._text[at] == "!"
        if image and self._text[at + 1 : at + 2] != "[":
            return at + 1
        if not image and (found := _FOOTNOTE.match(self._text, at)):
            end = found.end() + (self._text[found.end() : found.end() + 1] == ":" and at == 0)
            self._hide(at, end)
            return end
        self._brackets.append(_Bracket(at, image, len(self._runs)))
        return at + 1 + image

    def _close(self, at: int) -> int:
        """Mask a link or a picture that ends at a bracket."""
        if not self._brackets:
            return at + 1
        bracket = self._brackets.pop()
        first = bracket.start + 1 + bracket.image
        end = self._target_end(at, self._text[first:at] if at - first < MAX_LABEL else "")
        if end is None:
            return at + 1
        self._match_runs(bracket.runs)
        if bracket.image:
            self._hide(bracket.start, end)
        else:
            self._hide(bracket.start, bracket.start + 1)
            self._hide(at, end)
            self._brackets = [one for one in self._brackets if one.image]  # no link in a link
        return end

    def _target_end(self, at: int, words: str) -> int | None:
        """Return the end of the target after a closing bracket; None if this is no link."""
        after = self._text[at + 1 : at + 2]
        if after == "(" and (end := _inline_end(self._text, at + 1)):
            return end
        if after == "[" and (found := _LABEL.match(self._text, at + 1)) and found[1][:1] != "^":
            return found.end() if found[1].strip() or label_of(words) in self.labels else None
        return at + 1 if label_of(words) in self.labels else None

    def _entity(self, at: int) -> int:
        found = _ENTITY.match(self._text, at)
        char = unescape(found[0]) if found else ""
        if found is None or len(char) != 1:
            return at + 1
        self._hide(at + 1, found.end())
        self.out[self._start + at] = char
        return found.end()

    def _run(self, at: int) -> int:
        """Remember a run of delimiters that can open or close."""
        run = run_at(self._text, at)
        if run.opens or run.closes:
            self._runs.append(run)
        return run.end

    def _match_runs(self, bottom: int) -> None:
        """Mask the delimiters since a number of runs that belong together, and forget them."""
        for start, end in matched_spans(self._runs[bottom:]):
            self._hide(start, end)
        del self._runs[bottom:]


def _tick_runs(text: str) -> dict[int, list[int]]:
    """Return the positions of runs of backticks by their length, the last one first."""
    found: dict[int, list[int]] = defaultdict(list)
    for run in reversed(list(re.finditer("`+", text))):
        found[len(run[0])].append(run.start())
    return found


def label_of(words: str) -> str:
    """Return a link's label in the form in which labels are compared."""
    return " ".join(words.replace(HIDDEN, " ").split()).casefold()


def _inline_end(text: str, at: int) -> int | None:
    """Return the end of the parentheses with a link's target and title, or None."""
    found = _TARGET.match(text, at)
    if found is None:
        return None
    end = found.end()
    if text[end - 1] != ">":
        depth = 0
        for char in text[end : end + MAX_TARGET]:
            if char.isspace() or (char == ")" and not depth) or depth > MAX_DEPTH:
                break
            depth += (char == "(") - (char == ")")
            end += 1
    title = _TITLE.match(text, end)
    return title.end() if title else None
