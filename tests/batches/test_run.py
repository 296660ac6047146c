"""Jobs on a corpus of many claims, and their names."""

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
def test_ten_thousand_claims_have_the_same_rows_on_each_engine(job: str, engine: str) -> None:
    """The result depends neither on the engine, nor on the number and order of parts."""
    assert corpus_tables()["claims"].num_rows == 10_000
    assert run_job(job, corpus_tables(), engine, parts=17, seed=1) == expected(job)


def test_an_unknown_job_is_an_error_with_the_nearest_name() -> None:
    """The message names the job that was probably meant."""
    with pytest.raises(ClaimcliError, match="did you mean 'matrix'"):
        find_job("matrx")
