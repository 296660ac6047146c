"""``match --all`` on generated claims with planted duplicates, each with one word replaced.

    python bench/duplicates.py [--claims 100000] [--share 0.05] [--corpus] [--seed 1]

Prints

- recall: which share of the planted pairs is listed, of all and of those with a similarity of at
  least 0.5, which is computed here in another way; and which share MinHash (64 hashes in 16 bands)
  would have found;
- the pairs below that similarity that are listed, and the other ones;
- processor time and memory of ``match --all``, and the ratio to ``list --format tsv``; with
  ``--corpus`` also of ``corpus duplicates`` on the same claims, exported as Parquet.

The exit code is 1 if recall is below 0.99, or a listed pair is below the similarity.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random
from zlib import crc32

import generate
from measure import usage

JACCARD = 0.5
RECALL = 0.99
HASHES, BANDS = 64, 16
PROGRAM = str(Path(sys.executable).with_name("claimcli"))
Pair = frozenset[str]


@dataclass(frozen=True)
class Planted:
    """The statements of all claims by id, and the pairs of a claim and its edited copy."""

    statements: dict[str, str]
    pairs: list[Pair]


def write(folder: Path, claims: int, share: float, seed: int) -> Planted:
    """Write a generated dossier in which a share of the claims are edited copies of others."""
    random = Random(seed)
    copies = round(claims * share)
    generate.write(folder, claims - copies, 100)
    statements = {
        claim.id: claim.statement
        for story in generate.stories(claims - copies, 100)
        for claim in _all(story.claims)
    }
    words = [word for text in list(statements.values())[:1000] for word in text.split()]
    pairs, lines = [], ["claims:"]
    for number, original in enumerate(random.sample(sorted(statements), copies)):
        name = f"copy-{number}"
        statements[name] = edited(statements[original], words, random)
        pairs.append(frozenset((original, name)))
        party = random.choice(generate.PARTIES)
        lines.append(
            f"  - {{id: {name}, party: {party}, statement: {json.dumps(statements[name])}}}"
        )
    Path(folder, "copies.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Planted(statements, pairs)


def _all(claims: Iterable[generate.Claim]) -> Iterable[generate.Claim]:
    for claim in claims:
        yield claim
        yield from _all(claim.answers)


def edited(text: str, words: Sequence[str], random: Random) -> str:
    """Return a text with one word replaced; without spaces, one letter."""
    parts = text.split() if " " in text else list(text)
    parts[random.randrange(len(parts) - 1)] = random.choice(words) if " " in text else "変"
    return (" " if " " in text else "").join(parts)


def word_pairs(text: str) -> set[tuple[str, str]]:
    """Return the pairs of neighbouring words, or of ideographs."""
    words = re.findall(r"[\u4e00-\u9fff]|[^\s\u4e00-\u9fff.。।]+", text.casefold())
    return set(pairwise(words))


def similarity(one: str, other: str) -> float:
    left, right = word_pairs(one), word_pairs(other)
    return len(left & right) / len(left | right)


def is_found_by_minhash(one: str, other: str, seeds: Sequence[int]) -> bool:
    """Return whether two texts have the same smallest hashes in a band."""
    left, right = (
        [
            min(crc32(f"{a} {b}".encode()) * seed % 4294967311 for a, b in word_pairs(text))
            for seed in seeds
        ]
        for text in (one, other)
    )
    size = HASHES // BANDS
    bands = range(0, HASHES, size)
    return any(left[band : band + size] == right[band : band + size] for band in bands)


def listed_pairs(data: Path, env: dict[str, str]) -> set[Pair]:
    """Return the pairs that ``match --all`` lists."""
    command = [PROGRAM, "--data", str(data), "match", "--all", "--format", "jsonl"]
    command += ["--jaccard", str(JACCARD)]
    lines = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=env).stdout.splitlines()
    records = map(json.loads, lines)
    return {frozenset((one["first"]["id"], one["second"]["id"])) for one in records}


def report_recall(planted: Planted, listed: set[Pair], seed: int) -> bool:
    """Print what is found; return whether that is enough."""
    scores = {
        pair: similarity(*(planted.statements[name] for name in pair)) for pair in planted.pairs
    }
    similar = [pair for pair, score in scores.items() if score >= JACCARD]
    others = listed - set(planted.pairs)
    below = [
        pair
        for pair in listed
        if similarity(*(planted.statements[name] for name in pair)) < JACCARD
    ]
    random = Random(seed)
    seeds = [random.randrange(1, 4294967311) for _ in range(HASHES)]
    sample = similar[:1000]
    minhash = sum(
        is_found_by_minhash(*(planted.statements[name] for name in pair), seeds) for pair in sample
    )
    recall = sum(pair in listed for pair in similar) / len(similar)
    every = sum(pair in listed for pair in scores) / len(scores)
    print(f"planted pairs                 {len(scores):8,}  found {every:.4f}")
    print(f"  with a similarity of {JACCARD}    {len(similar):8,}  found {recall:.4f}")
    print(f"  the same with MinHash       {len(sample):8,}  found {minhash / len(sample):.4f}")
    print(f"other pairs                   {len(others):8,}")
    print(f"pairs below the similarity    {len(below):8,}")
    return recall >= RECALL and not below


def report_time(data: Path, folder: Path, env: dict[str, str], *, corpus: bool) -> None:
    """Print processor time and memory of the commands, and their ratios to ``list``."""
    commands = {
        "list --format tsv": ["list", "--format", "tsv"],
        "match --all": ["match", "--all", "--format", "tsv"],
    }
    if corpus:
        tables = str(folder / "tables")
        export = [PROGRAM, "--data", str(data), "export", "--format", "parquet", "-o", tables]
        subprocess.run(export, check=True, stderr=subprocess.DEVNULL, env=env)
        job = ["corpus", "duplicates", tables, "-o", str(folder / "pairs"), "--processes", "1"]
        commands["corpus duplicates"] = job
    floor = 0.0
    for name, arguments in commands.items():
        where = [] if name.startswith("corpus") else ["--data", str(data)]
        used = usage([PROGRAM, *where, *arguments], env)
        floor = floor or used.seconds
        ratio = used.seconds / floor
        print(f"{name:22} {used.seconds:7.2f} s  {ratio:6.1f} x  {used.memory:6.0f} MiB")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--share", type=float, default=0.05)
    parser.add_argument("--corpus", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        data = folder / "data"
        planted = write(data, options.claims, options.share, options.seed)
        env = {"XDG_CACHE_HOME": str(folder / "cache"), "PATH": ""}
        is_enough = report_recall(planted, listed_pairs(data, env), options.seed)
        report_time(data, folder, env, corpus=options.corpus)
    return 0 if is_enough else 1


if __name__ == "__main__":
    sys.exit(main())
