"""Run git so that it only reads, and runs no programs from a repository's settings.

Hooks, pagers, the file system monitor and text conversions are turned off; filters, external diff
programs and other settings affect only commands that are not used here. Git fetches nothing, takes
no lock and does not refresh the index.
"""

import os
import subprocess
from pathlib import Path
from typing import IO, cast

from claimcli.core.problems import ClaimcliError, ExitCode

_SAFELY = (
    "--no-pager", "--no-optional-locks", "--literal-pathspecs",
    "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "protocol.allow=never",
)  # fmt: skip
_SETTINGS = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
"""Git before 2.45 ignores GIT_NO_LAZY_FETCH, but it cannot fetch without an allowed protocol."""
_ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR")
"""Variables that may name another repository than that of the data, for example within a hook."""


def git(folder: Path, *arguments: str, given: bytes = b"", codes: tuple[int, ...] = (0,)) -> bytes:
    """Return the output of git, run in a folder with ``given`` as its input.

    Raises ClaimcliError if git is not installed, or exits with a code that is not in ``codes``.
    """
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program and the arguments of this package
            _command(folder, arguments),
            input=given,
            capture_output=True,
            env=_environment(),
            check=False,
        )
    except FileNotFoundError:
        raise _absent() from None
    if done.returncode not in codes:
        raise _failed(done.stderr)
    return done.stdout


class Objects:
    """Reads objects of a repository by name; git is started for the first one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process: subprocess.Popen[bytes] | None = None

    def read(self, name: str, most: int) -> bytes:
        """Return the content of an object; of a larger one, slightly more than ``most`` bytes.

        Raises ClaimcliError if the clone does not contain it.
        """
        process = self.process or self._start()
        into, out = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
        try:
            into.write(f"{name}\n".encode())
            into.flush()
        except BrokenPipeError:
            raise _missing(name) from None
        header = out.readline().split()
        if len(header) != 3:  # "... missing", or nothing if git failed
            raise _missing(name)
        left = int(header[2]) + 1
        data = out.read(min(left, most + 1))
        left -= len(data)
        while left and (rest := out.read(min(left, 1024 * 1024))):
            left -= len(rest)
        return data if len(data) > most else data[:-1]

    def close(self) -> None:
        """Stop git, if it was started."""
        if self.process:
            self.process.communicate()
            self.process = None

    def _start(self) -> subprocess.Popen[bytes]:
        try:
            self.process = subprocess.Popen(  # noqa: S603 - as above
                _command(self.folder, ("cat-file", "--batch")),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )
        except FileNotFoundError:
            raise _absent() from None
        return self.process


def _command(folder: Path, arguments: tuple[str, ...]) -> list[str]:
    return ["git", *_SAFELY, "-C", os.fspath(folder), *arguments]


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    return {**kept, **_SETTINGS}


def _absent() -> ClaimcliError:
    hint = "install it, or compare two folders: claimcli changes FOLDER FOLDER"
    return ClaimcliError("git is not installed", hint, code=ExitCode.UNREADABLE)


def _failed(stderr: bytes) -> ClaimcliError:
    text = stderr.decode("utf-8", "backslashreplace").strip()
    reason, _, rest = text.partition("\n")
    reason = reason.removeprefix("fatal: ").removeprefix("error: ") or "no reason given"
    hint = rest.strip() if "safe.directory" in rest else "see what 'git status' says there"
    return ClaimcliError(f"git cannot read it: {reason}", hint, code=ExitCode.UNREADABLE)


def _missing(name: str) -> ClaimcliError:
    return ClaimcliError(
        f"this clone does not contain the object {name[:12]}",
        "fetch it: git fetch --refetch, or clone without --filter",
        code=ExitCode.UNREADABLE,
    )
