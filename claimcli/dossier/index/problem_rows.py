"""Conversion of problems to rows of the table ``problems``, and back."""

from collections.abc import Sequence
from typing import Any

import msgspec

from claimcli.core.problems import Fix, Place, Problem, Span

Row = Sequence[Any]
encode = msgspec.msgpack.Encoder().encode


def problem_row(
    file: int, problem: Problem, kind: str | None = None, name: str | None = None
) -> Row:
    """Return the row of a problem; its related places are in the same file.

    ``kind`` and ``name`` are those of a record that is unknown or used twice.
    """
    span = problem.span
    related = [(s.line, s.column, s.end_line, s.end_column) for s in problem.related]
    return (
        None, file, problem.rule, problem.severity.value, problem.message, problem.help,
        span.line, span.column, span.end_line, span.end_column, kind, name,
        *(problem.unread or (None, None)), encode(related) if related else None,
        encode_fix(problem.fix),
    )  # fmt: skip


def encode_fix(fix: Fix | None) -> bytes | None:
    """Return a fix as bytes, without its path."""
    if fix is None:
        return None
    at = fix.span
    place = (at.line, at.column, at.end_line, at.end_column)
    return encode((place, fix.before, fix.after))


def decode_fix(data: bytes | None, path: str) -> Fix | None:
    """Return the fix of a problem in the file ``path``."""
    if data is None:
        return None
    place, before, after = msgspec.msgpack.decode(data, type=tuple[Place, str, str])
    return Fix(Span(path, *place), before, after)


def decode_places(data: bytes | None) -> list[Place]:
    """Return the related places of a problem."""
    return msgspec.msgpack.decode(data, type=list[Place]) if data else []
