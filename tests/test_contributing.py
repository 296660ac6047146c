"""The worked examples of CONTRIBUTING.md are done in a copy of the repository, in their order."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.support.cli import ROOT

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__")


def test_the_examples_work_as_written(tmp_path: Path) -> None:
    """Files are written, lines changed, and commands show what is shown below them."""
    copy = tmp_path / "copy"
    shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
    (copy / ".venv").mkdir()
    (copy / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    for language, path, block in BLOCKS:
        if language == "console":
            run(block, copy)
        elif language == "diff":
            change(copy / path, block)
        else:
            assert not (copy / path).exists()
            (copy / path).write_text(block, encoding="utf-8")
    checked = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--quiet", "."], cwd=copy, check=False
    )
    assert checked.returncode == 0


def run(block: str, folder: Path) -> None:
    """Run the commands of a block, and compare what they write with what the block shows."""
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    for command, expected in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
        if "pip install" in command:
            continue
        done = subprocess.run(
            command,
            shell=True,
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        if expected:
            assert done.stdout == expected, command
        assert done.returncode == 0, done.stdout


def change(path: Path, block: str) -> None:
    """Apply a diff that has no line numbers: its old lines occur once in the file."""
    lines = block.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if line[0] in " -")
    new = "".join(line[1:] for line in lines if line[0] in " +")
    text = path.read_text(encoding="utf-8")

    assert text.count(old) == 1, (path, old)
    path.write_text(text.replace(old, new), encoding="utf-8")
