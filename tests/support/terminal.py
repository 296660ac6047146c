"""Running a command in a real terminal of a given size."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

INTERRUPT = "\x03"
_SEQUENCE = re.compile(r"\x1b(?:\[[0-9;?]*[@-~]?|\][^\x07\x1b]*(?:\x07|\x1b\\)?|.?)")
"""A control sequence of a terminal, also one that has not arrived completely."""
PATIENCE = 600
"""Seconds after which a command hangs; on no machine does one take as long."""


def in_terminal(
    command: str,
    *,
    cwd: Path,
    columns: int = 100,
    rows: int = 50,
    env: dict[str, str] | None = None,
) -> tuple[str, int]:
    """Run a shell command on a pseudo-terminal; return what it shows and its exit code.

    It uses no pager unless ``env`` names one.
    """
    with _run(command, cwd, (rows, columns), env or {}) as (process, ours):
        shown = b"".join(iter(lambda: _read(ours), b""))
        return _text(shown), process.wait(timeout=PATIENCE)


def conversation(
    command: str,
    exchanges: Sequence[tuple[str, str]],
    *,
    cwd: Path,
    columns: int = 100,
    rows: int = 50,
    env: dict[str, str] | None = None,
) -> tuple[str, int]:
    """Run a shell command on a pseudo-terminal and type into it.

    Each exchange is what must be shown before the next keys are typed, and the keys. Returns all
    that was shown, without control sequences, and the exit code.
    """
    with _run(command, cwd, (rows, columns), {"NO_COLOR": "1", **(env or {})}) as (process, ours):
        shown = b""
        seen = 0
        for expected, keys in exchanges:
            while expected not in _plain(shown)[seen:]:
                part = _read(ours) if _is_shown(ours, PATIENCE) else b""
                assert part, f"no {expected!r} in {_plain(shown)[seen:]!r}"
                shown += part
            seen = _plain(shown).index(expected, seen) + len(expected)
            os.write(ours, keys.encode())
        shown += b"".join(iter(lambda: _read(ours), b""))
        return _plain(shown), process.wait(timeout=PATIENCE)


@contextmanager
def _run(
    command: str, cwd: Path, size: tuple[int, int], env: dict[str, str]
) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Start a shell command with a terminal of its own; give the process and our end."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
    kept = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES", "FORCE_COLOR")}
    with subprocess.Popen(
        command,
        shell=True,
        cwd=cwd,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**kept, "TERM": "xterm", "CLAIMCLI_PAGER": "", **env},
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    ) as process:
        os.close(theirs)
        try:
            yield process, ours
        except BaseException:
            process.kill()
            raise
        finally:
            os.close(ours)


def _is_shown(descriptor: int, seconds: float) -> bool:
    return bool(select.select([descriptor], [], [], seconds)[0])


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # the other end is closed, which Linux reports as an error
        return b""


def _text(shown: bytes) -> str:
    return shown.decode().replace("\r\n", "\n")


def _plain(shown: bytes) -> str:
    """Return what is shown without control sequences."""
    return _SEQUENCE.sub("", shown.decode(errors="ignore")).replace("\r\n", "\n")
