"""A change of one file as a patch that ``patch -p1`` and ``git apply`` take."""

import re
from difflib import unified_diff
from itertools import takewhile

_AROUND = 3
_RANGE = re.compile(r"@@ -(\d+)(,\d+)? \+(\d+)(,\d+)? @@")


def patch(path: str, before: bytes, after: bytes) -> bytes:
    """Return the unified diff of a file's bytes; those of a new file are held against nothing.

    Only what lies between the first and the last line that differs is compared, so that a large
    file costs no more than a small one.
    """
    olds, news = before.splitlines(keepends=True), after.splitlines(keepends=True)
    same = _alike(olds, news)
    skipped = max(same - _AROUND, 0)
    kept = min(_alike(olds[::-1], news[::-1]), min(len(olds), len(news)) - same)
    cut = max(kept - _AROUND, 0)
    name = path.lstrip("/")
    lines = unified_diff(
        _lines(olds[skipped : len(olds) - cut]),
        _lines(news[skipped : len(news) - cut]),
        f"a/{name}" if before else "/dev/null",
        f"b/{name}",
        n=_AROUND,
    )
    told = (_moved(line, skipped) if line.startswith("@@") else line for line in lines)
    return "".join(told).encode("utf-8", "surrogateescape")


def _alike(olds: list[bytes], news: list[bytes]) -> int:
    pairs = zip(olds, news, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _lines(lines: list[bytes]) -> list[str]:
    found = [line.decode("utf-8", "surrogateescape") for line in lines]
    if found and not found[-1].endswith("\n"):
        found[-1] += "\n\\ No newline at end of file\n"
    return found


def _moved(header: str, by: int) -> str:
    def later(found: re.Match[str]) -> str:
        old, new = (int(found[n]) + (by if int(found[n]) or by else 0) for n in (1, 3))
        return f"@@ -{old}{found[2] or ''} +{new}{found[4] or ''} @@"

    return _RANGE.sub(later, header)
