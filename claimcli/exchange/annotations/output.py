"""Annotations made of claims: one for each quote of a page that has an address.

What the data model has no place for is in properties of our own, so that importing the file again
gives the same claims: ``claimcli:claim``, ``claimcli:citation`` and ``claimcli:source``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from msgspec import Struct

from claimcli.analysis.findings import Finding, Verification
from claimcli.core.records import Citation, Claim, Record, Source, party_label
from claimcli.core.schema import ALL_KINDS, RECORD_KINDS, FieldType, RecordKind
from claimcli.exchange.annotations.validity import CONTEXT
from claimcli.exchange.annotations.w3c import CITATION_KEY, CLAIM_KEY, PAGE, SOURCE_KEY
from claimcli.exchange.records import Loss, LossKind, Selection
from claimcli.quotes.texts.blocks import LEFT_OUT

_OWN_CONTEXT = {"claimcli": "urn:x-claimcli:"}
_PDF_FRAGMENT = "http://tools.ietf.org/rfc/rfc3778"
_ELSEWHERE = ("source", "sources", "rebuttals", "responses", "tags")
"""Fields of a claim that are not in its own property: they are in targets, bodies, or derived."""
_REFERENCES = ("restates", "supersedes")


class QuotedPage(Struct, frozen=True):
    """A quote of a claim, and the source that has an address."""

    claim: Claim
    citation: Citation
    source: Source


def quoted_pages(selection: Selection) -> list[QuotedPage]:
    """Return the quotes of the claims that can become annotations, in order."""
    sources = selection.dossier.sources
    return [
        QuotedPage(claim, citation, source)
        for claim in selection.claims
        for citation in claim.citations
        if citation.quote and (source := sources.get(citation.source)) and source.url
    ]


def annotation_page(
    selection: Selection, quoted: Sequence[QuotedPage], verified: Verification
) -> dict[str, Any]:
    """Return a page of annotations, as its JSON. Its ids depend on those of the claims alone."""
    known = {one.claim.id for one in quoted}
    numbers: dict[str, Iterator[int]] = {}
    items = []
    for one in quoted:
        number = next(numbers.setdefault(one.claim.id, count(1)))
        finding = verified.of(one.claim.id, one.citation)
        items.append(_annotation(one, number, selection, finding, known))
    name = " ".join(item["id"] for item in items)
    return {
        "@context": [CONTEXT, _OWN_CONTEXT],
        "id": _urn(name),
        "type": "AnnotationPage",
        "items": items,
    }


def _urn(name: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'claimcli {name}')}"


def _annotation(
    one: QuotedPage, number: int, selection: Selection, finding: Finding | None, known: set[str]
) -> dict[str, Any]:
    claim, citation = one.claim, one.citation
    target = _target(one, finding)
    cited = _fields(ALL_KINDS["citation"], citation, ("id",))
    if cited["quote"] == target["selector"][0]["exact"]:
        del cited["quote"]
    own = _fields(RECORD_KINDS["claim"], claim, _ELSEWHERE)
    answers = [answer for answer in own.pop("responds_to", ()) if answer["claim"] in known]
    lost = {name for name in _REFERENCES if own.get(name) not in known}
    tags = ({"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in claim.tags)
    described = {
        "type": "TextualBody",
        "purpose": "describing",
        "value": _sentence(claim, selection),
    }
    return {
        "id": _urn(f"{claim.id} {number}"),
        "type": "Annotation",
        "motivation": "describing",
        "body": [described, *tags],
        "target": target,
        CLAIM_KEY: {name: value for name, value in own.items() if name not in lost}
        | ({"responds_to": answers} if answers else {}),
        CITATION_KEY: cited,
        SOURCE_KEY: _fields(RECORD_KINDS["source"], one.source, ("derived_from",)),
    }


def _sentence(claim: Claim, selection: Selection) -> str:
    """Return who says what, for the readers of an annotation."""
    who = ", ".join(party_label(selection.dossier, party) for party in claim.parties)
    speaker = f" ({claim.speaker})" if claim.speaker else ""
    return f"{who}{speaker}{f', {claim.when}' if claim.when else ''}: {claim.statement}"


def _target(one: QuotedPage, finding: Finding | None) -> dict[str, Any]:
    """Return the page with selectors of the quote, and with its archived copy."""
    url = one.source.url or ""
    selectors = _selectors(one.citation, finding)
    page = PAGE.fullmatch((one.citation.locator or "").replace("page ", "page="))
    if page and _path_of(url).endswith(".pdf"):
        fragment = {"conformsTo": _PDF_FRAGMENT, "value": f"page={page[1]}"}
        selectors.append({"type": "FragmentSelector", **fragment})
    copy = one.source.archive_url
    state = {"state": {"type": "TimeState", "cached": copy}} if copy else {}
    return {"source": url, "selector": selectors, **state}


def _path_of(url: str) -> str:
    """Return the path of an address in lower case, "" if the address is malformed."""
    try:
        return urlsplit(url).path.lower()
    except ValueError:
        return ""


def _selectors(citation: Citation, finding: Finding | None) -> list[dict[str, Any]]:
    """Return the selectors of the words in the text on file, else those of the quote as cited."""
    if finding and finding.verified and len(finding.matches) == 1:
        found = finding.selectors
        if LEFT_OUT not in found[0]["exact"]:
            return [{name: _plain(value) for name, value in one.items()} for one in found]
    around = {"prefix": citation.prefix, "suffix": citation.suffix}
    given = {name: text for name, text in around.items() if text}
    return [{"type": "TextQuoteSelector", "exact": citation.quote, **given}]


def _plain(value: Any) -> Any:
    return value.replace(LEFT_OUT, "") if isinstance(value, str) else value


def _fields(kind: RecordKind, record: Any, without: Sequence[str]) -> dict[str, Any]:
    """Return the fields of a record that have a value, as in YAML."""
    fields = {}
    for field in kind.fields:
        if field.name not in without and (value := _attribute(record, field.name)):
            if field.type is FieldType.RECORD:
                part = ALL_KINDS[field.of]
                records = value if isinstance(value, tuple) else (value,)
                listed = [_fields(part, one, ()) for one in records]
                fields[field.name] = listed if isinstance(value, tuple) else listed[0]
            else:
                fields[field.name] = _value(value)
    return fields


def _attribute(record: Any, name: str) -> Any:
    if isinstance(record, Claim) and name == "party":
        return record.parties if len(record.parties) > 1 else record.party
    return getattr(record, name, None)


def _value(value: Any) -> Any:
    """Return a value as JSON has it: a truth value, a text, or a list of texts."""
    if isinstance(value, tuple):
        return [_value(one) for one in value]
    return value if isinstance(value, bool) else str(value)


def export_losses(selection: Selection, quoted: Sequence[QuotedPage]) -> Iterator[Loss]:
    """Yield what the annotations do not have: claims and sources without quotes, registries."""
    yield from _claim_losses(selection.claims, quoted)
    sources = {one.source.id for one in quoted}
    for source in selection.sources:
        if source.id not in sources:
            yield from _whole(RECORD_KINDS["source"], source, "no annotation quotes it")
        elif source.derived_from:
            origins = ", ".join(source.derived_from)
            yield _dropped(f"source {source.id}", "derived_from", origins)
    registries: Iterable[tuple[str, Sequence[Record]]] = (
        ("party", selection.parties),
        ("issue", selection.issues),
        ("event", selection.events),
    )
    for kind, records in registries:
        for record in records:
            yield from _whole(RECORD_KINDS[kind], record, f"annotations have no {kind} records")


def _claim_losses(claims: Iterable[Claim], quoted: Sequence[QuotedPage]) -> Iterator[Loss]:
    known = {one.claim.id for one in quoted}
    cited = {id(one.citation) for one in quoted}
    for claim in claims:
        if claim.id not in known:
            yield from _whole(RECORD_KINDS["claim"], claim, "it has no quote of a page with a url")
            continue
        for citation in claim.citations:
            if id(citation) not in cited:
                why = "the source has no url" if citation.quote else "it has no quote"
                yield _dropped(f"claim {claim.id}", "source", f"{citation.source}: {why}")
        yield from _lost_references(claim, known)


def _lost_references(claim: Claim, known: set[str]) -> Iterator[Loss]:
    record = f"claim {claim.id}"
    for answer in claim.responds_to:
        if answer.claim not in known:
            yield _dropped(record, "responds_to", f"{answer.kind.value} {answer.claim}")
    for name in _REFERENCES:
        target = getattr(claim, name)
        if target and target not in known:
            yield _dropped(record, name, target)


def _whole(kind: RecordKind, record: Record, why: str) -> Iterator[Loss]:
    """Yield a loss for each field of a record that is not exported."""
    names: Mapping[str, str] = {"source": "citations", "party": "parties"}
    for field in kind.fields:
        name = names.get(field.name, field.name) if isinstance(record, Claim) else field.name
        if field.name != "sources" and getattr(record, name, None):
            yield _dropped(f"{kind.name} {record.id}", field.name, why)


def _dropped(record: str, field: str, detail: str) -> Loss:
    return Loss(record, field, LossKind.DROPPED, detail=detail)
