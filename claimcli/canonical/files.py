"""Files in their canonical form: looked at, and written where they are not."""

from pathlib import Path

from claimcli.canonical.form import canonical_form
from claimcli.canonical.tree import LeftAsItStandsError
from claimcli.problems import Span
from claimcli.reading import MAX_BYTES, not_utf8
from claimcli.writing import change_file

_MARK = "\ufeff"
_WRITABLE = 0o222


def canonical_bytes(data: bytes, *, keep_order: bool = False) -> bytes:
    """Return the canonical form of what a file holds; its byte order mark stays.

    Raises LeftAsItStandsError where it is too large, no UTF-8, or has no such form.
    """
    if len(data) > MAX_BYTES:
        raise LeftAsItStandsError("this is larger than 64 MiB", Span(""))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        problem = not_utf8(data, error.start)
        raise LeftAsItStandsError(problem.message, problem.span) from None
    mark = _MARK if text.startswith(_MARK) else ""
    form = canonical_form(text.removeprefix(mark), keep_order=keep_order)
    return f"{mark}{form}".encode()


def read_and_formed(path: Path, *, keep_order: bool = False) -> tuple[bytes, bytes]:
    """Return what a file holds, and its canonical form. Raises LeftAsItStandsError and OSError."""
    _look_at(path)
    data = path.read_bytes()
    return data, canonical_bytes(data, keep_order=keep_order)


def write_form(path: Path, *, keep_order: bool = False) -> bool:
    """Bring a file into its canonical form, and return whether it was in another.

    Nobody else writes meanwhile, and its permissions stay. Raises LeftAsItStandsError and OSError;
    the file then stays as it is.
    """
    _look_at(path)
    changed = False

    def change(data: bytes) -> bytes:
        nonlocal changed
        formed = canonical_bytes(data, keep_order=keep_order)
        changed = formed != data
        if changed and not path.stat().st_mode & _WRITABLE:
            raise LeftAsItStandsError("the file is read-only", Span(""))
        return formed

    change_file(path, change)
    return changed


def _look_at(path: Path) -> None:
    """Raise an error for what must not be read: a device, or more than can be."""
    if path.stat().st_size > MAX_BYTES:
        raise LeftAsItStandsError("this is larger than 64 MiB", Span(""))
    if not path.is_file():
        raise LeftAsItStandsError("this is no file that can be read", Span(""))
