"""The bytes and the text of a file, or the problem that keeps it from being read."""

import os
import re
from pathlib import Path

from claimcli.core.problems import WHOLE_FILE, Problem, Span

MAX_BYTES = 64 * 1024 * 1024


def read_content(path: Path) -> bytes | Problem:
    """Return the bytes of a file, or the reason why it cannot be read."""
    try:
        return reason_not_to_read(path) or path.read_bytes()
    except OSError as error:
        if _has_undecodable_name(path):
            return _problem("unreadable-file", "its name is not UTF-8", "rename it")
        reason = error.strerror or type(error).__name__
        return _problem("unreadable-file", f"cannot be read: {reason}", "check its permissions")


def _has_undecodable_name(path: Path) -> bool:
    """Return whether a path spells out bytes that are not UTF-8, as all paths do here."""
    name = re.sub(r"\\udc([89a-f][0-9a-f])", lambda byte: chr(0xDC00 + int(byte[1], 16)), str(path))
    return name != str(path) and os.path.lexists(name)


def reason_not_to_read(path: Path) -> Problem | None:
    """Return the problem of a file that is too large or is a device. Raises OSError."""
    if path.stat().st_size > MAX_BYTES:
        return too_large()
    if not path.is_file():
        hint = "check its permissions, or move it away"
        return _problem("unreadable-file", "this is not a file that can be read", hint)
    return None


def decode(data: bytes) -> str | Problem:
    """Return the text of a file's bytes without a byte order mark, or what is wrong with them."""
    if len(data) > MAX_BYTES:
        return too_large()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _not_utf8(data, error.start)


def too_large() -> Problem:
    """Return the problem of a file that is larger than MAX_BYTES."""
    return _problem("too-large", "the file is larger than 64 MiB", "split it")


def _problem(rule: str, message: str, hint: str) -> Problem:
    return Problem(rule, message, Span(""), help=hint, unread=WHOLE_FILE)


def _not_utf8(data: bytes, at: int) -> Problem:
    """Return the problem of bytes that are not UTF-8 from an offset on."""
    line = data.count(b"\n", 0, at) + 1
    start = data.rfind(b"\n", 0, at) + 1
    column = len(data[start:at].decode("utf-8-sig", "replace")) + 1
    span = Span("", line, column, line, column + 1)
    message, hint = f"the byte 0x{data[at]:02x} is not UTF-8", "save the file as UTF-8"
    return Problem("not-utf8", message, span, help=hint, unread=WHOLE_FILE)
