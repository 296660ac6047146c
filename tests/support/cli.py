"""Running the command line as a person does: in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
TEST_DATA = Path(os.environ.get("CLAIMCLI_TEST_DATA") or ROOT / "no-test-data")
"""The folder with data that is not part of the project; tests that need it are skipped without."""


def claimcli(
    *arguments: str, cwd: Path = ROOT, env: dict[str, str] | None = None, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run one command without a terminal, warnings being errors; return its output and exit code."""
    settings = {k: v for k, v in os.environ.items() if k not in ("FORCE_COLOR", "CLAIMCLI_DATA")}
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "claimcli", *arguments],
        cwd=cwd,
        env={**settings, **(env or {})},
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
