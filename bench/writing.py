"""Safety of writing: processes killed while they write, and two that write one file at once.

``python bench/writing.py`` kills a process that sets a field of a dossier a thousand times, at
random moments, and one that formats it, and checks after each that the file has one of the possible
contents. Then two processes add a thousand claims each to one file, and the claims in it are
counted. ``--kills`` and ``--claims`` change these numbers.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Never

sys.path.insert(0, str(Path(__file__).parent.parent))

from claimcli.core.problems import ClaimcliError
from claimcli.dossier.atomic import replace_file
from claimcli.edit import commands
from claimcli.edit.fmt.format import canonical_form, read_formatted
from claimcli.edit.journal import FileWrite, write_possible
from claimcli.edit.record_edits import parse
from claimcli.edit.target import EditTarget

TEXT = """\
# A dossier that is changed all the time.
claims:
  - id: a
    party: p
    statement: It is so.   # said twice
    note: n0
    source: {title: T, published: 2023}
  - {id: b, party: q, statement: 'No.'}
"""


def main() -> None:
    """Run both tests and print the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--claims", type=int, default=1000)
    given = parser.parse_args()
    for what, edit in (("set", set_forever), ("fmt", format_forever)):
        start = time.monotonic()
        changed = kill(given.kills, edit)
        seconds = time.monotonic() - start
        print(f"{given.kills} kills of {what} in {seconds:.0f} s: "
              f"each file whole, {changed} of them changed")  # fmt: skip
    start = time.monotonic()
    added, rejected = add_concurrently(given.claims)
    seconds = time.monotonic() - start
    print(f"2 x {given.claims} claims in {seconds:.0f} s: {added} added, {rejected} rejected")
    if added + rejected != 2 * given.claims:
        raise SystemExit("claims are missing")


def kill(times: int, edit: Callable[[Path], Never]) -> int:
    """Kill a process that edits a file repeatedly; return how many files it had changed.

    Raises AssertionError if a file is neither in its old nor in one of the new states.
    """
    random.seed(1)
    changed = 0
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.yaml"
        for _ in range(times):
            file.write_text(TEXT, encoding="utf-8")
            child = os.fork()
            if child == 0:
                edit(file)
            time.sleep(random.random() * 0.15)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            text = file.read_text(encoding="utf-8")
            number = int(text.partition("note: n")[2].partition("\n")[0])
            edited = TEXT.replace("note: n0", f"note: n{number}")
            assert text in (edited, canonical_form(edited)), text
            changed += text != TEXT
            assert [path.name for path in Path(folder).glob("[!.]*")] == ["a.yaml"]
    return changed


def set_forever(file: Path) -> Never:
    """Set a field of a claim to a new value each time."""
    number = 0
    while True:
        number += 1
        commands.set_record(EditTarget([file.parent]), "a", "claim", [f"note=n{number}"])


def format_forever(file: Path) -> Never:
    """Format a file and restore its original content."""
    while True:
        before, after = read_formatted(file)
        write_possible([file.parent], [FileWrite(file, before, after)], "fmt")
        replace_file(file, TEXT.encode())


def add_concurrently(claims: int) -> tuple[int, int]:
    """Let two processes add claims to one file; return how many were added and rejected."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.yaml"
        file.write_text(TEXT, encoding="utf-8")
        before = len(parse(TEXT).records)
        children = []
        for name in ("one", "two"):
            reading, writing = os.pipe()
            child = os.fork()
            if child == 0:
                os.write(writing, str(_add(Path(folder), name, claims)).encode())
                os._exit(0)
            os.close(writing)
            children.append((child, reading))
        rejected = 0
        for child, reading in children:
            rejected += int(os.read(reading, 100) or b"0")
            assert os.waitpid(child, 0)[1] == 0
        text = file.read_text(encoding="utf-8")
        assert text.startswith(TEXT)
        return len(parse(text).records) - before, rejected


def _add(folder: Path, name: str, claims: int) -> int:
    """Add claims; return how many were rejected with a clear error."""
    rejected = 0
    for number in range(claims):
        record = {"id": f"{name}-{number}", "party": "p", "statement": f"It is {number}."}
        try:
            commands.add_record(EditTarget([folder], folder / "a.yaml"), "claim", record)
        except ClaimcliError:
            rejected += 1
    return rejected


if __name__ == "__main__":
    main()
