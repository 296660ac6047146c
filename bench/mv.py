"""Renaming a party in every claim of a large dossier, and kills during changes of many files.

``python bench/mv.py`` renames a party that every claim of a generated dossier names, and checks
that exactly the places with its id have changed. The floor is to parse all files with PyYAML's C
parser twice, before and after the change. Then it kills ``mv``, ``rm`` and ``undo`` a hundred times
each at random moments, and checks that all files are in the state before or after. ``--claims``,
``--per-file`` and ``--kills`` change the numbers.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parent.parent))

FILE = "claims:\n"
CLAIM = """\
  - id: claim-{0}
    party: waterworks
    statement: The waterworks said {0} times that waterworks-{0} is sound.
    said: 2023-05-02
    tags: [waterworks]
    rebuttals:
      - {{party: residents, statement: It is not., reports: {{party: waterworks}}}}
"""
NAMING = ("    party: waterworks\n", "reports: {party: waterworks}")


def main() -> None:
    """Run both tests and print the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--per-file", type=int, default=1_000)
    parser.add_argument("--kills", type=int, default=100)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rename(Path(folder), given.claims, given.per_file)
    for command in (("mv", "waterworks", "works"), ("rm", "claim-1", "--unlink"), ("undo",)):
        with tempfile.TemporaryDirectory() as folder:
            changed = kill(Path(folder), command, given.kills)
        print(f"{given.kills} kills of {command[0]}: all files before or after, {changed} after")


def write(folder: Path, claims: int, per_file: int) -> list[Path]:
    """Write a dossier and return its files."""
    data = folder / "data"
    data.mkdir()
    for first in range(0, claims, per_file):
        numbers = range(first, min(first + per_file, claims))
        text = FILE + "".join(CLAIM.format(number) for number in numbers)
        (data / f"{first:07}.yaml").write_text(text, encoding="utf-8")
    return sorted(data.glob("*.yaml"))


def renamed(text: str) -> str:
    """Return a text with the id replaced in the places that name the party."""
    for place in NAMING:
        text = text.replace(place, place.replace("waterworks", "the-waterworks"))
    return text


def rename(folder: Path, claims: int, per_file: int) -> None:
    """Rename a party, and print the time as a multiple of the floor."""
    files = write(folder, claims, per_file)
    expected = {file: renamed(file.read_text(encoding="utf-8")) for file in files}
    start = time.process_time()
    for file in files:
        text = file.read_text(encoding="utf-8")
        for version in (text, renamed(text)):
            for _ in yaml.parse(version, Loader=yaml.CSafeLoader):
                pass
    floor = time.process_time() - start
    before = os.times()
    claimcli(folder, "mv", "waterworks", "the-waterworks")
    after = os.times()
    used = after.children_user + after.children_system
    used -= before.children_user + before.children_system
    assert {file: file.read_text(encoding="utf-8") for file in files} == expected
    print(f"{claims:,} claims in {len(files):,} files: every place and nothing else renamed; "
          f"{used / floor:.1f} x the floor")  # fmt: skip


def kill(folder: Path, command: tuple[str, ...], times: int) -> int:
    """Kill a command at random moments; return how many times the files were changed.

    Raises AssertionError if some files are changed and others are not.
    """
    random.seed(1)
    files = write(folder, 40, 10)
    if command == ("undo",):
        claimcli(folder, "mv", "waterworks", "works")
    original = folder / "original"
    shutil.copytree(folder / "data", original)
    before = contents(files)
    start = time.monotonic()
    claimcli(folder, *command)
    seconds = time.monotonic() - start
    after = contents(files)
    changed = 0
    for _ in range(times):
        shutil.rmtree(folder / "data")
        shutil.copytree(original, folder / "data")
        child = subprocess.Popen(line(command), cwd=folder, stdout=-3, stderr=-3)
        time.sleep(random.uniform(seconds * 0.5, seconds * 1.2))
        child.send_signal(signal.SIGKILL)
        child.wait()
        claimcli(folder, "list", "--limit", "1")
        assert contents(files) in (before, after)
        changed += contents(files) == after
    return changed


def contents(files: list[Path]) -> list[bytes]:
    """Return what the files contain."""
    return [file.read_bytes() for file in files]


def claimcli(folder: Path, *command: str) -> None:
    """Run a command in a folder."""
    subprocess.run(line(command), cwd=folder, check=True, capture_output=True)


def line(command: tuple[str, ...]) -> list[str]:
    """Return the command line of a command, which keeps no index."""
    return [sys.executable, "-m", "claimcli", *command, "--no-cache"]


if __name__ == "__main__":
    main()
