"""Jobs on engines: the rows of a result depend neither on the engine nor on the parts."""

import tempfile
from functools import cache
from pathlib import Path

import pyarrow as pa
import pytest

from claimcli.batches.jobs import job_names
from claimcli.batches.run import find_job
from claimcli.core.problems import ClaimcliError
from tests.support.corpora import ENGINES, run_job
from tests.support.generated_dossiers import write_dossiers

JOBS = [name for name in job_names() if find_job(name).TABLES]


@cache
def corpus_tables() -> dict[str, pa.Table]:
    """Return the tables of a corpus of 20 dossiers with 10,000 claims."""
    with tempfile.TemporaryDirectory() as folder:
        return run_job("read", write_dossiers(Path(folder), dossiers=20, claims=500))


@cache
def expected(job: str) -> dict[str, pa.Table]:
    """Return the result of a job in one process, of rows in one part."""
    return run_job(job, corpus_tables(), parts=1)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("job", JOBS)
def test_a_result_depends_neither_on_the_engine_nor_on_the_parts(job: str, engine: str) -> None:
    """Rows of 1, 3 and 17 parts in any order give the same sorted rows on each engine."""
    assert corpus_tables()["claims"].num_rows == 10_000
    for parts in (1, 3, 17):
        assert run_job(job, corpus_tables(), engine, parts=parts, seed=parts) == expected(job)


@pytest.mark.parametrize("engine", ENGINES)
def test_dossiers_are_read_to_the_same_rows_on_each_engine(tmp_path: Path, engine: str) -> None:
    """The rows of a dossier have the same order in each result."""
    folder = write_dossiers(tmp_path, dossiers=3, claims=40)

    assert run_job("read", folder, engine, processes=2) == run_job("read", folder)


def test_an_unknown_job_is_an_error_with_the_nearest_name() -> None:
    """The message names the job that was probably meant."""
    with pytest.raises(ClaimcliError, match="did you mean 'matrix'"):
        find_job("matrx")
