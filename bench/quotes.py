"""Time to verify quotes, compared with Python's ``str.find`` for the same quotes and texts.

    python bench/quotes.py [--texts 1000] [--size 50000] [--quotes 10] [--runs 5] [--every]

Generates texts and a dossier with quotes from each. For quotes that are exact, that differ only in
typography, and of which one in a hundred is altered, it prints the seconds of ``str.find`` in
normalised texts, of the same including reading, of deciding each verdict and of the whole
verification, with their ratios; then the whole command compared with a script that reads and
searches, and the memory of both. Each figure is the median of alternating runs. Ratios of verdicts
over their limit are marked with ``<<`` and counted; with any, the exit code is 1.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from measure import medians, peak_memory

from claimcli.analysis.verify import verify
from claimcli.dossier.open import open_dossier
from claimcli.quotes.normalize import normalize
from claimcli.quotes.placement import CitedQuote
from claimcli.quotes.searchable import SearchableText
from claimcli.quotes.verdict import check_quote

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
Quotes = list[list[str]]

FINDING = """
import json, sys
from pathlib import Path
folder = Path(sys.argv[1])
for number, quotes in enumerate(json.loads((folder / "quotes.json").read_text("utf-8"))):
    text = (folder / f"t{number}.txt").read_text("utf-8")
    for quote in quotes:
        text.find(quote)
"""


def vocabulary(random: Random) -> list[str]:
    """Return words of random letters."""
    return ["".join(random.choices(_LETTERS, k=random.randint(2, 10))) for _ in range(8000)]


def make_text(random: Random, words: list[str], size: int) -> str:
    """Return sentences, some with quotation marks, dashes and line breaks as printed texts have."""
    parts: list[str] = []
    length = 0
    while length < size:
        chosen = random.choices(words, k=random.randint(6, 20))
        sentence = " ".join(chosen).capitalize()
        end = random.choices((". ", ".\n", ", ", "\u201d said he. "), (60, 25, 10, 5))[0]
        parts.append(("\u201c" if "\u201d" in end else "") + sentence + end)
        length += len(parts[-1])
    return "".join(parts)


def make_quotes(random: Random, text: str, count: int, kind: str) -> list[str]:
    """Return parts of a text of 20 to 120 characters, exact or changed."""
    found = []
    while len(found) < count:
        start = text.index(" ", random.randrange(len(text) - 400)) + 1
        quote = text[start : text.index(" ", start + random.randint(20, 120))].strip()
        if "\u201c" in quote or "\u201d" in quote or "\n" in quote or '"' in quote:
            continue
        if kind == "typographic":
            words = quote.split()
            quote = "\n".join((" ".join(words[:2]), " ".join(words[2:])))
        if kind == "altered" and random.random() < 0.01:
            words = quote.split()
            words[len(words) // 2] = "altogether"
            quote = " ".join(words)
        found.append(quote)
    return found


def lay_out(folder: Path, texts: list[str], quotes: Quotes) -> None:
    import json

    for number, text in enumerate(texts):
        (folder / f"t{number}.txt").write_text(text, encoding="utf-8")
    lines = ["sources:"]
    lines += [
        f"- {{id: t{n}, title: Text {n}, published: 2023, text: t{n}.txt}}"
        for n in range(len(texts))
    ]
    lines.append("claims:")
    for number, listed in enumerate(quotes):
        for n, quote in enumerate(listed):
            cited = f"{{id: t{number}, quote: {json.dumps(quote)}}}"
            lines.append(f"- {{id: c{number}-{n}, party: p, statement: S., source: {cited}}}")
    (folder / "dossier.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "quotes.json").write_text(json.dumps(quotes), encoding="utf-8")
    (folder / "find.py").write_text(FINDING, encoding="utf-8")


def timed(steps: dict[str, Callable[[], object]], runs: int) -> dict[str, float]:
    times: dict[str, list[float]] = {name: [] for name in steps}
    for turn in range(runs + 1):
        for name, step in steps.items():
            start = time.perf_counter()
            step()
            if turn:
                times[name].append(time.perf_counter() - start)
    return {name: statistics.median(taken) for name, taken in times.items()}


def decide(texts: list[str], quotes: Quotes) -> None:
    for text, listed in zip(texts, quotes, strict=True):
        held = SearchableText(text)
        for quote in listed:
            check_quote(CitedQuote(quote), held)


def measure(folder: Path, texts: list[str], quotes: Quotes, runs: int, limit: float) -> int:
    """Print the times; return how many ratios are over their limit."""
    folded = [normalize(text).text for text in texts]
    plain = [[normalize(quote).text for quote in listed] for listed in quotes]
    dossier = open_dossier([folder / "dossier.yaml"])

    def find() -> None:
        for text, listed in zip(folded, plain, strict=True):
            for quote in listed:
                text.find(quote)

    def read_and_find() -> None:
        for number, listed in enumerate(plain):
            text = (folder / f"t{number}.txt").read_text(encoding="utf-8")
            for quote in listed:
                text.find(quote)

    found = timed(
        {
            "str.find": find,
            "reading and str.find": read_and_find,
            "verdicts": lambda: decide(texts, quotes),
            "verification": lambda: verify(dossier),
        },
        runs,
    )
    over = 0
    for name, floor in (("verdicts", "str.find"), ("verification", "reading and str.find")):
        ratio = found[name] / found[floor]
        limited = name == "verdicts" and ratio > limit
        over += limited
        line = f"  {name:13} {found[name]:7.3f} s  {ratio:6.2f} x  {floor} ({found[floor]:.3f} s)"
        print(line + f"  << {limit:g}" * limited)
    return over


def every(texts: list[str], quotes: Quotes) -> None:
    """Print the time to find each quote in every text; run once, since it takes minutes."""
    start = time.perf_counter()
    decide(texts, quotes)
    taken = time.perf_counter() - start
    wanted = [quote for listed in quotes for quote in listed]
    start = time.perf_counter()
    for text in texts:
        for quote in wanted:
            text.find(quote)
    floor = time.perf_counter() - start
    print(
        f"  verdicts      {taken:7.3f} s  {taken / floor:6.3f} x  all in all texts ({floor:.1f} s)"
    )


def whole(folder: Path, runs: int) -> None:
    tool = str(Path(sys.executable).with_name("claimcli"))
    data = ["--data", str(folder / "dossier.yaml")]
    with tempfile.TemporaryDirectory() as cache:
        env = {"XDG_CACHE_HOME": cache}
        commands = {
            "claimcli verify": [tool, *data, "verify", "--format", "jsonl"],
            "a script that reads and finds": [
                sys.executable, str(folder / "find.py"), str(folder),
            ],
        }  # fmt: skip
        found = medians(commands, runs=runs, env=env)
        memory = {name: peak_memory(command, env) for name, command in commands.items()}
    floor = found["a script that reads and finds"]
    for name, seconds in found.items():
        print(f"  {name:30} {seconds:7.3f} s  {seconds / floor:6.2f} x  {memory[name]:6.0f} MiB")


LIMITS = {"exact": 5.0, "altered": 15.0, "typographic": 15.0}
"""The largest accepted ratio of the verdicts to ``str.find``, for each kind of quotes."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, number in (("texts", 1000), ("size", 50_000), ("quotes", 10), ("runs", 5)):
        parser.add_argument(f"--{name}", type=int, default=number)
    parser.add_argument("--every", action="store_true", help="also find each quote in every text")
    given = parser.parse_args()
    random = Random(1)
    words = vocabulary(random)
    texts = [make_text(random, words, given.size) for _ in range(given.texts)]
    print(f"{given.texts} texts of {given.size:,} characters, {given.quotes} quotes of each")
    over = 0
    for kind, limit in LIMITS.items():
        print({"altered": "one in a hundred altered"}.get(kind, f"all {kind}"))
        quotes = [make_quotes(random, text, given.quotes, kind) for text in texts]
        with tempfile.TemporaryDirectory() as folder:
            lay_out(Path(folder), texts, quotes)
            over += measure(Path(folder), texts, quotes, given.runs, limit)
            if kind == "exact":
                whole(Path(folder), given.runs)
                if given.every:
                    every(texts, quotes)
    print(f"{over} values over their limit, marked with <<")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
