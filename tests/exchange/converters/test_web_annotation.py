"""W3C Web Annotations are read and written, and what they cannot express is listed."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from claimcli.core.problems import ClaimcliError
from claimcli.core.records import Dossier
from claimcli.exchange.annotations.validity import CONTEXT
from claimcli.exchange.converters.web_annotation import read, write
from claimcli.exchange.records import ExportOptions, Imported, ImportOptions, Loss
from claimcli.exchange.selection import select_records
from tests.support.cli import TEST_DATA, claimcli
from tests.support.every_field import FIELDS, OTHERS, PAGES, PARTS, SECTIONS, VALUES, leaves

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


SMALL = """
parties: [{id: works, name: Alder Waterworks}]
sources:
  - {id: letter, title: Letter, url: "https://a.example/letter.pdf", archive_url: "https://b.example/1"}
  - {id: talk, title: Talk}
claims:
  - id: sound
    party: works
    speaker: Ann Lee
    statement: It is sound.
    said: 2023-05-02
    tags: [main]
    sources:
      - {id: letter, quote: "so\\u202e und", prefix: was, locator: page 7}
      - {id: talk, quote: sound}
    rebuttals:
      - {party: town, statement: It is not., source: talk}
  - {id: not-sound, party: town, statement: It is not sound., restates: sound, supersedes: sound/town,
     source: {id: letter, quote: not sound}}
"""


def exported(dossier: Dossier, *, internal: bool = False) -> tuple[dict[str, Any], list[Loss]]:
    written = write(select_records(dossier, whole=True, internal=internal), ExportOptions())
    return json.loads(written.files[0].data), list(written.losses)


def test_a_quote_is_written_as_an_annotation(dossier_of: Callable[..., Dossier]) -> None:
    """Readers see who says what; our own properties have the fields, the target the quote."""
    page, _ = exported(dossier_of(SMALL))

    assert [page["type"], len(page["items"])] == ["AnnotationPage", 2]
    annotation = page["items"][0]
    assert {**annotation, "id": annotation["id"][:9]} == {
        "id": "urn:uuid:",
        "type": "Annotation",
        "motivation": "describing",
        "body": [
            {
                "type": "TextualBody",
                "purpose": "describing",
                "value": "Alder Waterworks (Ann Lee), 2023-05-02: It is sound.",
            },
            {"type": "TextualBody", "purpose": "tagging", "value": "main"},
        ],
        "target": {
            "source": "https://a.example/letter.pdf",
            "selector": [
                {"type": "TextQuoteSelector", "exact": "so\u202e und", "prefix": "was"},
                {
                    "type": "FragmentSelector",
                    "conformsTo": "http://tools.ietf.org/rfc/rfc3778",
                    "value": "page=7",
                },
            ],
            "state": {"type": "TimeState", "cached": "https://b.example/1"},
        },
        "claimcli:claim": {
            "id": "sound",
            "party": "works",
            "speaker": "Ann Lee",
            "statement": "It is sound.",
            "said": "2023-05-02",
        },
        "claimcli:citation": {"locator": "page 7", "prefix": "was"},
        "claimcli:source": {
            "id": "letter",
            "title": "Letter",
            "url": "https://a.example/letter.pdf",
            "archive_url": "https://b.example/1",
        },
    }


def test_what_is_not_written_is_listed(dossier_of: Callable[..., Dossier]) -> None:
    """Claims without a quote of a page, sources that no annotation quotes, and registries."""
    _, losses = exported(dossier_of(SMALL))

    assert [(one.record, one.field, one.detail) for one in losses] == [
        ("claim sound", "source", "talk: the source has no url"),
        ("claim not-sound", "supersedes", "sound/town"),
        *(
            ("claim sound/town", field, "it has no quote of a page with a url")
            for field in ("id", "party", "statement", "responds_to", "source")
        ),
        ("source talk", "id", "no annotation quotes it"),
        ("source talk", "title", "no annotation quotes it"),
        ("party works", "id", "annotations have no party records"),
        ("party works", "name", "annotations have no party records"),
    ]


@pytest.mark.parametrize(("kind", "field"), FIELDS)
def test_every_field_is_written_or_listed(
    dossier_of: Callable[..., Dossier], kind: str, field: str
) -> None:
    """No field of any record is dropped silently."""
    quoted = {**VALUES["claim"], "sources": [{**PAGES["leaflet"], "quote": "so it is"}]}
    records = {SECTIONS[one]: [value] for one, value in (VALUES | {"claim": quoted}).items()}
    content = {name: [*listed, *OTHERS.get(name, [])] for name, listed in records.items()}

    page, losses = exported(dossier_of(json.dumps(content)), internal=True)

    text = "\n".join(leaves(page))
    value = {**VALUES, **PARTS}[kind].get(field, "")
    listed = {one.field for one in losses} | {"sources", "rebuttals", "responses"}
    within = {"answer": "responds_to"}.get(kind, field)
    assert within in listed or all(one in text for one in leaves(value))


def test_our_own_annotations_change_nothing(tmp_path: Path) -> None:
    """Importing what was exported finds all claims and sources as they are on file."""
    hostile = ["=1+1", "'\"<b>&amp;", "two\nlines", "  ", "\u202eأهلا", "🙂", "a" * 32_000, "{[%"]
    claims = [
        {
            "id": f"c{number}", "party": ["a", "b"], "statement": f"x{text}x", "note": f"n{text}n",
            "said": "2023?", "tags": [f"t{text}t"], "asked": {"party": "a", "on": "2023"},
            "source": {"id": "s", "quote": f"q{text}q", "suffix": f"s{text}s", "locator": f"l{text}l"},
            "rebuttals": [{"party": "c", "statement": "No.", "internal": "true",
                           "source": {"title": text + "t", "url": "https://x.example", "quote": "No"}}],
        }
        for number, text in enumerate(hostile)
    ]  # fmt: skip
    source = {"id": "s", "title": "T", "url": "https://a.example/\u202e"}
    data = tmp_path / "data.yaml"
    data.write_text(
        json.dumps({"sources": [source], "claims": claims}, ensure_ascii=False), "utf-8"
    )
    before = data.read_bytes()
    options = ("--data", "data.yaml")

    out = claimcli(
        *options,
        "export",
        "--internal",
        "--format",
        "web-annotation",
        "-o",
        "out.jsonld",
        cwd=tmp_path,
    )
    done = claimcli(
        *options, "import", "web-annotation", "out.jsonld", "--losses", "l.tsv", cwd=tmp_path
    )

    assert (out.returncode, done.returncode) == (0, 0), out.stderr + done.stderr
    assert done.stderr.splitlines()[0] == "16 claims, 9 sources unchanged"
    assert data.read_bytes() == before


def test_the_text_on_file_gives_the_selectors() -> None:
    """The words are those of the text, with what is around them, and their position in it."""
    done = claimcli(
        "--sample", "waterworks", "export", "id:old-valve", "--format", "web-annotation"
    )

    assert json.loads(done.stdout)["items"][0]["target"]["selector"] == [
        {
            "type": "TextQuoteSelector",
            "exact": "The valve is forty years old",
            "prefix": " valve at the corner?\n\nBRENNAN: ",
            "suffix": ". The council has known that for",
        },
        {"type": "TextPositionSelector", "start": 542, "end": 570},
    ]


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ({"claimcli:claim": 7}, "these are no fields of a claim"),
        ({"claimcli:claim": {"party": "p", "rebuttals": "x"}}, "the field 'rebuttals' of a claim is written otherwise"),
        ({"claimcli:claim": {"statement": ["x"]}}, "the field 'statement' of a claim is written otherwise"),
        ({"claimcli:claim": {"responds_to": [["x"]]}}, "the field 'responds_to' of a claim is written otherwise"),
        ({"claimcli:claim": {"asked": {"on": {}}}}, "the field 'asked' of a claim is written otherwise"),
        ({"claimcli:source": {"title": {}}}, "the field 'title' of a source is written otherwise"),
        ({"claimcli:citation": {"colour": "x"}}, "a citation has no field 'colour'"),
    ],
)  # fmt: skip
def test_forged_fields_are_refused(tmp_path: Path, own: dict[str, Any], message: str) -> None:
    """Our own properties have the fields of records, in their form."""
    assert error_of(tmp_path, {**QUOTED, **own}).partition(": ")[2] == message


def test_annotations_of_one_claim_add_fields_and_report_contradictions(tmp_path: Path) -> None:
    """So is a second selector with other words reported, which no record has."""

    def annotation(number: int, more: dict[str, Any], *words: str) -> dict[str, Any]:
        selectors = [{"type": "TextQuoteSelector", "exact": one} for one in words]
        target = {"source": "https://press.example/1", "selector": selectors}
        return {**QUOTED, "id": f"urn:x:{number}", "body": [], "target": target, **more}

    first, second = ({"id": "k", "party": "p", "statement": text} for text in ("One.", "Two."))
    imported = read_value(
        tmp_path,
        [
            annotation(1, {"claimcli:claim": first}, "safe", "not safe"),
            annotation(2, {"claimcli:claim": {**second, "note": "n"}}, "open"),
        ],
    )

    claim = next(one.fields for one in imported.records if one.kind == "claim")
    assert (claim["statement"], claim["note"]) == ("One.", "n")
    assert [(loss.field, "wo." in loss.detail or "not safe" in loss.detail)
            for loss in imported.losses if loss.field in ("statement", "target.selector.1")] == [
        ("statement", True), ("target.selector.1", True),
    ]  # fmt: skip
