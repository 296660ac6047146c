"""The benchmarks start: what they import from the package and from each other exists."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.cli import ROOT

SCRIPTS = [p for p in sorted((ROOT / "bench").glob("*.py")) if "__main__" in p.read_text("utf-8")]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_a_benchmark_shows_its_help(script: Path) -> None:
    """The first line of the help says what it measures."""
    done = subprocess.run(
        [sys.executable, "-W", "error", script, "--help"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"usage: {script.name} [-h]")
