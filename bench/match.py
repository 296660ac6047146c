"""How well ``match`` finds earlier claims, and whether its scores are probabilities.

    python bench/match.py [--distractors 2000 20000] [--fit]

Searches for the hand-written queries of ``bench/match/queries.tsv`` in the bundled dossiers and in
``bench/match/dossier``: each topic alone, all together, and among generated claims that share
words with them. Prints, for each of these,

- MAP@5 of ``match`` on all queries with an answer, and the floor: SQLite's full-text search with
  its defaults (``unicode61``, any of the words, bm25 over the statements);
- the expected calibration error of the scores in ten bins, of the first rows and of all rows, on
  the queries that are not used for the fit; and the reliability table.

``--fit`` fits the parameters of ``claimcli.core.text.similarity.Calibration`` and prints them with
the errors that they give. The exit code is 1 if MAP@5 is below the floor, or an error above 0.07.
"""

import argparse
import csv
import re
import sqlite3
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import generate
from calibration import bins_of, calibration_error, logistic_fit

from claimcli.core.text.similarity import CALIBRATION, Calibration, Overlap, features, similarity
from claimcli.dossier.index.similar import SimilarSearch
from claimcli.dossier.open import read_index

HERE = Path(__file__).parent / "match"
ROOT = HERE.parents[1]
SAMPLES = (ROOT / "data", ROOT / "claimcli" / "samples" / "waterworks")
SHOWN = 5
LIMIT = 0.07
THRESHOLD = 0.5
SHARED_WORDS = 0.5
"""Share of the words of a generated statement that are words of the hand-written statements."""
KINDS = {
    "para": "a paraphrase", "near": "another number, date or negation", "post": "a post",
    "words": "a few words", "loose": "loosely put in other words",
    "trap": "not on file, but its words are", "none": "not on file",
}  # fmt: skip
"""The kinds of queries, in the order in which they are printed."""
FIRST_ROW = 3
"""How often the first row of a query counts in the fit, since readers look at it most."""


@dataclass(frozen=True)
class Query:
    """A text to search for, and the claims on file that say it."""

    topic: str
    kind: str
    is_held_out: bool
    answers: frozenset[str]
    text: str


@dataclass(frozen=True)
class Row:
    """A row of the result: its number from 0, whether the claim is an answer, the shared words."""

    query: Query
    number: int
    is_answer: bool
    overlap: Overlap


@dataclass
class Outcome:
    """The rows of all queries in one dossier, and the average precision of each with an answer."""

    name: str
    claims: int
    rows: list[Row]
    precision: dict[Query, float]
    plain: dict[Query, float]


def read_queries() -> list[Query]:
    """Return the hand-written queries."""
    with (HERE / "queries.tsv").open(encoding="utf-8", newline="") as file:
        return [
            Query(
                row["topic"], row["kind"], row["use"] == "held-out",
                frozenset(row["claims"].split(",")) - {""}, row["query"],
            )
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]  # fmt: skip


def write_distractors(folder: Path, claims: int) -> None:
    """Write a generated dossier that shares words and lengths with the written statements."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(HERE.glob("dossier/*.yaml")))
    statements = [line for text in texts for line in re.findall("statement: (.*)", text)]
    vocabulary = [word for line in statements for word in re.findall(r"\w+", line)]
    random = Random(7)

    def mix(claim: generate.Claim) -> None:
        words = claim.statement.split()
        if len(words) > 1:  # not in a script without spaces
            size = len(random.choice(statements).split())
            mixed = (
                random.choice(vocabulary) if random.random() < SHARED_WORDS else word
                for word in words[:size]
            )
            claim.statement = '"' + " ".join(mixed) + '"'
        for answer in claim.answers:
            mix(answer)

    folder.mkdir()
    (folder / "parties.yaml").write_text(generate.parties_yaml(), encoding="utf-8")
    for number, story in enumerate(generate.stories(claims, 100)):
        for claim in story.claims:
            mix(claim)
        (folder / f"{number:05}.yaml").write_text(generate.to_yaml(story), encoding="utf-8")


def average_precision(ids: Sequence[str], answers: frozenset[str]) -> float:
    """Return the average precision of the first rows."""
    hits, total = 0, 0.0
    for number, name in enumerate(ids[:SHOWN], 1):
        if name in answers:
            hits += 1
            total += hits / number
    return total / min(len(answers), SHOWN)


def plain_search(db: sqlite3.Connection) -> Callable[[str], list[str]]:
    """Return SQLite's full-text search of the statements, with its defaults."""
    db.execute("CREATE VIRTUAL TABLE temp.plain USING fts5(id UNINDEXED, statement)")
    db.execute("INSERT INTO temp.plain SELECT id, statement FROM claims")

    def search(text: str) -> list[str]:
        words = dict.fromkeys(re.findall(r"\w+", text.lower()))
        query = " OR ".join(f'"{word}"' for word in words)
        found = db.execute(
            "SELECT id FROM plain WHERE plain MATCH ? ORDER BY bm25(plain) LIMIT ?", (query, SHOWN)
        )
        return [name for (name,) in found]

    return search


def outcome(name: str, paths: Sequence[Path], queries: Sequence[Query]) -> Outcome:
    """Search one dossier for all queries."""

    def use(db: sqlite3.Connection, _: object) -> Outcome:
        (claims,) = db.execute("SELECT count(*) FROM claims").fetchone()
        search, plain = SimilarSearch(db), plain_search(db)
        result = Outcome(name, claims, [], {}, {})
        for query in queries:
            rows = search.search(query.text, limit=SHOWN)
            names = [row.id for row in rows]
            result.rows += [
                Row(query, number, row.id in query.answers, row.overlap)
                for number, row in enumerate(rows)
            ]
            if query.answers:
                result.precision[query] = average_precision(names, query.answers)
                result.plain[query] = average_precision(plain(query.text), query.answers)
        return result

    return read_index(paths, use)


def topics_alone(queries: Sequence[Query]) -> Outcome:
    """Search each topic's few claims for its own queries, and for an eighth of the unanswered."""
    unanswered = [query for query in queries if not query.answers]
    whole = Outcome("a topic alone", 0, [], {}, {})
    files = sorted(HERE.glob("dossier/*.yaml"))
    for number, path in enumerate(files):
        ids = set(re.findall("^  - id: (.*)", path.read_text(encoding="utf-8"), re.MULTILINE))
        chosen = [
            q for q in queries if q.answers & ids or (q in unanswered and q.topic == path.stem)
        ]
        chosen += [q for q in unanswered[number % 8 :: 8] if q not in chosen]
        part = outcome(path.stem, [path], chosen)
        whole.claims += part.claims
        whole.rows += part.rows
        whole.precision |= part.precision
        whole.plain |= part.plain
    whole.claims //= len(files)
    return whole


def outcomes(queries: Sequence[Query], sizes: Sequence[int]) -> Iterator[Outcome]:
    """Yield the outcome for dossiers of growing size."""
    yield topics_alone(queries)
    written = [HERE / "dossier", *SAMPLES]
    yield outcome("all topics", written, queries)
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            write_distractors(Path(folder, "generated"), size)
            yield outcome("among generated", [*written, Path(folder, "generated")], queries)


def scored(rows: Sequence[Row], calibration: Calibration) -> list[tuple[float, bool]]:
    """Return the score of each row, and whether it is an answer."""
    return [(similarity(row.overlap, calibration), row.is_answer) for row in rows]


def fitted(rows: Sequence[Row]) -> Calibration:
    """Return the parameters of the score that fit these rows best."""
    data = [
        ((1.0, *features(row.overlap)), row.is_answer, 1 if row.number else FIRST_ROW)
        for row in rows
    ]
    return Calibration(*(round(weight, 2) for weight in logistic_fit(data)))


def mean(values: Sequence[float]) -> float:
    return sum(values) / max(len(values), 1)


def print_outcomes(found: Sequence[Outcome], calibration: Calibration) -> int:
    """Print a line for each dossier; return how many values miss their limit."""
    print("| dossier | claims | MAP@5 | plain full text | ECE, first rows | ECE, all rows |")
    print("|---|---:|---:|---:|---:|---:|")
    missed = 0
    for one in found:
        precision, plain = mean([*one.precision.values()]), mean([*one.plain.values()])
        rows = [row for row in one.rows if row.query.is_held_out]
        first = calibration_error(scored([row for row in rows if not row.number], calibration))
        every = calibration_error(scored(rows, calibration))
        missed += (precision < plain) + (first > LIMIT) + (every > LIMIT)
        cells = f"{precision:.3f} | {plain:.3f} | {first:.3f} | {every:.3f} |"
        print(f"| {one.name} | {one.claims:,} | {cells}")
    return missed


def print_kinds(found: Sequence[Outcome]) -> None:
    """Print MAP@5 by kind of query, and which queries have a row with a high score."""
    print("\n| query | queries | MAP@5 | plain full text | first row at least 0.5 |")
    print("|---|---:|---:|---:|---:|")
    kinds: dict[str, list[Query]] = defaultdict(list)
    first: dict[Query, list[bool]] = defaultdict(list)
    for row in (row for one in found for row in one.rows if not row.number):
        first[row.query].append(similarity(row.overlap) >= THRESHOLD)
    for query in read_queries():
        kinds[query.kind if query.answers or query.kind == "trap" else "none"].append(query)
    for kind, name in KINDS.items():
        queries = kinds[kind]
        values = [
            mean([result[query] for result in results for query in queries if query in result])
            for results in ([one.precision for one in found], [one.plain for one in found])
        ]
        cells = " | ".join(f"{value:.3f}" for value in values) if queries[0].answers else "| "
        shown = mean([hit for query in queries for hit in first[query]])
        print(f"| {name} | {len(queries)} | {cells} | {shown:.0%} |")


def print_reliability(found: Sequence[Outcome], calibration: Calibration) -> None:
    """Print how often the rows of each bin are answers, on held-out queries in all dossiers."""
    rows = [row for one in found for row in one.rows if row.query.is_held_out]
    print("\n| score | rows | mean score | answers | first rows | mean score | answers |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    first = [row for row in rows if not row.number]
    both = (bins_of(scored(some, calibration)) for some in (rows, first))
    for number, bins in enumerate(zip(*both, strict=True)):
        cells = " | ".join(f"{b.size:,} | {b.score:.2f} | {b.right:.2f}" for b in bins)
        print(f"| {number / 10} to {(number + 1) / 10} | {cells} |")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--distractors", type=int, nargs="*", default=[2_000, 20_000])
    parser.add_argument("--fit", action="store_true", help="fit the parameters of the score")
    given = parser.parse_args()
    queries = read_queries()
    held_out = sum(query.is_held_out for query in queries)
    answered = sum(bool(query.answers) for query in queries)
    print(f"{len(queries)} queries, {answered} with an answer, {held_out} not used for the fit\n")
    found = list(outcomes(queries, given.distractors))
    calibration = CALIBRATION
    if given.fit:
        calibration = fitted([r for one in found for r in one.rows if not r.query.is_held_out])
        print(f"CALIBRATION in claimcli/core/text/similarity.py: {calibration}\n")
    missed = print_outcomes(found, calibration)
    print_kinds(found)
    print_reliability(found, calibration)
    print(f"\n{missed} values miss their limit")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
