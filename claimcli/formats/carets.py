"""A line of a file with carets under the part that a message is about."""

from collections.abc import Iterator

from claimcli.core.text.escaping import visible

MAX_EXCERPT = 160
"""Maximum number of columns of a line that are shown."""


def caret_lines(
    line: str, start: int, end: int, *, gutter: str = "  ", width: int = MAX_EXCERPT
) -> Iterator[str]:
    """Yield the line, or the part around the marked range, and the carets under it.

    ``start`` and ``end`` count code points from 0, ``end`` exclusive; ``width`` is at most
    MAX_EXCERPT.
    """
    width = max(min(width, MAX_EXCERPT), 20)
    first = max(0, start - width // 2) if len(line) > width else 0
    shown = line[first : first + width]
    before = shown[: start - first]
    marked = shown[len(before) : max(end - first, len(before) + 1)].rstrip() or " "
    blank = "".join(char if char == "|" else " " for char in gutter)
    yield f"{gutter}{visible(shown.expandtabs(4))}"
    yield f"{blank}{' ' * _width(before)}{'^' * max(_width(marked), 1)}"


def _width(text: str) -> int:
    """Return the number of columns of a text: two for wide letters, none for marks and joiners."""
    from unicodedata import category, east_asian_width

    letters = (c for c in visible(text.expandtabs(4)) if category(c) not in ("Mn", "Me", "Cf"))
    return sum(1 + (east_asian_width(letter) in "WF") for letter in letters)
