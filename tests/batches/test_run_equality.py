"""The rows of a job are the same on every engine, however the tables are divided and ordered."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pytest

from claimcli.batches.jobs import job_names
from claimcli.batches.run import find_job
from tests.support.cli import ROOT
from tests.support.corpora import ENGINES, run_job, table_bytes

PARTS = (1, 3, 17)
JOBS = [name for name in job_names() if find_job(name).TABLES]
DOSSIER = """\
parties: [{{id: mill, name: Mill}}, {{id: town, name: Town}}, {{id: guild, member_of: [mill]}}]
issues: [{{id: smoke, question: Is there smoke?}}, {{id: noise, question: Is there noise?}}]
sources: [{{id: s, title: Minutes, published: 2023, text: minutes.txt}}]
claims:
{claims}
"""
CLAIM = """\
  - id: c{n}
    party: {party}
    issue: {issue}
    position: '{position}'
    said: 2023-01-{day:02}
    statement: The {subject} makes {n} tons of {issue} every day of the week.
    source: {{id: s, quote: 'the {subject} makes {n} tons'}}
"""


def _dossier(seed: int, claims: int) -> str:
    parties, subjects = ("mill", "town", "guild"), ("mill", "old mill", "furnace")
    texts = []
    for n in range(claims):
        text = CLAIM.format(
            n=n,
            party=parties[(n + seed) % 3],
            issue=("smoke", "noise")[n % 2],
            position=("yes", "no")[(n // 2) % 2],
            day=n % 28 + 1,
            subject=subjects[n % 3 if n % 5 else seed % 3],
        )
        if n % 4 == 3:
            text += f"    responds_to: {{claim: c{n - 1 - n % 3}, kind: denies}}\n"
        texts.append(text)
    return DOSSIER.format(claims="".join(texts))


@cache
def corpus() -> Mapping[str, pa.Table]:
    """Return the tables of the sample dossiers and of some generated ones, with texts."""
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "waterworks").symlink_to(ROOT / "claimcli" / "samples" / "waterworks")
        for seed in range(4):
            at = folder / f"town-{seed}"
            at.mkdir()
            (at / "claims.yaml").write_text(_dossier(seed, 20 + seed), encoding="utf-8")
            quotes = " ".join(f"They say the old mill makes {n} tons." for n in range(0, 24, 2))
            (at / "minutes.txt").write_text(quotes, encoding="utf-8")
        return run_job("read", folder)


@cache
def expected(job: str) -> Mapping[str, bytes]:
    """Return the tables of a job's result in one process, on tables of one file each."""
    return _bytes(run_job(job, corpus(), parts=1))


def _bytes(tables: Mapping[str, pa.Table]) -> dict[str, bytes]:
    return {name: table_bytes(table) for name, table in tables.items()}


def test_the_corpus_has_rows_of_every_kind() -> None:
    """Otherwise the jobs are compared on nothing."""
    rows = {name: table.num_rows for name, table in corpus().items()}
    results = {job: sum(t.num_rows for t in run_job(job, corpus()).values()) for job in JOBS}

    assert {name for name, count in rows.items() if not count} <= {"events", "requests"}
    assert min(results.values()) > 4


@pytest.mark.parametrize("kind", ENGINES)
@pytest.mark.parametrize("parts", PARTS)
@pytest.mark.parametrize("job", JOBS)
def test_rows_do_not_depend_on_the_engine(job: str, parts: int, kind: str) -> None:
    """The sorted rows are equal byte for byte; the rows of the corpus are shuffled."""
    assert _bytes(run_job(job, corpus(), kind, parts=parts, seed=parts)) == expected(job)


@pytest.mark.parametrize("job", JOBS)
def test_rows_do_not_depend_on_the_processes(job: str) -> None:
    """Two processes share the parts."""
    assert _bytes(run_job(job, corpus(), parts=3, processes=2)) == expected(job)


@pytest.mark.parametrize("kind", ENGINES)
def test_dossiers_are_read_alike(kind: str) -> None:
    """Reading files gives the same tables in several processes, and on Spark."""
    folder = ROOT / "claimcli" / "samples"

    assert _bytes(run_job("read", folder, kind, processes=2)) == _bytes(run_job("read", folder))
