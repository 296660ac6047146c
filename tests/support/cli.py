"""Running the command line as a person does: in a process of its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support import preloaded

ROOT = Path(__file__).parent.parent.parent
TEST_DATA = Path(os.environ.get("CLAIMCLI_TEST_DATA") or ROOT / "no-test-data")
"""The folder with data that is not part of the project; tests that need it are skipped without."""


def obeying_modes() -> list[str]:
    """Return the command before which a command obeys the permissions of files, also as superuser.

    Skips the test if there is no such command.
    """
    if os.geteuid():
        return []
    if not shutil.which("setpriv"):
        pytest.skip("the superuser may write to every file, and there is no setpriv")
    override = "-dac_override,-dac_read_search"
    return ["setpriv", f"--bounding-set={override}", f"--inh-caps={override}"]


def claimcli(
    *arguments: str,
    cwd: Path = ROOT,
    env: dict[str, str] | None = None,
    stdin: str = "",
    before: Sequence[str] = (),
) -> subprocess.CompletedProcess[str]:
    """Run one command without a terminal, warnings being errors; return its output and exit code.

    ``before`` is a command that runs it.
    """
    settings = {k: v for k, v in os.environ.items() if k not in ("FORCE_COLOR", "CLAIMCLI_DATA")}
    settings.update(env or {})
    if not before and preloaded.available(settings):
        code, out, err = preloaded.run(arguments, cwd=cwd, env=settings, stdin=stdin.encode())
        return subprocess.CompletedProcess(arguments, code, _text(out), _text(err))
    return subprocess.run(
        [*before, sys.executable, "-W", "error", "-m", "claimcli", *arguments],
        cwd=cwd,
        env=settings,
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )


def _text(output: bytes) -> str:
    """Return output as text, with line ends as subprocess returns them."""
    return output.decode().replace("\r\n", "\n").replace("\r", "\n")
