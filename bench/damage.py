"""What happens when a byte of a stored index is flipped: how often an answer is wrong and silent.

    python bench/damage.py [--trials 300] [--claims 1000] [--seed 1] [--columns]

Each trial flips the bits of one random byte of a copy of the index and answers some queries
from it: with records, which have checksums, or with ``--columns`` with tables and brief records,
which are read from columns of the index. The answers are compared with those of the undamaged
index, and counted as the same, as rebuilt (the damage was noticed, and the answer is right), or
as wrong: another answer without a note. There is no floor: the numbers are not times. How much
the check of records costs is measured by ``compare.py``.
"""

import argparse
import random
import shutil
import sqlite3
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import generate
import msgspec
from generate import PARTY
from msgspec.structs import replace

from claimcli.analysis.list import TABLE_FIELDS
from claimcli.analysis.timeline import timeline
from claimcli.api import as_record
from claimcli.core.query import Request, Scope
from claimcli.core.query_parser import parse_query
from claimcli.dossier.files import find_files
from claimcli.dossier.index.columns import claim_rows
from claimcli.dossier.open import LoadOptions, open_dossier, path_lookup, with_index

QUERIES = ("", f"party:{PARTY}", "status:contested", "said:2021", "water or e*", "has:answer")


def answers(data: Path, cache: Path, *, columns: bool) -> tuple[list[bytes], bool]:
    """Return the answer to each query, and whether a note said that the index was rebuilt."""
    notes: list[str] = []
    options = LoadOptions(cache=lambda: cache, notify=notes.append)
    answer = from_columns if columns else from_records
    requests = (
        Request(query=parse_query(query), scope=Scope.REGISTRIES, opposition=True)
        for query in QUERIES
    )
    found = [answer(data, request, options) for request in requests]
    return [msgspec.json.encode(values, enc_hook=str) for values in found], bool(notes)


def from_records(data: Path, request: Request, options: LoadOptions) -> Any:
    """Return the claims and the registries."""
    dossier = open_dossier([data], request, options)
    registries = (dossier.parties, dossier.sources, dossier.issues, dossier.events)
    return [as_record(dossier, claim) for claim in dossier.claims], registries


def from_columns(data: Path, request: Request, options: LoadOptions) -> Any:
    """Return the rows of a table of the claims, and a timeline of them."""
    files = find_files([data])

    def rows(db: sqlite3.Connection) -> list[Any]:
        path_of = path_lookup(db, files)
        return list(claim_rows(db, path_of, request=request, fields=TABLE_FIELDS))

    brief = replace(request, scope=Scope.THREADS, brief=True)
    return with_index(files, rows, options), timeline(open_dossier([data], brief, options))


def table_at(index: Path, at: int) -> str:
    """Return the name of the table or index whose page contains a byte, or '?'."""
    with sqlite3.connect(index) as db:
        (size,) = db.execute("PRAGMA page_size").fetchone()
        try:
            row = db.execute("SELECT name FROM dbstat WHERE pageno = ?", (at // size + 1,))
            return str((row.fetchone() or "?")[0])
        except sqlite3.OperationalError:  # SQLite was built without dbstat
            return "?"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=300)
    parser.add_argument("--claims", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--columns", action="store_true")
    given = parser.parse_args()
    outcomes: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        data, cache, safe = (Path(folder, name) for name in ("data", "cache", "safe"))
        generate.write(data, given.claims, 100)
        expected, _ = answers(data, cache, columns=given.columns)
        (index,) = cache.glob("*.sqlite")
        shutil.copy(index, safe)
        undamaged = safe.read_bytes()
        chance = random.Random(given.seed)
        for _ in range(given.trials):
            at = chance.randrange(len(undamaged))
            damaged = bytearray(undamaged)
            damaged[at] ^= chance.randrange(1, 256)
            for old in cache.iterdir():
                old.unlink()
            index.write_bytes(damaged)
            try:
                found, noted = answers(data, cache, columns=given.columns)
            except Exception as error:  # counted, whatever it is
                outcomes[f"{type(error).__name__}"] += 1
                continue
            same = found == expected
            outcome = ("rebuilt" if noted else "same") if same else "wrong"
            outcomes[outcome] += 1
            if outcome == "wrong":
                wrong[table_at(safe, at)] += 1
    print(f"{given.trials} trials, index of {len(undamaged):,} bytes, {given.claims:,} claims")
    for outcome, number in outcomes.most_common():
        print(f"  {outcome:10} {number:5}")
    print("  wrong in: " + (", ".join(f"{n} {name}" for name, n in wrong.most_common()) or "-"))


if __name__ == "__main__":
    main()
