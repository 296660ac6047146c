"""Parquet files that a stranger made to harm: each is refused, in a process with limits."""

import io
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from claimcli.core.problems import ClaimcliError
from claimcli.exchange.parquet import reader
from claimcli.exchange.parquet.reader import read_parquet, write_tables


def written(table: Any, **options: Any) -> bytes:
    data = io.BytesIO()
    pq.write_table(table, data, **options)
    return data.getvalue()


def small() -> bytes:
    return written(pa.table({"id": [f"c{n}" for n in range(50)], "statement": ["It is so."] * 50}))


def refusal(folder: Path, data: bytes) -> str:
    """Return the message about a file."""
    path = folder / "claims.parquet"
    path.write_bytes(data)
    with pytest.raises(ClaimcliError) as raised:
        read_parquet([(path, "claims")])
    return str(raised.value).removeprefix(f"{folder}/")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "parquet file size is 0 bytes"),
        (b"id,statement\na,It is so.\n" * 9, "parquet magic bytes not found in footer"),
        (small()[:-300], "parquet magic bytes not found in footer"),
        (b"PAR1" + b"\xff" * 200 + b"\xc8\x00\x00\x00PAR1", "couldn't deserialize thrift"),
    ],
)
def test_what_is_no_parquet_is_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    """Another format, a truncated file, and metadata without meaning."""
    message = refusal(tmp_path, data)

    assert message.startswith(f"claims.parquet cannot be read as Parquet: {reason}")
    assert message.endswith("; write it again, for example with 'claimcli export --format parquet'")


def test_a_file_that_is_missing_or_a_folder_is_refused(tmp_path: Path) -> None:
    """With its path."""
    with pytest.raises(ClaimcliError) as raised:
        read_parquet([(tmp_path / "claims.parquet", "claims")])

    assert str(raised.value) == (
        f"{tmp_path}/claims.parquet cannot be read: No such file or directory; check its name"
    )


def test_too_many_rows_or_columns_are_refused(tmp_path: Path) -> None:
    """The numbers are in the metadata, so nothing is read."""
    rows = pa.table({"statement": pa.nulls(1_000_001, pa.string())})
    columns = pa.table({f"c{number}": [0] for number in range(1001)})

    assert [refusal(tmp_path, written(table)) for table in (rows, columns)] == [
        "claims.parquet has more than 1,000,000 rows; divide it into several files",
        "claims.parquet has more than 1,000 columns; remove those without data",
    ]


def test_a_small_file_with_more_text_than_memory_is_refused(tmp_path: Path) -> None:
    """A text of a dictionary can be the value of every row."""
    indices = pa.array([0] * 100_000, pa.int32())
    text = pa.DictionaryArray.from_arrays(indices, pa.array(["x" * 10_000_000]))
    data = written(pa.table({"statement": text}))

    assert len(data) < 10_000_000
    assert refusal(tmp_path, data).startswith("claims.parquet ")


def test_the_texts_of_all_files_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Each file may be small."""
    monkeypatch.setattr(reader, "MAX_TEXT", 3000)
    path = tmp_path / "claims.parquet"
    path.write_bytes(small())

    write_tables(msgspec.json.encode([(str(path), "claims")] * 2))
    with pytest.raises(ClaimcliError, match="has more than 0 MiB of text"):
        write_tables(msgspec.json.encode([(str(path), "claims")] * 3))

    assert capfdbinary.readouterr().out.count(b'{"table":"claims"') == 5


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_file_ends_in_an_error_or_in_rows(tmp_path: Path, seed: int) -> None:
    """Whichever bytes are changed, the message names the file, and is one line."""
    random, data = Random(seed), bytearray(small())
    for _ in range(random.choice((1, 3, 30))):
        data[random.randrange(len(data))] = random.randrange(256)
    path = tmp_path / "claims.parquet"
    path.write_bytes(data)

    message = outcome(path)

    assert message == "rows" or (message.startswith(f"{path} ") and "\n" not in message)


def outcome(path: Path) -> str:
    """Return the message about a file, or that it has rows."""
    try:
        read_parquet([(path, "claims")])
    except ClaimcliError as error:
        return str(error)
    return "rows"
