"""Engines: the same rows with any number of processes, parts of tables, and order of rows."""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pyarrow as pa
import pytest
from py4j.protocol import Py4JError

from claimcli.batches.corpus import open_corpus
from claimcli.batches.engines.processes import Workers
from claimcli.batches.engines.spark_context import running_job
from claimcli.core.problems import ClaimcliError, ExitCode
from tests.support.corpora import ENGINES, SPARK_MARKS, engine_of, write_corpus

CLAIMS = pa.table(
    {
        "dossier": pa.array([f"d{number % 7}" for number in range(500)]),
        "id": pa.array([f"c{number}" for number in range(500)]),
        "party": pa.array([None if number % 5 == 0 else f"p{number % 3}" for number in range(500)]),
        "line": pa.array(range(500), pa.int32()),
        "tags": pa.array([[f"t{number % 4}"] * (number % 3) for number in range(500)]),
    }
)
COUNT = pa.schema([("dossier", pa.string()), ("party", pa.string()), ("claims", pa.int64())])
PAIR = pa.schema([("dossier", pa.string()), ("claims", pa.int64()), ("texts", pa.int64())])


def even_lines(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Keep the rows of even lines."""
    for batch in batches:
        yield batch.filter(pa.array([line % 2 == 0 for line in batch["line"].to_pylist()]))


def count_by_party(table: pa.Table) -> pa.Table:
    """Count the rows of each dossier and party."""
    counts = Counter(zip(table["dossier"].to_pylist(), table["party"].to_pylist(), strict=True))
    rows = [{"dossier": d, "party": p, "claims": n} for (d, p), n in counts.items()]
    return pa.Table.from_pylist(rows, COUNT)


def count_both(claims: pa.Table, texts: pa.Table) -> pa.Table:
    """Count the rows of each dossier in two tables."""
    left, right = (Counter(table["dossier"].to_pylist()) for table in (claims, texts))
    rows = [{"dossier": d, "claims": left[d], "texts": right[d]} for d in {*left, *right}]
    return pa.Table.from_pylist(rows, PAIR)


RUNS = (("local", 1), ("local", 2), pytest.param("spark", 0, marks=SPARK_MARKS))
"""Engines with numbers of processes."""


@pytest.mark.parametrize(("kind", "processes"), RUNS)
@pytest.mark.parametrize("parts", [1, 3, 17])
def test_map_and_group_do_not_depend_on_the_parts(
    tmp_path: Path, parts: int, kind: str, processes: int
) -> None:
    """The rows of a dossier and party are counted once, in whatever file they are."""
    corpus = open_corpus(write_corpus({"claims": CLAIMS}, tmp_path / "c", parts=parts, seed=parts))
    with engine_of(kind, corpus, tmp_path / "spill", processes=processes) as engine:
        claims = engine.table("claims", ["dossier", "party", "line"])
        even = engine.map(claims, even_lines, claims.schema)
        counts = engine.collect(engine.group(even, ["dossier", "party"], count_by_party, COUNT))

    expected = Counter(
        (row["dossier"], row["party"]) for row in CLAIMS.to_pylist() if row["line"] % 2 == 0
    )
    assert {(r["dossier"], r["party"]): r["claims"] for r in counts.to_pylist()} == expected
    assert counts.num_rows == len(expected)


@pytest.mark.parametrize("kind", ENGINES)
def test_pair_has_groups_that_one_table_lacks(tmp_path: Path, kind: str) -> None:
    """A dossier with claims or texts alone is in the result too."""
    tables = {
        "claims": CLAIMS.slice(0, 5),
        "texts": pa.table({"dossier": ["d4", "d4", "d9"], "text": ["a", "b", "c"]}),
    }
    corpus = open_corpus(write_corpus(tables, tmp_path / "c", parts=2))
    with engine_of(kind, corpus, tmp_path / "spill") as engine:
        pair = engine.pair(
            engine.table("claims", ["dossier"]),
            engine.table("texts", ["dossier", "text"]),
            ["dossier"],
            count_both,
            PAIR,
        )
        rows = engine.collect(pair).sort_by("dossier").to_pylist()

    assert [(row["dossier"], row["claims"], row["texts"]) for row in rows] == [
        ("d0", 1, 0),
        ("d1", 1, 0),
        ("d2", 1, 0),
        ("d3", 1, 0),
        ("d4", 1, 2),
        ("d9", 0, 1),
    ]


@pytest.mark.parametrize("kind", ENGINES)
def test_a_corpus_without_rows_has_a_result(tmp_path: Path, kind: str) -> None:
    """No function is called, and the result has columns."""
    corpus = open_corpus(write_corpus({"claims": CLAIMS.slice(0, 0)}, tmp_path / "c"))
    with engine_of(kind, corpus, tmp_path / "spill") as engine:
        claims = engine.table("claims", ["dossier", "party"])
        counts = engine.group(claims, ["dossier"], count_by_party, COUNT)
        (stored,) = engine.store(counts, tmp_path / "out")

        assert engine.collect(counts) == COUNT.empty_table()
        assert stored.rows == 0


@pytest.mark.parametrize("kind", ENGINES)
def test_rows_of_a_small_table_are_spread(tmp_path: Path, kind: str) -> None:
    """Tables are joined in their order, and rows that are kept are the same."""
    table = pa.table({"dossier": ["a", "b", "c"]})
    corpus = open_corpus(write_corpus({"claims": CLAIMS}, tmp_path / "c"))
    with engine_of(kind, corpus, tmp_path / "spill", processes=2) as engine:
        spread = engine.spread(table)
        both = engine.union([spread, engine.keep(spread)])

        assert engine.collect(both).column("dossier").to_pylist() == ["a", "b", "c"] * 2


def fail(message: str, table: pa.Table) -> pa.Table:
    """Fail as a function of a job would."""
    raise ClaimcliError(f"{message} {table.num_rows}", "do it otherwise")


def die(_table: pa.Table) -> pa.Table:
    """End the process as the system does if memory runs out."""
    import os
    import signal

    os.kill(os.getpid(), signal.SIGKILL)
    return COUNT.empty_table()


@pytest.mark.parametrize(("kind", "processes"), RUNS)
def test_an_error_of_a_function_ends_the_job(tmp_path: Path, kind: str, processes: int) -> None:
    """The message and the hint come from the process that failed."""
    corpus = open_corpus(write_corpus({"claims": CLAIMS.slice(0, 1)}, tmp_path / "c"))
    with engine_of(kind, corpus, tmp_path / "spill", processes=processes) as engine:
        claims = engine.table("claims", ["dossier", "party"])
        with pytest.raises(ClaimcliError, match=r"^bad 1; do it otherwise$"):
            engine.collect(engine.group(claims, ["dossier"], partial(fail, "bad"), COUNT))


@pytest.mark.parametrize("kind", ENGINES)
def test_a_killed_process_is_an_error_that_names_its_part(tmp_path: Path, kind: str) -> None:
    """The part is named, and no rows are returned."""
    corpus = open_corpus(write_corpus({"claims": CLAIMS.slice(0, 1)}, tmp_path / "c"))
    with engine_of(kind, corpus, tmp_path / "spill", processes=2) as engine:
        claims = engine.table("claims", ["dossier", "party"])
        with pytest.raises(ClaimcliError) as raised:
            engine.collect(engine.group(claims, ["dossier"], die, COUNT))

    messages = {
        "local": "the process that worked on 'die, part 1 of 1' was killed by signal 9",
        "spark": "the process that worked on part 1 of 'die' was killed",
    }
    assert raised.value.message == messages[kind]
    assert raised.value.code == ExitCode.UNREADABLE


def test_workers_leave_the_threads_of_arrow_as_they_were() -> None:
    """Arrow uses one thread only while they run: each process has its own."""
    before = pa.cpu_count()
    with Workers(1):
        assert pa.cpu_count() == 1
    assert pa.cpu_count() == before


def wrong_columns(table: pa.Table) -> pa.Table:
    """Return other columns than the step is to have."""
    return table.select(["dossier"])


@pytest.mark.parametrize("kind", ENGINES)
def test_a_bug_in_a_function_is_no_message(tmp_path: Path, kind: str) -> None:
    """The traceback shows the function."""
    corpus = open_corpus(write_corpus({"claims": CLAIMS.slice(0, 1)}, tmp_path / "c"))
    with engine_of(kind, corpus, tmp_path / "spill", processes=2) as engine:
        claims = engine.table("claims", ["dossier", "party"])
        with pytest.raises((KeyError, RuntimeError), match="party"):
            engine.collect(engine.group(claims, ["dossier"], wrong_columns, COUNT))


@pytest.mark.parametrize("text", ["SparkContext has been shutdown", "a stopped SparkContext."])
def test_a_master_that_does_not_answer_is_an_error_without_a_trace(text: str) -> None:
    """Spark ends itself then."""
    error = "Spark ended, since its master does not answer or closed the connection; check --master"
    with pytest.raises(ClaimcliError, match=error), running_job("cells"):
        raise Py4JError(f"An error occurred: {text}")


def test_an_error_of_java_is_named_by_its_reason() -> None:
    """Warnings before it and the trace after it are left out."""
    text = (
        "WARNING: Using incubator modules: jdk.incubator.vector\n"
        'Exception in thread "main" org.apache.spark.SparkException: No such master\n'
        "\tat org.apache.spark.deploy.SparkSubmit.error(SparkSubmit.scala:1068)\n"
    )
    error = "^Spark failed at a part of 'cells': No such master; see the logs of Spark$"
    with pytest.raises(ClaimcliError, match=error), running_job("cells"):
        raise Py4JError(text)


def test_an_error_of_spark_after_an_interruption_is_the_interruption() -> None:
    """Spark calls Java when a step ends, also after Ctrl-C, when Java can be gone."""
    error = ConnectionError("no answer")
    error.__context__ = KeyboardInterrupt()

    with pytest.raises(KeyboardInterrupt), running_job("cells"):
        raise error
