"""How processor time and memory grow with hostile inputs, each concentrated in one place.

    python bench/growth.py [--only NAME ...] [--seconds 1] [--most 300]

Each input is enlarged until the command takes a second of processor time (user and system, with
its child processes) more than with an input of size 1, the floor. It is measured at that size n
and at 4n, with an empty cache folder. The table has the times without the floor, the exponent k
of a growth as n**k, the peak memory of inputs of up to 1 MB, and that at 4n. The exit code is 1
if an exponent exceeds 1.2, if the first peak exceeds 300 MiB, or if a command ends without a
result or a message. An input that is refused at once never takes a second; its line has the
last attempt.
"""

import argparse
import math
import os
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

MOST_EXPONENT = 1.2
MOST_SECONDS = 300
MOST_BYTES = 24_000_000
MEGABYTE = 1_000_000
MESSAGES = (0, 1, 2, 3)
"""Exit codes that are not a failure of the program."""


def words(number: int = 8) -> str:
    """Return random words."""
    return " ".join(random.choices(WORDS, k=number))


WORDS = [f"w{number}" for number in range(5000)]


def claims(lines: Iterable[str]) -> str:
    """Return a dossier of claims, given without the mark of the list."""
    return "claims:\n" + "".join(f"- {line}\n" for line in lines)


def unnamed_answers(n: int) -> str:
    """Return one claim with answers that have no id."""
    return claims(["id: a\n  party: x\n  statement: s\n  rebuttals:"]) + (
        "  - {party: b, statement: c}\n" * n
    )


def titled_sources(n: int) -> str:
    """Return one claim with sources that have no id."""
    return claims(["id: a\n  party: x\n  statement: s\n  sources:"]) + "  - {title: b}\n" * n


def nested_answers(n: int) -> str:
    """Return claims with one chain of 90 answers, each nested in the one before."""
    lines = []
    for top in range(n):
        lines += [f"- {{id: c{top}, party: x, statement: s, rebuttals: [{{party: b, statement: c"]
        lines += [", rebuttals: [{party: b, statement: c"] * 40 + ["}]"] * 41 + ["}\n"]
    return "claims:\n" + "".join(lines)


def one_issue(n: int, *, parties: int = 2, positions: int = 3) -> str:
    """Return claims with few positions on one issue, by different parties."""
    return claims(
        f"{{id: c{i}, party: p{i % parties}, statement: {words()}, issue: i, said: 2021, "
        f"position: v{i % positions}}}"
        for i in range(n)
    )


def no_position(n: int) -> str:
    """Return claims without positions on one issue, by two parties."""
    return claims(
        f"{{id: c{i}, party: p{i % 2}, statement: {words()}, issue: i}}" for i in range(n)
    )


def one_statement(n: int) -> str:
    """Return claims with one statement, by two parties."""
    return claims(
        f"{{id: c{i}, party: p{i % 2}, statement: it was so, issue: i}}" for i in range(n)
    )


def own_positions(n: int) -> str:
    """Return claims on one issue, each with a party and a position of its own."""
    return one_issue(n, parties=n, positions=n)


def positions_over_times(n: int) -> str:
    """Return claims with few positions on one issue, each about another month."""
    return claims(
        f"{{id: c{i}, party: p{i % 2}, statement: {words()}, issue: i, position: v{i % 3}, "
        f"about: {1000 + i // 12:04}-{i % 12 + 1:02}}}"
        for i in range(n)
    )


def joint(n: int) -> str:
    """Return two joint statements of n parties each, one of which denies the other."""
    one, other = (", ".join(f"{letter}{i}" for i in range(n)) for letter in "pq")
    return claims([
        f"{{id: c, party: [{one}], statement: x, issue: i}}",
        f"{{id: d, party: [{other}], statement: y, issue: i, responds_to: c}}",
    ])  # fmt: skip


def joint_pairs(n: int) -> str:
    """Return n answers of one party to a joint statement of n parties."""
    one = ", ".join(f"p{i}" for i in range(n))
    return claims([
        f"{{id: c, party: [{one}], statement: x, issue: i}}",
        *(f"{{id: d{i}, party: q, statement: y, issue: i, responds_to: c}}" for i in range(n)),
    ])  # fmt: skip


def parties_and_issues(n: int) -> str:
    """Return claims that each have a party and an issue of their own."""
    return claims(f"{{id: c{i}, party: p{i}, issue: i{i}, statement: {words()}}}" for i in range(n))


def answers_both_ways(n: int) -> str:
    """Return about n links: each claim of one party answers each of the other."""
    side = math.isqrt(n)
    targets = ", ".join(f"{{claim: c{i}, kind: contradicts}}" for i in range(side))
    return claims([
        *(f"{{id: c{i}, party: a, statement: {words()}, issue: i}}" for i in range(side)),
        *(f"{{id: d{i}, party: b, statement: {words()}, issue: i, responds_to: [{targets}]}}"
          for i in range(side)),
    ])  # fmt: skip


def random_answers(n: int) -> str:
    """Return claims of which each answers two earlier ones."""
    return claims(
        f"{{id: c{i}, party: p{i % 2}, statement: {words()}, issue: i"
        + (f", responds_to: [c{random.randrange(i)}, c{random.randrange(i)}]}}" if i > 1 else "}")
        for i in range(n)
    )


def chain(n: int) -> str:
    """Return claims of which each answers the one before."""
    return claims(
        f"{{id: c{i}, party: p{i % 2}, statement: {words()}, issue: i"
        + (f", responds_to: c{i - 1}}}" if i else "}")
        for i in range(n)
    )


def star(n: int) -> str:
    """Return one claim that all others answer."""
    return claims(
        f"{{id: c{i}, party: p{i % 2}, statement: {words()}, issue: i"
        + (", responds_to: c0}" if i else "}")
        for i in range(n)
    )


def restatements(n: int) -> str:
    """Return claims of which each restates the one before, with one answer to the first."""
    return claims([
        *(f"{{id: c{i}, party: p{i % 9}, statement: {words()}, issue: i"
          + (f", restates: c{i - 1}}}" if i else "}") for i in range(n)),
        "{id: d, party: q, statement: no, issue: i, responds_to: c0}",
    ])  # fmt: skip


def plain(n: int) -> str:
    """Return claims without relations."""
    return claims(f"{{id: c{i}, party: p{i % 7}, statement: {words()}}}" for i in range(n))


class Case(NamedTuple):
    """An input by its size, the command on it, and the size to begin with."""

    make: Callable[[int], str]
    command: Sequence[str]
    start: int = 2000


CASES = {
    "list unnamed answers": Case(unnamed_answers, ["list"]),
    "list titled sources": Case(titled_sources, ["list"]),
    "list nested answers": Case(nested_answers, ["list"], 100),
    "list positions": Case(one_issue, ["list"]),
    "list own positions": Case(own_positions, ["list"]),
    "list positions over times": Case(positions_over_times, ["list"]),
    "list restatements": Case(restatements, ["list"]),
    "json positions over times": Case(positions_over_times, ["list", "-f", "json"]),
    "json own positions": Case(own_positions, ["list", "-f", "json"]),
    "show positions": Case(one_issue, ["show", "c0"]),
    "diff positions": Case(one_issue, ["diff", "p0", "p1"]),
    "diff positions over times": Case(positions_over_times, ["diff", "p0", "p1"]),
    "diff own positions": Case(own_positions, ["diff", "p0", "p1"]),
    "diff no position": Case(no_position, ["diff", "p0", "p1"]),
    "diff one statement": Case(one_statement, ["diff", "p0", "p1"]),
    "diff all answers": Case(answers_both_ways, ["diff", "a", "b"]),
    "drift positions": Case(one_issue, ["drift", "p0"]),
    "drift positions over times": Case(positions_over_times, ["drift", "p0"]),
    "audit joint statements": Case(joint, ["audit"], 500),
    "audit answers to joint": Case(joint_pairs, ["audit"], 500),
    "audit positions": Case(one_issue, ["audit"]),
    "audit all answers": Case(answers_both_ways, ["audit"]),
    "check one statement": Case(one_statement, ["check"]),
    "check restatements": Case(restatements, ["check"]),
    "matrix": Case(parties_and_issues, ["matrix"], 100),
    "standing all answers": Case(answers_both_ways, ["standing"]),
    "export parties and issues": Case(parties_and_issues, ["export", "--force"], 100),
    "export all answers": Case(answers_both_ways, ["export", "--force"], 100),
    "export html all answers": Case(answers_both_ways, ["export", "--force", "-f", "html"], 100),
    "export html random answers": Case(random_answers, ["export", "--force", "-f", "html"], 100),
    "export positions": Case(one_issue, ["export", "--force"], 100),
    "contradictions": Case(own_positions, ["export", "--force", "-t", "contradictions"], 100),
    "graph svg all answers": Case(answers_both_ways, ["graph", "-f", "svg"], 100),
    "graph svg random answers": Case(random_answers, ["graph", "-f", "svg"], 25),
    "graph svg chain": Case(chain, ["graph", "-f", "svg"], 25),
    "graph svg star": Case(star, ["graph", "-f", "svg"], 25),
    "graph svg own positions": Case(own_positions, ["graph", "-f", "svg"], 25),
    "graph text": Case(answers_both_ways, ["graph"], 100),
    "graph text own positions": Case(own_positions, ["graph"], 100),
    "timeline svg": Case(star, ["timeline", "-f", "svg"], 25),
    "timeline svg own positions": Case(own_positions, ["timeline", "-f", "svg"], 25),
    "timeline own positions": Case(own_positions, ["timeline"], 100),
    "recursive pattern": Case(plain, ["list", "/(?R)?a/"]),
    "nested repeats": Case(plain, ["list", r"/(\w+\s?)+$!/"]),
}


class Run(NamedTuple):
    """The result of one command: seconds of processor time, MiB, exit code, its first error."""

    size: int
    seconds: float
    memory: float
    code: int
    message: str


def run(case: Case, n: int) -> Run:
    """Run a case's command on its input of size n, with an empty cache."""
    random.seed(n)
    with tempfile.TemporaryDirectory() as folder:
        text = case.make(n)
        data = Path(folder, "data")
        data.mkdir()
        (data / "d.yaml").write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "claimcli", *case.command]
        env = {**os.environ, "XDG_CACHE_HOME": folder, "COLUMNS": "100"}
        with tempfile.TemporaryFile() as errors:
            process = subprocess.Popen(
                command, cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=errors,
                preexec_fn=_limit,
            )  # fmt: skip
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            errors.seek(0)
            message = errors.read(100_000).decode(errors="replace").strip()
    seconds = usage.ru_utime + usage.ru_stime
    return Run(len(text), seconds, usage.ru_maxrss / 1024, process.returncode, message)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))


def measure(name: str, case: Case, seconds: float, most: float) -> bool:
    """Print a line of the table; return whether the case is within the limits."""
    n, memory = case.start, 0.0
    floor = run(case, 1).seconds
    while True:
        one = run(case, n)
        if one.size <= MEGABYTE:
            memory = max(memory, one.memory)
        if one.seconds - floor >= seconds or one.size > MOST_BYTES / 4:
            break
        n *= 2
    four = run(case, 4 * n)
    times = one.seconds - floor, max(four.seconds - floor, 0.01)
    exponent = math.log(times[1] / times[0], 4) if times[0] >= seconds else 0.0
    failed = [r for r in (one, four) if r.code not in MESSAGES or "Traceback" in r.message]
    good = exponent <= MOST_EXPONENT and memory <= most and not failed
    print(
        f"{name:28} {n:8,} {one.size / 1e6:6.2f} {times[0]:7.2f} {times[1]:7.2f} "
        f"{exponent:5.2f} {memory:6.0f} {four.memory:6.0f}  {'' if good else '<<'} "
        f"{four.message.splitlines()[-1][:60] if four.code and four.message else ''}",
        flush=True,
    )
    return good


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", default=[], help="beginnings of names of cases")
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--most", type=float, default=300.0, help="MiB at up to 1 MB of input")
    given = parser.parse_args()
    print(f"{'':28} {'n':>8} {'MB':>6} {'s':>7} {'s at 4n':>7} {'k':>5} {'MiB':>6} {'at 4n':>6}")
    results = [
        measure(name, case, given.seconds, given.most)
        for name, case in CASES.items()
        if not given.only or name.startswith(tuple(given.only))
    ]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
