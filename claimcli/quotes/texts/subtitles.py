"""Subtitles (SubRip and WebVTT) with their numbers, times and tags masked.

A sentence that runs over several cues is then one sentence, and all positions stay.
"""

import re
from collections.abc import Iterator
from html import unescape

_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_TIMING = re.compile(rf"[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}[^\n]*")
_FIRST = re.compile(rf"^{_TIMING.pattern}$", re.MULTILINE)
_BLOCK = re.compile(r"(?:\ufeff?WEBVTT|NOTE|STYLE|REGION|X-TIMESTAMP-MAP)(?![^\s=-])")
_TAG = re.compile(
    r"</?(?:[A-Za-z][^<>\n]{0,200}|\d[\d:.]{4,12})?>|\{\\[^{}\n]{1,100}\}|\{[bius]\}|\{/[bius]\}"
)
_ENTITY = re.compile(r"&(?:amp|lt|gt|nbsp|lrm|rlm|#\d{1,6});")
_ROLLING = re.compile(r"<\d{1,2}:\d{2}:\d{2}\.\d{3}>")
HIDDEN = "\u200b"


def is_subtitles(text: str) -> bool:
    """Return whether a text has the line with times that begins a cue."""
    return "-->" in text and _FIRST.search(text) is not None


def mask_subtitles(text: str) -> tuple[str, str]:
    """Return the spoken text, and the same with tags, which can name speakers; positions stay.

    What separates cues is replaced by spaces and one line feed. Lines that automatic subtitles
    repeat from the cue before are masked in the first text.
    """
    out = list(text)
    for start, end in _separators(text):
        out[start:end] = " " * (end - start)
        if start < end < len(text):
            out[end - 1] = "\n"
    tagged = "".join(out)
    said = _ENTITY.sub(_character, _TAG.sub(lambda tag: HIDDEN * len(tag[0]), tagged))
    return (_without_repeats(said) if _ROLLING.search(text) else said), tagged


def _separators(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans between spoken lines: from the end of one to the start of the next."""
    at, last = 0, -2
    for number, start, end in _said_lines(text):
        if number != last + 1 and "-->" in text[at:start]:
            yield at, start
        at, last = end, number
    if "-->" in text[at:]:
        yield at, len(text)


def _said_lines(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield the number, the start and the end of each line of words."""
    said = block = False
    at = 0
    lines = text.split("\n")
    for number, (line, after) in enumerate(zip(lines, [*lines[1:], ""], strict=True)):
        words = line.strip()
        if not words:
            said = block = False
        elif _TIMING.match(line):
            said, block = True, False
        elif _TIMING.match(after) and (not said or words.isdigit()):
            block = True  # the number or name of a cue
        elif not said and (block or _BLOCK.match(line)):
            block = True
        elif not block:
            yield number, at, at + len(line.rstrip())
        at += len(line) + 1


def _character(entity: re.Match[str]) -> str:
    char = unescape(entity[0])
    return char + HIDDEN * (len(entity[0]) - 1) if len(char) == 1 else entity[0]


def _without_repeats(said: str) -> str:
    """Mask each line that has the words of the last line or of the one before it."""
    found: list[str] = []
    last = ""
    for line in said.split("\n"):
        words = line.replace(HIDDEN, "").strip()
        repeated = bool(words) and words == last
        last = words or last
        found.append(HIDDEN * len(line) if repeated else line)
    return "\n".join(found)
