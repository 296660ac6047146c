"""Time of `claimcli changes` if 3 of 1,000 files differ, compared with git and with `--version`.

    python bench/changes.py [--claims 10000] [--per-file 10] [--runs 10]

Creates a repository with a generated dossier, and copies in which three files are changed: new
wordings, which affect no other claim; new positions; answers to claims in other files. Prints the
median wall time of whole commands in alternating runs, the ratios to `git diff --stat` and to
`claimcli --version`, how many files were read, and the peak memory. Run it with the Python of an
environment in which claimcli is installed.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generate import id_of, write
from measure import medians, peak_memory

TOOL = str(Path(sys.executable).with_name("claimcli"))
GIT = ("git", "-c", "user.name=a", "-c", "user.email=a@example.org")


def reworded(text: str, number: int) -> str:
    return re.sub(r"(statement: )(\w+)", rf"\1Reworded{number}", text, count=1)


def repositioned(text: str, number: int) -> str:
    return re.sub(r"(position: ).*", rf"\1other-{number}", text, count=1)


def answering(text: str, number: int) -> str:
    """Append an answer to the first claim of the dossier, which is in another file."""
    answer = {"claim": id_of("claim", 0), "kind": "denies"}
    record = {"id": f"new-{number}", "party": "party-49", "statement": "No.", "responds_to": answer}
    return text + f"---\nclaims: [{json.dumps(record)}]\n"


EDITS: dict[str, Callable[[str, int], str]] = {
    "other words": reworded,
    "other positions": repositioned,
    "answers to another file": answering,
}


def git(folder: Path, *arguments: str) -> None:
    subprocess.run([*GIT, "-C", folder, *arguments], check=True, capture_output=True)


def copy_edited(folder: Path, original: Path, edit: Callable[[str, int], str]) -> None:
    shutil.copytree(original, folder)
    git(folder, "update-index", "-q", "--refresh")  # copied files have new stamps
    files = sorted((folder / "data").rglob("0*.yaml"))
    for number, path in enumerate(files[len(files) // 2 :: len(files) // 7][:3]):
        path.write_text(edit(path.read_text(encoding="utf-8"), number), encoding="utf-8")


@contextmanager
def quiet() -> Iterator[None]:
    """Discard what commands write to standard error."""
    stderr = os.dup(2)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    try:
        yield
    finally:
        os.dup2(stderr, 2)


def measure(folder: Path, runs: int) -> None:
    os.chdir(folder)
    print_times(["HEAD"], runs)
    git(folder, "commit", "-qam", "edited")
    print_times(["HEAD~1", "HEAD"], runs)


def print_times(ends: list[str], runs: int) -> None:
    ours, theirs = f"claimcli changes {' '.join(ends)}", f"git diff --stat {' '.join(ends)}"
    commands = {
        "claimcli --version": [TOOL, "--version"],
        theirs: [*GIT, "diff", "--stat", *ends],
        ours: [TOOL, "changes", *ends],
    }
    with quiet():
        times = medians(commands, runs=runs)
    for name, taken in times.items():
        ratios = f"{taken / times[theirs]:6.2f} x {taken / times['claimcli --version']:6.2f} x"
        print(f"  {name:28} {taken * 1000:7.1f} ms {ratios}")
    done = subprocess.run(commands[ours], capture_output=True, encoding="utf-8", check=True)
    with quiet():
        memory = peak_memory(commands[ours], {})
    print(f"  {memory:.0f} MiB; {done.stderr.splitlines()[-1]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, number in (("claims", 10_000), ("per-file", 10), ("runs", 10)):
        parser.add_argument(f"--{name}", type=int, default=number)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        original = Path(place, "original")
        original.mkdir()
        git(original, "init", "-q", "-b", "main")
        write(original / "data", given.claims, given.per_file)
        git(original, "add", "-A")
        git(original, "commit", "-qm", "first")
        time.sleep(0.1)  # git does not trust stamps that are as recent as its index
        print(f"{'':30} {'median':>10} {'git diff':>8} {'start':>8}")
        for name, edit in EDITS.items():
            folder = Path(place, name.replace(" ", "-"))
            copy_edited(folder, original, edit)
            print(f"{name}, in 3 of {given.claims // given.per_file:,} files")
            measure(folder, given.runs)


if __name__ == "__main__":
    main()
