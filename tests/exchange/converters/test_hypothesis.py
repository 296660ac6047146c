"""Annotations that Hypothesis exports become claims with quotes."""

import json
from pathlib import Path
from typing import Any

import pytest

from claimcli.core.problems import ClaimcliError
from claimcli.exchange.converters.hypothesis import read
from claimcli.exchange.records import Imported, ImportOptions

PAGE = "https://press.example/1"
QUOTED = {
    "id": "u1",
    "created": "2023-05-04T10:12:00.120000+00:00",
    "updated": "2023-05-04T10:12:00.120000+00:00",
    "user": "acct:ann@hypothes.is",
    "user_info": {"display_name": "Ann Lee"},
    "uri": PAGE,
    "text": "Which part of the main?",
    "tags": ["party:Waterworks", "said:2023-05-02", "main"],
    "group": "__world__",
    "permissions": {"read": ["group:__world__"]},
    "target": [
        {
            "source": PAGE,
            "selector": [
                {"type": "RangeSelector", "startContainer": "/p[2]", "startOffset": 4},
                {"type": "TextPositionSelector", "start": 120, "end": 131},
                {
                    "type": "TextQuoteSelector",
                    "exact": "found\n  sound",
                    "prefix": "was ",
                    "suffix": ".",
                },
            ],
        }
    ],
    "document": {"title": ["Press conference"]},
    "flagged": False,
}
REPLY = {
    "id": "u2",
    "created": "2023-05-05T08:00:00+00:00",
    "user": "acct:bo@hypothes.is",
    "uri": PAGE,
    "text": "The northern part.",
    "references": ["u1"],
    "target": [{"source": PAGE}],
}
PAGE_NOTE = {"id": "u3", "created": "2023-05-06", "uri": PAGE, "text": "Undated.", "tags": ["todo"]}


def read_value(tmp_path: Path, value: Any, **options: Any) -> Imported:
    path = tmp_path / "notes.json"
    path.write_text(json.dumps(value, indent=1), "utf-8")
    return read([path], ImportOptions(**options))


def test_the_export_of_the_client(tmp_path: Path) -> None:
    """A highlight is a claim, a reply belongs to it, a note on a page to the source."""
    export = {"client_version": "1.13", "annotations": [PAGE_NOTE, REPLY, QUOTED]}

    imported = read_value(tmp_path, export)

    page, claim = imported.records
    assert (page.kind, dict(page.fields)) == (
        "source",
        {
            "title": "Press conference",
            "url": PAGE,
            "note": "Tags: todo\nComment, 2023-05-06: Undated.",
        },
    )
    assert (claim.kind, dict(claim.fields)) == (
        "claim",
        {
            "party": "Waterworks",
            "statement": "found sound",
            "said": "2023-05-02",
            "source": {"id": page.where, "quote": "found sound", "prefix": "was", "suffix": "."},
            "tags": ["main"],
            "note": "Comment by Ann Lee, 2023-05-04: Which part of the main?\n"
            "Reply by bo@hypothes.is, 2023-05-05: The northern part.",
        },
    )
    dropped = {one.field for one in imported.losses if one.kind == "dropped"}
    assert dropped == {
        "client_version", "id", "updated", "user", "group", "permissions", "flagged", "title",
        "target.0.selector.0", "target.0.selector.1",
    }  # fmt: skip


def test_the_answer_of_the_api_and_lines(tmp_path: Path) -> None:
    """Rows, an array, one annotation, or one per line are the same."""
    lines = tmp_path / "lines.jsonl"
    lines.write_text("\n".join(json.dumps(one) for one in (QUOTED, REPLY)), "utf-8")
    values = ({"total": 2, "rows": [REPLY, QUOTED]}, [QUOTED, REPLY])

    read_ones = [read_value(tmp_path, one) for one in values]
    read_ones.append(read([lines], ImportOptions()))

    assert len({str([r.fields.get("note") for r in one.records]) for one in read_ones}) == 1


def test_a_page_of_a_pdf_is_the_locator(tmp_path: Path) -> None:
    """Its number is the label in the document."""
    selector = [
        {"type": "PageSelector", "index": 4, "label": "iv"},
        *QUOTED["target"][0]["selector"],
    ]  # type: ignore[index]
    row = {**QUOTED, "uri": "urn:x-pdf:0af1", "target": [{"selector": selector}]}

    source, claim = read_value(tmp_path, row).records

    assert source.fields["url"] == "urn:x-pdf:0af1"
    assert claim.fields["source"]["locator"] == "page iv"  # type: ignore[call-overload, index]


def test_a_reply_to_an_annotation_that_the_file_lacks(tmp_path: Path) -> None:
    """It is kept in the note of the page."""
    assert [record.fields["note"] for record in read_value(tmp_path, [REPLY]).records] == [
        "Reply by bo@hypothes.is, 2023-05-05: The northern part."
    ]


def test_the_comment_as_statement(tmp_path: Path) -> None:
    """Who wrote it is then a loss, because a claim has no such field."""
    imported = read_value(tmp_path, [QUOTED], columns={"text": "statement"})

    assert imported.records[1].fields["statement"] == "Which part of the main?"
    assert next((one.field, one.kind, one.detail) for one in imported.losses) == (
        "comment", "dropped", "Comment by Ann Lee, 2023-05-04",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ([QUOTED, {"id": "x"}], "notes.json:53:2"),
        ({"rows": "x"}, "notes.json:2:10"),
        (7, "notes.json:1:1"),
        ([QUOTED, {"uri": ["x"]}], "notes.json:53:2"),
    ],
)
def test_what_is_no_annotation_is_refused(tmp_path: Path, value: Any, where: str) -> None:
    """The error has its line and column."""
    with pytest.raises(ClaimcliError) as caught:
        read_value(tmp_path, value)

    assert caught.value.message == f"{where}: this is no annotation: it has no 'uri'"


@pytest.mark.parametrize("wrong", [None, 7, [], {}, "x", [[7]], {"title": 7}, [{"selector": 7}]])
@pytest.mark.parametrize("key", ["id", "created", "user", "text", "tags", "target", "document", "references", "user_info"])  # fmt: skip
def test_values_of_another_type_are_no_tracebacks(tmp_path: Path, key: str, wrong: Any) -> None:
    """They are losses, or the same written otherwise."""
    assert read_value(tmp_path, [{**QUOTED, key: wrong}, REPLY]).records
