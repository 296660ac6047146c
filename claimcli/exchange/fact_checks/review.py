"""The records that a review becomes: the claim, its sources, and the rating as an answer."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from claimcli.core.response_kinds import Kind
from claimcli.edit.new_records import id_from_text
from claimcli.exchange.annotations.annotation import RecordDraft, draft_record
from claimcli.exchange.annotations.validity import types_of
from claimcli.exchange.fact_checks.ratings import MAPPED, Rating, link_of
from claimcli.exchange.fact_checks.values import Findings, ReviewReader, ReviewVoice, party_fields
from claimcli.exchange.json_input import JsonValue
from claimcli.exchange.records import ImportedRecord, ImportOptions, LossKind

UNNAMED = "Author not named"
"""The party of a claim of which a review does not say who made it."""


class ReviewDrafts(Struct):
    """The records that reviews become, while they are read."""

    options: ImportOptions
    kinds: Mapping[str, Kind | None]
    findings: Findings
    sources: dict[str, RecordDraft] = {}
    claims: dict[tuple[str, ...], RecordDraft] = {}
    ratings: dict[str, list[RecordDraft]] = {}
    numbers: dict[str, int] = {}
    given: list[Rating] = []

    def records(self) -> tuple[ImportedRecord, ...]:
        """Return the records, the ratings of each claim after it."""
        threads = ((claim, *self.ratings.get(claim.where, ())) for claim in self.claims.values())
        return (
            *(draft_record("source", source) for source in self.sources.values()),
            *(draft_record("claim", one) for thread in threads for one in thread),
        )


class ReviewParts(Struct, frozen=True):
    """What was read of a review: who gave which rating, and the source that its page is."""

    value: JsonValue
    reader: ReviewReader
    reviewers: list[ReviewVoice]
    rating: Rating
    page: RecordDraft


def add_review(review: JsonValue, reader: ReviewReader, drafts: ReviewDrafts) -> None:
    """Add the records of a review. What is missing or malformed is noted, with its location."""
    item = reader.first(review["itemReviewed"])
    statement = reader.words(
        review["claimReviewed"], item["text"], item["name"], item["headline"], item["description"]
    )
    reviewers = _reviewers(review, reader)
    rating = _rating(reader.first(review["reviewRating"]), reader)
    drafts.given.append(rating)
    page = _add_page(review, reviewers, reader, drafts)
    parts = ReviewParts(review, reader, reviewers, rating, page)
    if not rating.words:
        drafts.findings.note("the review has no rating", review.location)
    if not statement:
        drafts.findings.note("the review names no claim; it is kept as a source", review.location)
        _keep_rating(parts, page)
        return
    claim = _add_claim(statement, item, parts, drafts)
    _add_appearances(claim, item, reader, drafts)
    if not claim.citations or not (rating.words and reviewers):
        claim.cite({"id": page.where})
    if rating.words and reviewers:
        _add_rating(parts, claim, drafts)
    else:
        _keep_rating(parts, claim)


def _reviewers(review: JsonValue, reader: ReviewReader) -> list[ReviewVoice]:
    """Return who gave the rating: the author, who speaks for the publisher, else the publisher."""
    authors, publishers = reader.voices(review["author"]), reader.voices(review["publisher"])
    types = [types_of(reader.resolved(one)) for one in review["author"].items()]
    if publishers and types and all("Person" in one for one in types):
        return [
            one if one.speaker else ReviewVoice(publishers[0].party, one.party) for one in authors
        ]
    return authors or publishers or reader.voices(review["sdPublisher"])


def _add_page(
    review: JsonValue, reviewers: list[ReviewVoice], reader: ReviewReader, drafts: ReviewDrafts
) -> RecordDraft:
    """Add the page of a review as a source."""
    url = reader.address(review["url"], review["mainEntityOfPage"], review["@id"])
    outlet = reviewers[0].party if reviewers else ""
    title = reader.words(review["headline"], review["name"])
    fields = {
        "title": title or url or (f"Review by {outlet}" if outlet else "Review"),
        "outlet": outlet,
        "published": reader.date(review["datePublished"], review["dateCreated"]),
        "url": url,
        "language": reader.words(review["inLanguage"]),
        "kind": "secondary",
    }
    return _source(url or review.location, review.location, fields, drafts)


def _source(key: str, where: str, fields: Mapping[str, str], drafts: ReviewDrafts) -> RecordDraft:
    filled: dict[str, Any] = {name: value for name, value in fields.items() if value}
    return drafts.sources.setdefault(key, RecordDraft(where, filled))


def _rating(value: JsonValue, reader: ReviewReader) -> Rating:
    """Return a rating, which some write as a text, and others with the words as its number."""
    scale = [reader.words(value[key]) for key in ("ratingValue", "bestRating", "worstRating")]
    text = reader.words(value["alternateName"], value["name"])
    return Rating(text or (reader.words(value) if isinstance(value.data, str) else ""), *scale)


def _add_claim(
    statement: str, item: JsonValue, parts: ReviewParts, drafts: ReviewDrafts
) -> RecordDraft:
    """Add the claim that is reviewed; reviews of the same claim have one."""
    review, reader = parts.value, parts.reader
    voices = reader.voices(item["author"]) or reader.voices(item["creator"])
    if not voices:
        given = drafts.options.party
        if not given:
            message = "the review does not say who made the claim; --party NAME says it"
            drafts.findings.note(message, review.location)
        voices = [ReviewVoice(given or UNNAMED)]
    fields: dict[str, Any] = {**party_fields(voices), "statement": statement}
    if said := reader.date(item["datePublished"], item["dateCreated"]):
        fields["said"] = said
    if drafts.options.issue:
        fields["issue"] = drafts.options.issue
    key = tuple(str(fields.get(name, "")) for name in ("party", "speaker", "statement", "said"))
    where = (review["claimReviewed"] if review["claimReviewed"].data else item).location
    return drafts.claims.setdefault(key, RecordDraft(where, fields))


def _add_appearances(
    claim: RecordDraft, item: JsonValue, reader: ReviewReader, drafts: ReviewDrafts
) -> None:
    """Cite the pages on which the claim was made."""
    pages = (item["firstAppearance"], item["appearance"], item["url"], item["sameAs"])
    for value in (one for page in pages for one in page.items()):
        page = reader.resolved(value)
        url = reader.address(page)
        title = reader.words(page["headline"], page["name"])
        if not url and not title:
            continue
        fields = {
            "title": title or url,
            "outlet": reader.words(reader.first(page["publisher"])["name"]),
            "author": ", ".join(voice.party for voice in reader.voices(page["author"])),
            "published": reader.date(page["datePublished"]),
            "url": url,
        }
        source = _source(url or title, value.location, fields, drafts)
        claim.cite({"id": source.where})


def _add_rating(parts: ReviewParts, claim: RecordDraft, drafts: ReviewDrafts) -> None:
    """Add a rating, in its words, as a claim of the reviewers that answers the reviewed one."""
    where = parts.value["reviewRating"].location
    fields: dict[str, Any] = {**party_fields(parts.reviewers), "statement": parts.rating.words}
    words = (parts.reviewers[0].party, "review"), (claim.fields["statement"], "claim")
    stem = "-on-".join(id_from_text(text, otherwise) for text, otherwise in words)
    drafts.numbers[stem] = number = drafts.numbers.get(stem, 0) + 1
    fields["id"] = f"{stem}-{number}" if number > 1 else stem
    if said := parts.page.fields.get("published"):
        fields["said"] = said
    if drafts.options.issue:
        fields["issue"] = drafts.options.issue
    if kind := _linked_kind(parts, drafts):
        fields["responds_to"] = {"claim": claim.where, "kind": kind.value}
    draft = RecordDraft(where, fields)
    draft.cite({"id": parts.page.where})
    drafts.ratings.setdefault(claim.where, []).append(draft)
    _note_details(parts, draft)


def _linked_kind(parts: ReviewParts, drafts: ReviewDrafts) -> Kind | None:
    """Return the kind of answer that a rating is, None if it is not certain, and report it."""
    value, words = parts.value["reviewRating"], parts.rating.words
    link = link_of(parts.rating, drafts.kinds)
    if link.kind:
        message = f"the rating '{words}' is taken as '{link.kind}', {link.reason}"
        drafts.findings.note(message, value.location)
    elif link.reason != MAPPED:
        hint = f"not linked to the claim: {link.reason}; --map '{words}=KIND' links it"
        drafts.findings.lose(parts.reader.record, value, LossKind.DROPPED, hint)
    return link.kind


def _keep_rating(parts: ReviewParts, target: RecordDraft) -> None:
    """Keep a rating in a note if no claim can have it: it has no author, or no claim is named."""
    if parts.rating.words:
        why = "the review names no author" if "party" in target.fields else "no claim is named"
        _keep(f"Rating: {parts.rating.words}", parts, parts.value["reviewRating"], target, why)
    _note_details(parts, target)


def _note_details(parts: ReviewParts, target: RecordDraft) -> None:
    """Keep the number of a rating and its explanation in a note."""
    rating, value = parts.rating, parts.reader.first(parts.value["reviewRating"])
    if rating.scale and rating.scale != rating.words:
        _keep(f"Rating value: {rating.scale}", parts, value["ratingValue"], target, rating.scale)
    for explanation in (value["ratingExplanation"], value["description"]):
        if text := parts.reader.words(explanation):
            _keep(f"Explanation: {text}", parts, explanation, target, text[:80])


def _keep(
    note: str, parts: ReviewParts, value: JsonValue, target: RecordDraft, detail: str
) -> None:
    target.notes[note] = None
    parts.reader.findings.lose(parts.reader.record, value, LossKind.KEPT_IN_NOTE, detail)
