"""The values of columns of types that not every version of pyarrow writes to files."""

from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest

from claimcli.core.schema import CLAIM
from claimcli.exchange.parquet.cells import cell_values
from claimcli.exchange.parquet.schema import FLAG, TEXT, TEXTS, ArrowColumn, ArrowType

DATE = ArrowColumn("said", TEXT, next(field for field in CLAIM.fields if field.name == "said"))


@pytest.mark.parametrize(
    ("type_", "array", "values"),
    [
        (TEXT, pa.array(["a", None], pa.string_view()), ["a", None]),
        (TEXT, pa.array([1, None], pa.uint8()), ["1", None]),
        (TEXTS, pa.array([["a"], []], pa.list_(pa.string_view())), [["a"], []]),
        (TEXTS, pa.array([["a", "b"]], pa.list_(pa.string(), 2)), [["a", "b"]]),
        (TEXTS, pa.array([["a"]], pa.list_(pa.dictionary(pa.int8(), pa.string()))), [["a"]]),
        (TEXTS, pa.array(["a", None]), [["a"], None]),
        (FLAG, pa.array([True]).dictionary_encode(), [True]),
        (FLAG, pa.nulls(1), [None]),
    ],
)
def test_values(type_: ArrowType, array: Any, values: list[Any]) -> None:
    """They are those of Python."""
    assert cell_values(ArrowColumn("column", type_), array) == values


@pytest.mark.parametrize(
    ("array", "dates"),
    [
        (pa.array([datetime(2021, 5, 1, 12, 0, 7, 250)], pa.timestamp("us")), ["2021-05-01T12:00:07"]),
        (pa.array([datetime(2021, 5, 1, tzinfo=UTC)], pa.timestamp("s", "UTC")), ["2021-05-01T00:00:00+00:00"]),
        (pa.array([datetime(2021, 5, 1), None], pa.date64()), ["2021-05-01", None]),
        (pa.array([2021], pa.int32()), ["2021"]),
    ],
)  # fmt: skip
def test_dates(array: Any, dates: list[str]) -> None:
    """Moments have no fractions of a second, which EDTF lacks."""
    assert cell_values(DATE, array) == dates
