"""Running a command in a real terminal of a given size."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
from collections.abc import Sequence
from pathlib import Path


def in_terminal(
    command: str, *, cwd: Path, columns: int = 100, env: dict[str, str] | None = None
) -> tuple[str, int]:
    """Run a shell command on a pseudo-terminal; return what it shows and its exit code."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    kept = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES", "FORCE_COLOR")}
    with subprocess.Popen(
        command,
        shell=True,
        cwd=cwd,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**kept, "TERM": "xterm", **(env or {})},
    ) as process:
        os.close(theirs)
        shown = b"".join(iter(lambda: _read(ours), b""))
        code = process.wait(timeout=300)
    os.close(ours)
    return shown.decode().replace("\r\n", "\n"), code


def conversation(
    command: str,
    exchanges: Sequence[tuple[str, str]],
    *,
    cwd: Path,
    columns: int = 100,
    env: dict[str, str] | None = None,
) -> tuple[str, int]:
    """Run a shell command on a pseudo-terminal and type into it.

    Each exchange is what must be shown before the next keys are typed, and the keys. Returns all
    that was shown and the exit code.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    kept = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES", "FORCE_COLOR")}
    with subprocess.Popen(
        command,
        shell=True,
        cwd=cwd,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**kept, "TERM": "xterm", "NO_COLOR": "1", **(env or {})},
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    ) as process:
        os.close(theirs)
        shown = b""
        seen = 0
        for expected, keys in exchanges:
            while expected.encode() not in shown[seen:]:
                ready, _, _ = select.select([ours], [], [], 30)
                part = _read(ours) if ready else b""
                if not part:
                    process.kill()
                    raise AssertionError(f"no {expected!r} in {shown.decode()!r}")
                shown += part
            seen = shown.index(expected.encode(), seen) + len(expected.encode())
            os.write(ours, keys.encode())
        shown += b"".join(iter(lambda: _read(ours), b""))
        code = process.wait(timeout=60)
    os.close(ours)
    return shown.decode().replace("\r\n", "\n"), code


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # the other end is closed, which Linux reports as an error
        return b""
