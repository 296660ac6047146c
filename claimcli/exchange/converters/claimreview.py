"""Fact-checks as schema.org's ClaimReview, in JSON: alone, in arrays, graphs, feeds or lines."""

from collections.abc import Sequence
from pathlib import Path

from claimcli.core.problems import ClaimcliError
from claimcli.exchange.annotations.annotation import collapsed, unread_losses
from claimcli.exchange.fact_checks.documents import nodes_of, reviews_in
from claimcli.exchange.fact_checks.ratings import mapped_kinds, unused_ratings
from claimcli.exchange.fact_checks.review import ReviewDrafts, add_review
from claimcli.exchange.fact_checks.values import Findings, ReviewReader
from claimcli.exchange.json_input import JsonValue, read_json
from claimcli.exchange.records import Imported, ImportOptions, Loss

EXTENSIONS = (".json", ".jsonld", ".jsonl")
OPTIONS = ("columns", "encoding", "party", "issue")


def read(files: Sequence[Path], options: ImportOptions) -> Imported:
    """Return the claims that are reviewed, the ratings as answers of the reviewers, and sources.

    Raises ClaimcliError if a file is not JSON or has no review. Everything else that is missing or
    malformed is a loss or a note.
    """
    findings = Findings()
    drafts = ReviewDrafts(options, mapped_kinds(options.columns), findings)
    notes: list[str] = []
    for file in files:
        read_file = read_json(file, encoding=options.encoding)
        notes += read_file.notes
        found = [_read_document(one, drafts) for one in read_file.documents]
        if not any(found):
            hint = "its objects must have '@type': 'ClaimReview'"
            raise ClaimcliError(f"{file.name}: no ClaimReview in this file", hint)
    notes += [*findings.notes(), *unused_ratings(options.columns, drafts.given)]
    return Imported(drafts.records(), tuple(findings.losses), tuple(notes))


def _read_document(document: JsonValue, drafts: ReviewDrafts) -> int:
    """Add the records of a document's reviews; return their number."""
    nodes = nodes_of(document)
    reviews = list(reviews_in(document))
    for review in reviews:
        add_review(review, ReviewReader(nodes, drafts.findings, _name(review)), drafts)
    losses: list[Loss] = []
    for review in reviews:
        losses += unread_losses(_name(review), list(review.unread()), len(review.keys))
        review.mark_read()
    if reviews:
        losses += unread_losses("file", list(document.unread()), len(document.keys))
    drafts.findings.losses += losses
    return len(reviews)


def _name(review: JsonValue) -> str:
    """Return what the list of losses calls a review."""
    return f"claim {collapsed(str(review['claimReviewed'].data or ''))[:40]}".strip()
