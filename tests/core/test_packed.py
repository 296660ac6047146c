"""Records packed in little memory."""

from claimcli.core.packed import PackedRecords
from claimcli.core.problems import Span


def test_records_are_sorted_by_number() -> None:
    """They come in the order of their numbers; equal numbers stay in the order of adding."""
    records = PackedRecords(Span)
    numbers = [5000, 3, 70_000, 3, 0]
    for line, number in enumerate(numbers, 1):
        records.add(number, Span("a.yaml", line))

    assert len(records) == 5
    assert [span.line for span in records] == [5, 2, 4, 1, 3]
    assert list(records) == list(records)


def test_no_records() -> None:
    records = PackedRecords(Span)

    assert (len(records), list(records)) == (0, [])
