"""W3C Web Annotations are read and written, and what they cannot express is listed."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from claimcli.core.problems import ClaimcliError
from claimcli.exchange.annotations.validity import CONTEXT
from claimcli.exchange.converters.web_annotation import read
from claimcli.exchange.records import Imported, ImportOptions
from tests.support.cli import TEST_DATA

SAMPLES = TEST_DATA / "datasets" / "web-annotation"
needs_samples = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="CLAIMCLI_TEST_DATA names no folder with W3C's samples"
)
QUOTED = {
    "@context": CONTEXT,
    "id": "https://notes.example/1",
    "type": "Annotation",
    "motivation": "commenting",
    "creator": {"type": "Person", "name": "Ann Lee"},
    "created": "2023-05-04T10:00:00Z",
    "body": [
        {"type": "TextualBody", "value": "<p>Which part &amp; when?</p>", "format": "text/html"},
        {"type": "TextualBody", "value": "party:Waterworks", "purpose": "tagging"},
        {"type": "TextualBody", "value": "main", "purpose": "tagging"},
    ],
    "target": {
        "source": "https://press.example/1",
        "selector": [
            {"type": "TextPositionSelector", "start": 412, "end": 423},
            {
                "type": "TextQuoteSelector",
                "exact": "found\n sound",
                "prefix": "was ",
                "suffix": " in",
                "refinedBy": {"type": "FragmentSelector", "value": "page=7"},
            },
        ],
    },
}


def read_value(tmp_path: Path, value: Any, **options: Any) -> Imported:
    """Read a file with a JSON value, or with a text."""
    path = tmp_path / "a.json"
    path.write_text(value if isinstance(value, str) else json.dumps(value, indent=1), "utf-8")
    return read([path], ImportOptions(**options))


def error_of(tmp_path: Path, value: Any, **options: Any) -> str:
    with pytest.raises(ClaimcliError) as caught:
        read_value(tmp_path, value, **options)
    return caught.value.message


def test_quoted_words_become_a_claim_of_the_party_that_a_tag_names(tmp_path: Path) -> None:
    """Statement and quote are the words; what the annotator comments is only in the note."""
    imported = read_value(tmp_path, QUOTED, issue="state-of-main")

    page, claim = imported.records
    assert (page.kind, page.where, page.fields) == (
        "source", "a.json:29:13", {"title": "https://press.example/1", "url": "https://press.example/1"},
    )  # fmt: skip
    assert (claim.kind, claim.where) == ("claim", "a.json:30:15")
    assert claim.fields == {
        "statement": "found sound",
        "party": "Waterworks",
        "issue": "state-of-main",
        "tags": ["main"],
        "source": {
            "id": "a.json:29:13", "quote": "found sound", "prefix": "was", "suffix": "in",
            "locator": "page 7",
        },
        "note": "Comment by Ann Lee, 2023-05-04: Which part & when?",
    }  # fmt: skip
    assert [(one.record, one.field, one.kind, one.where) for one in imported.losses] == [
        ("claim found sound", "comment", "kept-in-note", "a.json:12:3"),
        ("annotation https://notes.example/1", "id", "dropped", "a.json:3:8"),
        ("annotation https://notes.example/1", "motivation", "dropped", "a.json:5:16"),
        ("annotation https://notes.example/1", "body.0.format", "dropped", "a.json:15:14"),
        ("annotation https://notes.example/1", "target.selector.0", "dropped", "a.json:31:4"),
    ]


def test_the_comment_is_the_statement_if_the_user_says_so(tmp_path: Path) -> None:
    """--map comment=statement."""
    imported = read_value(tmp_path, QUOTED, columns={"Comment": "statement"})

    assert imported.records[1].fields["statement"] == "Which part & when?"
    assert "note" not in imported.records[1].fields
    assert error_of(tmp_path, QUOTED, columns={"motivation": "note"}) == (
        "no mapping of 'motivation' to 'note'"
    )


def test_the_same_words_on_two_pages_are_one_claim(tmp_path: Path) -> None:
    """It cites both; a second annotation of the same place adds only its comment."""
    other = {**QUOTED, "target": {**QUOTED["target"], "source": "https://press.example/2"}}  # type: ignore[dict-item]
    again = {**QUOTED, "bodyValue": "Again.", "body": None}

    records = read_value(tmp_path, [QUOTED, other, again], party="Waterworks").records

    assert [record.kind for record in records] == ["source", "source", "claim"]
    assert [cited["id"] for cited in records[2].fields["sources"]] == [  # type: ignore[call-overload, index]
        records[0].where, records[1].where,
    ]  # fmt: skip
    assert str(records[2].fields["note"]).endswith("\nComment by Ann Lee, 2023-05-04: Again.")


def test_words_that_no_party_is_named_for_are_kept_with_the_page(tmp_path: Path) -> None:
    """The list of losses says how to make a claim of them."""
    bare = {**QUOTED, "body": "https://notes.example/body"}

    imported = read_value(tmp_path, bare)

    assert [record.fields["note"] for record in imported.records] == [
        'Quote: "found sound" (after "was", before "in", at page 7)\nBody: https://notes.example/body'
    ]
    assert imported.losses[0].detail == (
        "no party is named: give --party, or tag the annotation 'party:NAME'"
    )


def test_tags_set_fields(tmp_path: Path) -> None:
    """Several parties make a joint statement; a date that is not understood stays a tag."""
    tags = ("party:A", "Party: B", "said:2 May 2023", "about:soon", "speaker:Ann", "x: y")
    body = [{"value": tag, "purpose": "tagging"} for tag in tags]

    imported = read_value(tmp_path, {**QUOTED, "body": body})

    fields = imported.records[1].fields
    assert {name: fields[name] for name in ("party", "said", "speaker", "tags")} == {
        "party": ["A", "B"], "said": "2023-05-02", "speaker": "Ann", "tags": ["about:soon", "x: y"],
    }  # fmt: skip
    assert [one.detail for one in imported.losses if one.field == "about"] == ["'soon' is no about"]


def test_the_state_of_the_page_is_its_archived_copy(tmp_path: Path) -> None:
    """A TimeState names the copy and the day."""
    state = {
        "type": "TimeState",
        "cached": "https://a.example/1",
        "sourceDate": "2015-07-20T13:30:00Z",
    }

    imported = read_value(tmp_path, {**QUOTED, "target": {**QUOTED["target"], "state": state}})  # type: ignore[dict-item]

    fields = imported.records[0].fields
    assert (fields["archive_url"], fields["accessed"]) == (
        "https://a.example/1", "2015-07-20T13:30:00Z",
    )  # fmt: skip


@needs_samples
@pytest.mark.parametrize("path", sorted(SAMPLES.glob("correct/*")), ids=lambda path: path.name)
def test_correct_samples_are_imported(path: Path) -> None:
    """Every text of W3C's sample is in a record or in the list of losses."""
    imported = read([path], ImportOptions())

    kept = str([(dict(record.fields)) for record in imported.records]) + str(imported.losses)
    document = json.loads(path.read_text("utf-8"))
    missing = [text for text in _texts(document) if plain(text) not in plain(kept)]
    assert missing == []
    assert imported.records or "AnnotationCollection" in document["type"]


def _texts(value: Any, key: str = "") -> list[str]:
    """Return the texts in a JSON value, except for types and the context."""
    if isinstance(value, dict):
        return [text for name, part in value.items() for text in _texts(part, name)]
    if isinstance(value, list):
        return [text for part in value for text in _texts(part, key)]
    structure = key in ("type", "@context") or (key, value) == ("purpose", "tagging")
    return [] if structure or key == "purpose" else [str(value)]


def plain(text: str) -> str:
    return re.sub(r"</?p>|\W", "", text)


FIXED = {
    "anno1": "not JSON",
    "anno3": "there is no '@context'",
    "anno4": "the '@context' is not that of annotations",
    "anno5": "the '@context' is not that of annotations",
    "anno8": "there is no 'type'",
    "anno10": "an annotation needs a 'target'",
    "anno12": "no address: \"this is not a uri\"",
    "anno13": "no address: \"this is not a uri either\"",
    "anno15": "the value must be one text",
    "anno16": "no direction of text: \"squirrel\"",
    "anno18": "the value must be one text",
    "anno19": "'body' and 'bodyValue' exclude each other",
    "anno20": "the value must be one text",
    "anno21": "the value must be one text",
    "anno23": "the value must be one text",
    "anno24": "no direction of text",
    "anno26": "no address: 6",
    "anno27": "no address: 42",
    "anno29": "no time: \"an hour ago\"",
    "anno31": "no time: [",
    "anno32": "no time: [",
    "anno34": "no address: \"not a uri\"",
    "anno35": "no address: \"not a uri\"",
    "anno37": "a part of a page needs its 'source'",
    "anno38": "a part of a page needs its 'source'",
}  # fmt: skip
"""What is wrong with each sample besides its commas and its two ids, which samples share."""


@needs_samples
@pytest.mark.parametrize("path", sorted(SAMPLES.glob("incorrect/*")), ids=lambda path: path.name)
def test_incorrect_samples_are_refused_with_a_location(path: Path, tmp_path: Path) -> None:
    """With commas and ids corrected, the error names the mistake for which W3C wrote the sample."""
    with pytest.raises(ClaimcliError) as caught:
        read([path], ImportOptions())
    assert re.match(rf"{path.name}:\d+:\d+: ", caught.value.message)

    text = re.sub(r",(\s*})", r"\1", path.read_text("utf-8")).replace("langauage", "language")
    text = re.sub(r'"id": \[("[^"]*")[^\]]*\]', r'"id": \1', text)
    if path.stem in FIXED:
        assert re.match(rf"a.json:\d+:\d+: {re.escape(FIXED[path.stem])}", error_of(tmp_path, text))
    else:
        assert read_value(tmp_path, text).records


@pytest.mark.parametrize(
    ("selector", "message"),
    [
        ({"type": "FragmentSelector"}, "a FragmentSelector needs a 'value'"),
        ({"type": "TextQuoteSelector", "exact": ["a"]}, "the value must be one text"),
        ({"type": "TextPositionSelector", "start": -1, "end": 2}, "a position must be a whole number from 0"),
        ({"type": "RangeSelector", "startSelector": {"type": "XPathSelector"}, "endSelector": "x"}, "a XPathSelector needs a 'value'"),
        (7, "no address: 7"),
    ],
)  # fmt: skip
def test_invalid_selectors_are_refused(tmp_path: Path, selector: Any, message: str) -> None:
    """Each kind of selector has the keys of its section."""
    target = {"source": "https://press.example/1", "selector": selector}

    assert error_of(tmp_path, {**QUOTED, "target": target}).partition(": ")[2] == message
