"""A change of one file as a patch that ``patch -p1`` and ``git apply`` take."""

import os
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO

from claimcli.core.text.escaping import one_line
from claimcli.core.text.line_diff import Run, same_lines

_AROUND = 3

_Lines = Sequence[bytes]
_Change = tuple[int, int, int, int]
"""Lines from where to where in one text that lines from where to where in the other replace."""


def patch(path: str, before: bytes, after: bytes) -> bytes:
    """Return the unified diff of a file's bytes; those of a new file are held against nothing.

    The time that it takes grows with the texts: where they are large and differ a lot, the patch
    may be longer than it would have to be.
    """
    if before == after:
        return b""
    old, new = list(BytesIO(before)), list(BytesIO(after))
    was = _named(f"a/{path.lstrip('/')}") if before else b"/dev/null"
    parts = [b"--- %s\n" % was, b"+++ %s\n" % _named(f"b/{path.lstrip('/')}")]
    for hunk in _hunks(_changes(same_lines(old, new), len(old), len(new))):
        parts += _written(hunk, old, new)
    return b"".join(parts)


def _named(name: str) -> bytes:
    """Return a file's name as git writes it, so that it ends where it is to end.

    One with spaces has a tab behind it; one with what steers a terminal or is no text stands in
    quotation marks, with octal escapes (git-diff, on ``core.quotePath``).
    """
    if name == one_line(name) and name.isprintable():
        return name.encode() + b"\t" * (" " in name)
    escaped = "".join(
        chr(byte) if 0x20 <= byte < 0x7F and byte not in b'"\\' else f"\\{byte:03o}"
        for byte in os.fsencode(name)
    )
    return f'"{escaped}"'.encode()


def _changes(same: Sequence[Run], old: int, new: int) -> Iterator[_Change]:
    at = (0, 0)
    for start, other, size in [*same, (old, new, 0)]:
        if (start, other) != at:
            yield (at[0], start, at[1], other)
        at = (start + size, other + size)


def _hunks(changes: Iterable[_Change]) -> Iterator[list[_Change]]:
    """Yield the changes that share what stays between them."""
    hunk: list[_Change] = []
    for change in changes:
        if hunk and change[0] - hunk[-1][1] > 2 * _AROUND:
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk


def _written(
    hunk: Sequence[_Change], old: Sequence[bytes], new: Sequence[bytes]
) -> Iterator[bytes]:
    before = min(_AROUND, hunk[0][0])
    after = min(_AROUND, len(old) - hunk[-1][1])
    start, end = hunk[0][0] - before, hunk[-1][1] + after
    other, other_end = hunk[0][2] - before, hunk[-1][3] + after
    yield f"@@ -{_range(start, end)} +{_range(other, other_end)} @@\n".encode()
    at = start
    for first, last, there, there_last in hunk:
        yield from (_marked(b" ", line) for line in old[at:first])
        yield from (_marked(b"-", line) for line in old[first:last])
        yield from (_marked(b"+", line) for line in new[there:there_last])
        at = last
    yield from (_marked(b" ", line) for line in old[at:end])


def _range(start: int, end: int) -> str:
    size = end - start
    return f"{start + 1}" if size == 1 else f"{start + bool(size)},{size}"


def _marked(mark: bytes, line: bytes) -> bytes:
    end = b"" if line.endswith(b"\n") else b"\n\\ No newline at end of file\n"
    return mark + line + end
