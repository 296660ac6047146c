"""Files in their canonical form: looked at, and written where they are not."""

from codecs import BOM_UTF8
from pathlib import Path

from claimcli.core.problems import Problem
from claimcli.dossier.atomic import change_file
from claimcli.dossier.content import decode, read_content, reason_not_to_read
from claimcli.edit.fmt.format import canonical_form
from claimcli.edit.fmt.styled_nodes import CannotFormatError


def canonical_bytes(data: bytes, *, keep_order: bool = False) -> bytes:
    """Return the canonical form of what a file holds; its byte order mark stays.

    Raises CannotFormatError where it is too large, no UTF-8, or has no such form.
    """
    text = decode(data)
    if isinstance(text, Problem):
        raise _left(text)
    mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
    return mark + canonical_form(text, keep_order=keep_order).encode()


def read_formatted(path: Path, *, keep_order: bool = False) -> tuple[bytes, bytes]:
    """Return what a file holds, and its canonical form. Raises CannotFormatError."""
    data = read_content(path)
    if isinstance(data, Problem):
        raise _left(data)
    return data, canonical_bytes(data, keep_order=keep_order)


def format_file(path: Path, *, keep_order: bool = False) -> bool:
    """Bring a file into its canonical form, and return whether it was in another.

    Nobody else writes meanwhile, and its permissions stay. Raises CannotFormatError and OSError;
    the file then stays as it is.
    """
    if problem := reason_not_to_read(path):
        raise _left(problem)
    changed = False

    def change(data: bytes) -> bytes:
        nonlocal changed
        formed = canonical_bytes(data, keep_order=keep_order)
        changed = formed != data
        return formed

    change_file(path, change)
    return changed


def _left(problem: Problem) -> CannotFormatError:
    return CannotFormatError(problem.message, problem.span)
