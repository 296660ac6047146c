"""The page of a source: the claims that cite it, and its text with the quotes marked."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

from msgspec.structs import replace

from claimcli.analysis.findings import Finding
from claimcli.analysis.quoted_text import QuotedText, quoted_text
from claimcli.analysis.show import record_card
from claimcli.analysis.verify import searchable_text_of
from claimcli.core.problems import ClaimcliError
from claimcli.core.query import Node, Request, Scope, field_condition
from claimcli.core.records import Citation, Claim, Dossier, Source
from claimcli.core.text.escaping import web_link
from claimcli.core.text.word_diff import plural
from claimcli.quotes.searchable import SearchableText
from claimcli.quotes.texts.source_texts import UnreadableTextError
from claimcli.web.page import Page, PageRequest, no_such_record
from claimcli.web.parts import Views, date_view
from claimcli.web.quotes import language_of, quote_anchors, quote_view, read_kept, verified
from claimcli.web.reader import Reader

MOST_CLAIMS = 2_000
"""Claims whose quotes are shown."""

Quoted = tuple[Claim, Citation, str]
"""A quote of the source, and its id in the page."""


def page(request: PageRequest) -> Page:
    """Return a source, the claims that cite it, and its text."""
    name = request.ids["id"]
    query = field_condition("source", [name])
    dossier = _read(request.reader, name, query)
    source, views = dossier.sources[name], Views(dossier)
    card = record_card(dossier, "source", name)
    quotes = _quotes_of(card.claims, name)
    findings = verified(request.reader, dossier, [quote[:2] for quote in quotes])
    text, problem = _text_of(dossier, name)
    shown = quoted_text(text, findings, whole=request.whole_texts) if text else None
    notes = {id(f): _note(views, q, f) for q, f in zip(quotes, findings, strict=True)}
    values = {
        "source": _facts(dossier, source),
        "derived": [_named(dossier, other) for other in card.related],
        "claims": plural(request.reader.count(query), "claim"),
        "counts": _counts(findings),
        "problem": problem,
        "text": _shown(shown, notes) if shown else None,
        "rest": _by_claim(notes[id(finding)] for finding in findings if not finding.matches),
        "without_quote": _without_quote(views, card.claims, quotes),
        "query": request.query,
    }
    return Page(title=source.title, template="source.html.j2", values=values)


def _read(reader: Reader, name: str, query: Node) -> Dossier:
    """Return the claims that cite a source, with the source and those derived from it.

    The registries are read only for a source that no claim cites. Raises NoSuchPageError if there
    is no such source.
    """
    wanted = Request(query=query, limit=MOST_CLAIMS, opposition=True, derived=True)
    with suppress(ClaimcliError):
        dossier = reader.read(wanted)
        if name in dossier.sources:
            return dossier
    known = reader.read(Request(limit=0, scope=Scope.REGISTRIES)).sources
    if name not in known:
        raise no_such_record("source", name, known)
    return reader.read(replace(wanted, scope=Scope.REGISTRIES))


def ids(reader: Reader) -> Iterable[tuple[str, ...]]:
    """Return the id of each source."""
    return ((name,) for name in reader.read(Request(limit=0, scope=Scope.REGISTRIES)).sources)


def _quotes_of(claims: Iterable[Claim], source: str) -> list[Quoted]:
    return [
        (claim, citation, anchor)
        for claim in claims
        for citation, anchor in quote_anchors(claim)
        if citation.source == source
    ]


def _facts(dossier: Dossier, source: Source) -> dict[str, Any]:
    """Return the fields of a source."""
    return {
        "id": source.id,
        "title": source.title,
        "language": language_of(source),
        "by": [one for one in (source.author, source.outlet) if one],
        "published": date_view(source.published),
        "accessed": date_view(source.accessed),
        "kind": source.kind or "",
        "internal": source.internal,
        "url": web_link(source.url),
        "archive": web_link(source.archive_url),
        "address": source.url or "",
        "text": source.text or "",
        "note": source.note or "",
        "derived_from": [_named(dossier, name) for name in source.derived_from],
        "origins": [_named(dossier, name) for name in dossier.origins.get(source.id, ())],
    }


def _named(dossier: Dossier, name: str) -> dict[str, str]:
    """Return the id of another source, "" if it is not on file, its title and language."""
    source = dossier.sources.get(name)
    return {
        "id": source.id if source else "",
        "title": source.title if source else name,
        "language": language_of(source),
    }


def _counts(findings: Sequence[Finding]) -> str:
    """Return how many quotes there are, and how many of them are in the text, in words."""
    if not findings:
        return ""
    found = sum(finding.verdict.is_found for finding in findings)
    failed = sum(finding.verdict.fails for finding in findings)
    unchecked = len(findings) - found - failed
    total = plural(len(findings), "quote")
    if unchecked == len(findings):
        return f"{total}, not checked"
    parts = ((found, "in the text"), (failed, "not"), (unchecked, "not checked"))
    listed = (f"{n:,} {'is' if n == 1 else 'are'} {words}" for n, words in parts if n)
    return f"{total}: {', '.join(listed)}"


def _text_of(dossier: Dossier, name: str) -> tuple[SearchableText | None, str]:
    """Return the text of a source, and the reason if it cannot be shown."""
    try:
        text = searchable_text_of(dossier, name, read=read_kept)
    except UnreadableTextError as error:
        return None, f"{error}; {error.hint}"
    return text, "" if text else "no text on file"


def _note(views: Views, quoted: Quoted, finding: Finding) -> dict[str, Any]:
    """Return the note on a quote: whose claim has it, and the verdict."""
    claim, citation, anchor = quoted
    view = quote_view(views.dossier, claim, citation, anchor, finding)
    return {"quote": view, "claim": views.claim(claim)}


def _by_claim(notes: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the quotes of each claim."""
    claims: dict[str, dict[str, Any]] = {}
    for note in notes:
        group = claims.setdefault(note["claim"].id, {"claim": note["claim"], "quotes": []})
        group["quotes"].append(note["quote"])
    return list(claims.values())


def _shown(shown: QuotedText, notes: dict[int, dict[str, Any]]) -> dict[str, Any]:
    """Return the paragraphs of a text, and the note on each quote by its number."""
    numbered = {number: notes[id(finding)] for number, finding in enumerate(shown.findings, 1)}
    fails = {number for number, finding in enumerate(shown.findings, 1) if finding.verdict.fails}
    return {
        "whole": shown.whole,
        "paragraphs": shown.paragraphs,
        "notes": numbered,
        "fails": fails,
        "anchors": {number: note["quote"].anchor for number, note in numbered.items()},
    }


def _without_quote(views: Views, claims: Iterable[Claim], quotes: Iterable[Quoted]) -> list[Any]:
    quoting = {claim.id for claim, _, _ in quotes}
    return [views.claim(claim) for claim in claims if claim.id not in quoting]
