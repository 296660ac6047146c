"""Similar wordings of a corpus: the rows by which they are grouped."""

import pyarrow as pa

from claimcli.analysis.near_duplicates import MOST_WORDS, word_pairs, wording_key
from claimcli.batches.parts import BATCH_BYTES
from claimcli.batches.wordings import pack_pairs, wordings_by_pair

WORDINGS = pa.schema([("key", pa.binary()), ("pairs", pa.binary())])


def _wordings(statements: list[str]) -> pa.RecordBatch:
    pairs = [word_pairs(statement) for statement in statements]
    columns = [list(map(wording_key, pairs)), list(map(pack_pairs, pairs))]
    return pa.record_batch(columns, schema=WORDINGS)


def test_the_rows_of_long_wordings_are_in_small_batches() -> None:
    """The rows of one wording have its word pairs as often as it has rare ones."""
    long = [" ".join(f"{name}{n}" for n in range(MOST_WORDS)) for name in "abcde"]

    batches = list(wordings_by_pair([_wordings(long)], frequent={}, jaccard=0.5))

    assert [batch.num_rows for batch in batches] == [1000, 1000, 500]
    assert all(batch.nbytes < 1.1 * BATCH_BYTES for batch in batches)


def test_the_rows_of_short_wordings_are_in_one_batch() -> None:
    """A statement of three words has two pairs, of which the rarer is enough for equal ones."""
    short = _wordings(["The main leaks", "The main broke", "It rains"])

    (batch,) = wordings_by_pair([short], frequent={}, jaccard=1)

    assert batch.num_rows == 3
    assert batch["place"].to_pylist() == [0, 0, 0]
