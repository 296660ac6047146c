"""Sources of a claim replaced without losing the quotes."""

from pathlib import Path

import pytest

from claimcli.edit.commands import set_record
from claimcli.edit.target import EditTarget

SOURCES = "sources:\n  - {id: a, title: A}\n  - {id: b, title: B}\n  - {id: c, title: C}\n"


def changed(folder: Path, cited: str, assignment: str) -> tuple[str, tuple[str, ...]]:
    """Return what a claim cites after an assignment, and the notes."""
    file = folder / "main.yaml"
    claim = "claims:\n  - id: x\n    party: p\n    statement: S\n    "
    file.write_text(f"{SOURCES}\n{claim}{cited}\n")
    change = set_record(EditTarget([folder]), "x", None, [assignment])
    return file.read_text().partition("statement: S\n    ")[2].rstrip("\n"), change.notes


@pytest.mark.parametrize(
    ("before", "assignment", "after", "notes"),
    [
        (
            "source: {id: a, quote: so, prefix: just}",
            "source=b",
            'source: {id: b, quote: "so", prefix: "just"}',
            (),
        ),
        (
            "source: {title: T, published: 2020, quote: so, locator: page 3}",
            "source=b",
            'source: {id: b, quote: "so", locator: page 3}',
            ("note: dropped title 'T', published '2020' of the replaced source",),
        ),
        (
            "sources: [{id: a, quote: so}, b]",
            "sources=a,c",
            'sources: [{id: a, quote: "so"}, c]',
            (),
        ),
        (
            "sources: [{id: a, quote: so}, {id: b, quote: no}]",
            "source=c",
            "sources: c",
            ("note: dropped quote 'so', quote 'no' of the replaced source",),
        ),
        (
            "source: {id: a, quote: so, locator: page 3}",
            "source={id: b, quote: new}",
            'source: {id: b, quote: "new"}',
            ("note: dropped quote 'so', locator 'page 3' of the replaced source",),
        ),
        ("source: a", "source=b", "source: b", ()),
    ],
)
def test_the_quote_of_a_replaced_source_stays_or_its_loss_is_reported(
    tmp_path: Path, before: str, assignment: str, after: str, notes: tuple[str, ...]
) -> None:
    """It stays if it is clear to which of the new sources it belongs."""
    assert changed(tmp_path, before, assignment) == (after, notes)
