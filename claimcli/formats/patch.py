"""The change of one file as a patch for ``patch -p1`` and ``git apply``."""

import os
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO

from claimcli.core.text.escaping import one_line
from claimcli.core.text.line_diff import Run, matching_lines

_AROUND = 3
_BINARY_START = 8000
"""Bytes at the start of a file that make it binary, for git too, if one of them is zero."""

_Lines = Sequence[bytes]
_Change = tuple[int, int, int, int]
"""The start and end of lines in the old text, and of the lines that replace them in the new."""


def patch(path: str, before: bytes | None, after: bytes | None) -> bytes:
    """Return the unified diff of a file's bytes; None means that there is no file.

    An empty ``before`` counts as a new file too; a new binary file is only named. The time is
    linear in the size of the texts; for large texts with many differences the patch may be longer
    than necessary.
    """
    if before == after:
        return b""
    old, new = list(BytesIO(before or b"")), list(BytesIO(after or b""))
    was = _quoted_name(f"a/{path.lstrip('/')}") if before else b"/dev/null"
    now = b"/dev/null" if after is None else _quoted_name(f"b/{path.lstrip('/')}")
    if not before and b"\0" in (after or b"")[:_BINARY_START]:
        return b"Binary files %s and %s differ\n" % (was, now.rstrip(b"\t"))
    parts = [b"--- %s\n+++ %s\n" % (was, now)]
    for hunk in _hunks(_changes(matching_lines(old, new), len(old), len(new))):
        parts += _written(hunk, old, new)
    return b"".join(parts)


def _quoted_name(name: str) -> bytes:
    """Return a file name as git writes it, so that its end is unambiguous.

    A name with spaces is followed by a tab; a name with control characters or undecodable bytes
    is quoted, with octal escapes (git-diff, ``core.quotePath``).
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
    """Yield the changes whose context lines overlap, hunk by hunk."""
    hunk: list[_Change] = []
    for change in changes:
        if hunk and change[0] - hunk[-1][1] > 2 * _AROUND:
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk


def _written(hunk: Sequence[_Change], old: _Lines, new: _Lines) -> Iterator[bytes]:
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
