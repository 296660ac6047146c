"""ClaimReview as it is found on the web becomes claims, ratings as claims of their authors."""

import json
from pathlib import Path
from typing import Any

import pytest

from claimcli.core.problems import ClaimcliError
from claimcli.exchange.converters.claimreview import read
from claimcli.exchange.records import Imported, ImportOptions

REVIEW: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "datePublished": "2023-05-09",
    "url": "https://facts.example/2023/flat-earth",
    "author": {"@type": "Organization", "name": "The Fact Desk"},
    "claimReviewed": "The Earth is flat.",
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Organization", "name": "Flat Society"},
        "datePublished": "2023-05-02",
        "appearance": [
            {"@type": "CreativeWork", "url": "https://flat.example/1", "headline": "Flat"}
        ],
    },
    "reviewRating": {
        "@type": "Rating",
        "ratingValue": "2",
        "bestRating": 5,
        "worstRating": "1",
        "alternateName": "Four Pinocchios",
        "ratingExplanation": "It is round.",
    },
}


def read_value(tmp_path: Path, value: Any, **options: Any) -> Imported:
    path = tmp_path / "r.json"
    path.write_text(value if isinstance(value, str) else json.dumps(value, indent=1), "utf-8")
    return read([path], ImportOptions(**options))


def claims(imported: Imported) -> list[dict[str, Any]]:
    return [dict(record.fields) for record in imported.records if record.kind == "claim"]


def changed(**fields: Any) -> dict[str, Any]:
    """Return the review with other fields; None leaves one out."""
    return {name: value for name, value in (REVIEW | fields).items() if value is not None}


def rated(**fields: Any) -> dict[str, Any]:
    return changed(reviewRating={"@type": "Rating", **fields})


def test_a_review_is_a_claim_and_a_rating(tmp_path: Path) -> None:
    """The rating is a claim of the reviewer in its words; the reviewer's own scale says its kind."""
    imported = read_value(tmp_path, REVIEW)

    assert [(one.kind, one.where) for one in imported.records] == [
        ("source", "r.json:1:1"), ("source", "r.json:19:4"),
        ("claim", "r.json:10:19"), ("claim", "r.json:26:18"),
    ]  # fmt: skip
    page, appearance, claim, rating = (dict(one.fields) for one in imported.records)
    assert page == {
        "title": "https://facts.example/2023/flat-earth",
        "outlet": "The Fact Desk",
        "published": "2023-05-09",
        "url": "https://facts.example/2023/flat-earth",
        "kind": "secondary",
    }
    assert appearance == {"title": "Flat", "url": "https://flat.example/1"}
    assert claim == {
        "party": "Flat Society",
        "statement": "The Earth is flat.",
        "said": "2023-05-02",
        "source": {"id": "r.json:19:4"},
    }
    assert rating == {
        "id": "fact-desk-on-earth-flat",
        "party": "The Fact Desk",
        "statement": "Four Pinocchios",
        "said": "2023-05-09",
        "responds_to": {"claim": "r.json:10:19", "kind": "qualifies"},
        "source": {"id": "r.json:1:1"},
        "note": "Rating value: 2 (worst 1, best 5)\nExplanation: It is round.",
    }
    assert imported.notes == (
        "r.json:26:18: the rating 'Four Pinocchios' is taken as 'qualifies', by the reviewer's scale",
    )
    assert [(one.field, one.kind, one.where) for one in imported.losses] == [
        ("ratingValue", "kept-in-note", "r.json:28:18"),
        ("ratingExplanation", "kept-in-note", "r.json:32:24"),
    ]


@pytest.mark.parametrize(
    ("rating", "mapped", "kind"),
    [
        ({"alternateName": "Pants", "ratingValue": "1", "bestRating": "5", "worstRating": "1"}, {}, "denies"),
        ({"alternateName": "Yes", "ratingValue": 5.0, "bestRating": "5", "worstRating": 1}, {}, "confirms"),
        ({"alternateName": "Hm", "ratingValue": "3,5", "bestRating": 5, "worstRating": 1}, {}, "qualifies"),
        ({"alternateName": "Hm", "ratingValue": 3}, {}, None),
        ({"alternateName": "Hm", "ratingValue": 9, "bestRating": 5, "worstRating": 1}, {}, None),
        ({"alternateName": "Hm", "ratingValue": -1, "bestRating": -1, "worstRating": -1}, {}, None),
        ({"alternateName": "False"}, {}, "denies"),
        ({"alternateName": "“true.”"}, {}, "confirms"),
        ({"alternateName": "Mostly false"}, {}, None),
        ({"alternateName": "True", "ratingValue": 1, "bestRating": 5, "worstRating": 1}, {}, None),
        ({"alternateName": "Mostly false"}, {"MOSTLY FALSE": "qualifies"}, "qualifies"),
        ({"alternateName": "False"}, {"false": ""}, None),
        ({"ratingValue": "Faux"}, {"Faux": "denies"}, "denies"),
        ({"alternateName": "Hm", "ratingValue": 3}, {"3": "disputes-meaning"}, "disputes-meaning"),
    ],
)  # fmt: skip
def test_the_kind_of_answer_is_never_invented(
    tmp_path: Path, rating: dict[str, Any], mapped: dict[str, str], kind: str | None
) -> None:
    """It is the user's, the reviewer's by the scale, or said by "true" or "false"; else missing."""
    imported = read_value(tmp_path, rated(**rating), columns=mapped)

    answer = claims(imported)[1]
    assert answer["statement"] == rating.get("alternateName", rating.get("ratingValue"))
    assert answer.get("responds_to", {}).get("kind") == kind
    unlinked = [one for one in imported.losses if one.field == "reviewRating"]
    assert len(unlinked) == (kind is None and "false" not in mapped)
    assert all(f"--map '{answer['statement']}=KIND' links it" in one.detail for one in unlinked)


def test_a_mapped_rating_that_no_review_has_is_noted(tmp_path: Path) -> None:
    """It can be a typing error."""
    imported = read_value(tmp_path, rated(alternateName="Leaky"), columns={"Leakyy": "denies"})
    used = read_value(tmp_path, rated(alternateName="Leaky"), columns={"leaky": "denies"})

    assert imported.notes == ("no review has the rating 'Leakyy'; did you mean 'Leaky'?",)
    assert len(used.notes) == 1  # that the rating is taken as 'denies'


def test_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    """The message lists the kinds."""
    with pytest.raises(ClaimcliError, match="no kind of response 'debunks'"):
        read_value(tmp_path, REVIEW, columns={"False": "debunks"})


@pytest.mark.parametrize(
    "wrap",
    [
        lambda one: [one],
        lambda one: {"@graph": [{"@type": "WebPage"}, one]},
        lambda one: {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [one]}]},
        lambda one: {"@type": "DataFeed", "dataFeedElement": {"item": one}},
        lambda one: {"@type": "Article", "review": {"x": [[one]]}},
        lambda one: json.dumps({"a": 1}) + "\n" + json.dumps(one) + "\n",
        lambda one: {**one, "@type": ["Review", "schema:ClaimReview"]},
        lambda one: {name: value for name, value in one.items() if name != "@type"},
    ],
)  # fmt: skip
def test_reviews_are_found_wherever_they_are(tmp_path: Path, wrap: Any) -> None:
    """In arrays, graphs, feeds, articles, one per line, and with other types."""
    assert [one["statement"] for one in claims(read_value(tmp_path, wrap(REVIEW)))] == [
        "The Earth is flat.", "Four Pinocchios",
    ]  # fmt: skip


def test_references_in_a_graph(tmp_path: Path) -> None:
    """An object that has an ``@id`` alone is the one with that ``@id``."""
    organisation = {"@type": "Organization", "@id": "#org", "name": "The Fact Desk"}
    review = changed(author={"@id": "#org"})

    imported = read_value(tmp_path, {"@graph": [review, organisation]})

    assert claims(imported)[1]["party"] == "The Fact Desk"


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2016-06-22", "2016-06-22"),
        ("2016-06-22T10:00:00.123+02:00", "2016-06-22T10:00:00+02:00"),
        ("June 22, 2016", "2016-06-22"),
        ("22/06/2016", "2016-06-22"),
        ("Wed, 22 Jun 2016 10:00:00 GMT", "2016-06-22T10:00:00+00:00"),
        ("Wed Jun 22 2016 10:00:00 GMT+0000 (UTC)", "2016-06-22"),
        (1466589600000, "2016-06-22T10:00:00Z"),
        (["2016-06"], "2016-06"),
        ({"@value": "2016"}, "2016"),
    ],
)
def test_dates_are_written_in_many_ways(tmp_path: Path, written: Any, date: str) -> None:
    """All of them are read as EDTF."""
    assert claims(read_value(tmp_path, changed(datePublished=written)))[1]["said"] == date


@pytest.mark.parametrize("written", ["05/06/2016", "yesterday", "2016-13-45"])
def test_a_date_that_is_not_certain_is_a_loss(tmp_path: Path, written: str) -> None:
    """The list has its location and its text."""
    imported = read_value(tmp_path, changed(datePublished=written))

    assert "said" not in claims(imported)[1]
    assert [(one.field, one.where, one.detail) for one in imported.losses][:1] == [
        ("datePublished", "r.json:4:19", f"no date: '{written}'")
    ]


def test_html_in_texts_is_removed(tmp_path: Path) -> None:
    """It is listed as approximated; a plain sign is no HTML."""
    review = changed(claimReviewed="<p>1 < 2 &amp; <b>flat</b></p>")

    imported = read_value(tmp_path, review)

    assert claims(imported)[0]["statement"] == "1 < 2 & flat"
    assert (imported.losses[0].kind, imported.losses[0].where) == ("approximated", "r.json:10:19")


def test_a_person_speaks_for_the_organisation(tmp_path: Path) -> None:
    """The affiliation of a speaker, or the publisher of a review, is the party."""
    item = {"author": {"@type": "Person", "name": "Ann", "affiliation": {"name": "Flat Society"}}}
    author = [{"@type": "Person", "name": "Bo"}, {"@type": "Person", "name": "Cy"}]

    claim, rating = claims(
        read_value(
            tmp_path, changed(itemReviewed=item, author=author, publisher={"name": "The Fact Desk"})
        )
    )

    assert (claim["party"], claim["speaker"]) == ("Flat Society", "Ann")
    assert (rating["party"], rating["speaker"]) == ("The Fact Desk", "Bo, Cy")


@pytest.mark.parametrize(
    ("review", "statements", "note"),
    [
        (changed(reviewRating=None), ["The Earth is flat."], "the review has no rating"),
        (changed(reviewRating="False"), ["The Earth is flat.", "False"], "the rating 'False' is taken as 'denies', by its word"),
        (changed(itemReviewed=None), ["The Earth is flat.", "Four Pinocchios"], "the review does not say who made the claim; --party NAME says it"),
        (changed(itemReviewed=[REVIEW["itemReviewed"]]), ["The Earth is flat.", "Four Pinocchios"], ""),
        (changed(author=None), ["The Earth is flat."], ""),
        (changed(author=[REVIEW["author"]], reviewRating=[REVIEW["reviewRating"]]), ["The Earth is flat.", "Four Pinocchios"], ""),
        (changed(claimReviewed=None), [], "the review names no claim; it is kept as a source"),
        (changed(claimReviewed=["The Earth is flat.", "x"]), ["The Earth is flat.", "Four Pinocchios"], ""),
    ],
)  # fmt: skip
def test_malformed_reviews_are_imported_with_a_message(
    tmp_path: Path, review: Any, statements: list[str], note: str
) -> None:
    """Missing ratings, authors and claims, and arrays instead of objects."""
    imported = read_value(tmp_path, review)

    assert [one["statement"] for one in claims(imported)] == statements
    assert not note or any(one.endswith(f": {note}") for one in imported.notes)
    text = str([dict(one.fields) for one in imported.records]) + str(imported.losses)
    assert "Four Pinocchios" in text or "Four Pinocchios" not in json.dumps(review)


def test_a_rating_without_an_author_is_kept_in_the_note(tmp_path: Path) -> None:
    """No party can have said it."""
    imported = read_value(tmp_path, changed(author=None))

    assert str(claims(imported)[0]["note"]).startswith("Rating: Four Pinocchios\n")
    assert imported.losses[0].detail == "the review names no author"


def test_a_claim_without_an_author_has_the_given_party(tmp_path: Path) -> None:
    """Else a party that says so, never the reviewer."""
    review = changed(itemReviewed=None)

    assert claims(read_value(tmp_path, review, party="Flat"))[0]["party"] == "Flat"
    assert claims(read_value(tmp_path, review))[0]["party"] == "Author not named"


def test_two_reviews_of_one_claim(tmp_path: Path) -> None:
    """The claim is imported once, with both ratings."""
    other = changed(author={"name": "Other Desk"}, url="https://other.example/1")

    imported = read_value(tmp_path, [REVIEW, other, REVIEW])

    assert [one.get("id") for one in claims(imported)] == [
        None, "fact-desk-on-earth-flat", "other-desk-on-earth-flat", "fact-desk-on-earth-flat-2",
    ]  # fmt: skip


WRONG = [None, 7, [], {}, "x", [[7]], {"name": 7}, {"name": ["x"]}, [None], {"@id": "#x"}, True]


@pytest.mark.parametrize("wrong", WRONG, ids=json.dumps)
@pytest.mark.parametrize("key", sorted({*REVIEW} - {"@type"}))
def test_values_of_another_type_are_no_tracebacks(tmp_path: Path, key: str, wrong: Any) -> None:
    """Whatever a value is, the review is imported, and the rating is somewhere."""
    imported = read_value(tmp_path, {**REVIEW, key: wrong})

    assert imported.records
    text = str([dict(one.fields) for one in imported.records]) + str(imported.losses)
    assert key == "reviewRating" or "Four Pinocchios" in text


def test_every_value_is_imported_or_listed(tmp_path: Path) -> None:
    """What no record has is a loss, also around the reviews."""
    feed = {
        "name": "A feed",
        "dataFeedElement": [{"item": changed(image="i.png"), "extra": {"a": 1}}],
    }

    imported = read_value(tmp_path, feed)

    assert [(one.record, one.field) for one in imported.losses if one.kind == "dropped"] == [
        ("claim The Earth is flat.", "image"), ("file", "name"), ("file", "dataFeedElement.0.extra"),
    ]  # fmt: skip


@pytest.mark.parametrize("value", [{"a": 1}, [], 7, {"@type": "Article"}])
def test_a_file_without_reviews_is_refused(tmp_path: Path, value: Any) -> None:
    """The hint says what a review is."""
    with pytest.raises(ClaimcliError) as caught:
        read_value(tmp_path, value)

    assert (caught.value.message, caught.value.hint) == (
        "r.json: no ClaimReview in this file", "its objects must have '@type': 'ClaimReview'",
    )  # fmt: skip
