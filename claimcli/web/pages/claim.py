"""The page of a claim."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from claimcli.analysis.findings import Verification, as_verification
from claimcli.analysis.show import Reply, Thread, thread
from claimcli.analysis.statement_differences import statement_differences
from claimcli.core.comment_requests import request_words
from claimcli.core.problems import ClaimcliError
from claimcli.core.provenance import origins_text
from claimcli.core.query import Request, Scope, combine, field_condition
from claimcli.core.records import Citation, Claim, Dossier, opposition_of
from claimcli.core.text.escaping import web_link
from claimcli.quotes.polarity.lists import all_phrases
from claimcli.web.page import NoSuchPageError, Page, PageRequest
from claimcli.web.parts import Views, date_view, file_and_line, status_label
from claimcli.web.quotes import language_of, quote_anchors, quote_view, verified
from claimcli.web.reader import Reader
from claimcli.web.reference import reference

MOST_REPLIES = 100
"""Answers of a thread that are shown; the list of claims has the others."""
MOST_REASONS = 5
"""Reasons of a status that are named."""
MOST_ALIKE = 5
"""Other claims with the same position that are shown."""
MOST_SIMILAR = 5
"""Similar claims that are shown, of those not shown elsewhere on the page."""
MOST_OPPOSING = 20
"""Claims with another position that are shown."""
DEEPEST = 6
"""Maximum indentation of answers."""
_NEAREST = re.compile(r"did you mean '(.+)'\?")


def page(request: PageRequest) -> Page:
    """Return a claim with its answers, quotes and opposing positions."""
    name = request.ids["id"]
    query = field_condition("id", [name])
    wanted = Request(query=query, scope=Scope.THREADS, opposition=True)
    dossier = read_claim(request.reader, wanted, name)
    claim = dossier.by_id[name]
    shown = thread(dossier, claim)
    replies = shown.replies[:MOST_REPLIES]
    quoting = (claim, *(reply.claim for reply in replies if not reply.shown_above))
    quotes = [(one, citation) for one in quoting for citation, _ in quote_anchors(one)]
    verification = as_verification(verified(request.reader, dossier, quotes))
    views = Views(dossier)
    view = views.claim(claim, most_reasons=MOST_REASONS)
    others = _others(request.reader, dossier, shown)
    values = {
        "claim": view,
        "issue": claim.issue,
        "above": [{"claim": views.claim(c), "kind": kind.label} for c, kind in shown.above],
        "replies": [_reply(views, reply, verification) for reply in replies],
        "more_replies": len(shown.replies) - len(replies),
        "citations": list(_citations(dossier, claim, verification)),
        "restated_by": [views.claim(other) for other in shown.restated_by],
        **others,
        "similar": _similar(request.reader, dossier, shown, others),
        **_on_file(views, claim),
        "reference": reference(dossier, claim, view, verification),
        "location": file_and_line(dossier, claim.location),
    }
    return Page(title=claim.statement, template="claim.html.j2", values=values)


def ids(reader: Reader) -> Iterable[tuple[str, ...]]:
    """Return the id of each claim."""
    return ((claim.id,) for claim in reader.read(Request(scope=Scope.CLAIMS)).claims)


def read_claim(reader: Reader, request: Request, name: str) -> Dossier:
    """Return the dossier with the claim of exactly this id. Raises NoSuchPageError without one."""
    try:
        dossier = reader.read(request)
    except ClaimcliError as error:
        nearest = tuple(("claim", other) for other in _NEAREST.findall(error.hint))
        raise NoSuchPageError(f"no claim '{name}'", error.hint, nearest=nearest) from None
    known = [claim.id for claim in dossier.claims]
    if name not in known:
        hint = f"did you mean '{known[0]}'?" if known else "check the id"
        nearest = tuple(("claim", other) for other in known[:1])
        raise NoSuchPageError(f"no claim '{name}'", hint, nearest=nearest)
    return dossier


def _reply(views: Views, reply: Reply, verification: Verification) -> dict[str, Any]:
    dossier, claim = views.dossier, reply.claim
    quotes = quote_anchors(claim) if not reply.shown_above else ()
    return {
        "claim": views.claim(claim),
        "depth": min(reply.depth, DEEPEST),
        "kind": reply.kind.label if reply.kind else "answers",
        "again": reply.shown_above,
        "quotes": [
            quote_view(dossier, claim, citation, anchor, verification.of(claim.id, citation))
            for citation, anchor in quotes
        ],
        "note": claim.note or "",
        "answered": claim.id in dossier.answered,
    }


def _citations(
    dossier: Dossier, claim: Claim, verification: Verification
) -> Iterator[dict[str, Any]]:
    """Yield the sources of a claim, each with its quote and the verdict on it."""
    anchors = {id(citation): anchor for citation, anchor in quote_anchors(claim)}
    for citation in claim.citations:
        source = dossier.sources.get(citation.source)
        finding = verification.of(claim.id, citation)
        anchor = anchors.get(id(citation), "")
        yield {
            "quote": quote_view(dossier, claim, citation, anchor, finding),
            "id": citation.source,
            "known": source is not None,
            "language": language_of(source),
            "described": [part for part in _described(dossier, citation) if part],
            "published": date_view(source.published) if source else None,
            "url": web_link(source.url) if source else "",
            "archive": web_link(source.archive_url) if source else "",
            "translation": citation.translation or "",
            "prefix": citation.prefix or "",
            "suffix": citation.suffix or "",
        }


def _described(dossier: Dossier, citation: Citation) -> tuple[str | None, ...]:
    """Return who published a source, its kind, and where in it the words are."""
    source = dossier.sources.get(citation.source)
    if source is None:
        return ("not on file", citation.locator)
    return (
        source.author,
        source.outlet,
        source.kind,
        "internal" if source.internal else None,
        citation.locator,
    )


def _others(reader: Reader, dossier: Dossier, shown: Thread) -> dict[str, Any]:
    """Return the claims with another position, or that oppose it otherwise, and with the same."""
    claim, opposition = shown.claim, opposition_of(dossier, shown.claim.id)
    within = {r.claim.id for r in shown.replies} | {above.id for above, _ in shown.above}
    named = [one.id for one in opposition.opposers if one.position or one.id not in within]
    opposing = _claims(reader, [field_condition("id", named)]) if named else ()
    by_id = {one.id: one for one in opposing}
    alike = ()
    if claim.issue and claim.position and '"' not in claim.position:
        fields = {"issue": claim.issue, "position": claim.position}
        same = [field_condition(field, [value]) for field, value in fields.items()]
        left_out = {claim.id, *(c.id for c in shown.restated_by), claim.restates}
        alike = tuple(
            c for c in _claims(reader, same, MOST_ALIKE + len(left_out)) if c.id not in left_out
        )
    return {
        "opposing": [by_id[name] for name in named if name in by_id][:MOST_OPPOSING],
        "more_opposing": opposition.more or len(named) > MOST_OPPOSING,
        "alike": alike[:MOST_ALIKE],
        "more_alike": len(alike) > MOST_ALIKE,
    }


def _similar(
    reader: Reader, dossier: Dossier, shown: Thread, others: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return the similar claims that are not elsewhere on the page, and how they differ."""
    elsewhere = {one.id for name in ("opposing", "alike") for one in others[name]}
    elsewhere |= {reply.claim.id for reply in shown.replies}
    elsewhere |= {above.id for above, _ in shown.above} | {c.id for c in shown.restated_by}
    names = [name for name in reader.similar(shown.claim) if name not in elsewhere][:MOST_SIMILAR]
    if not names:
        return []
    views = {one.id: one for one in _claims(reader, [field_condition("id", names)])}
    phrases = all_phrases(dossier.polarity)

    def differs(statement: str) -> str:
        found = statement_differences(shown.claim.statement, statement, phrases)
        return "; ".join(map(str, found))

    similar = [views[name] for name in names if name in views]
    return [{"claim": view, "differs": differs(view.statement)} for view in similar]


def _claims(reader: Reader, conditions: Iterable[Any], limit: int | None = None) -> tuple[Any, ...]:
    dossier = reader.read(Request(query=combine(conditions), scope=Scope.ANSWERS, limit=limit))
    views = Views(dossier)
    return tuple(views.claim(claim) for claim in dossier.claims)


def _on_file(views: Views, claim: Claim) -> dict[str, Any]:
    """Return the fields of a claim that are not said elsewhere on its page."""
    dossier = views.dossier
    event = dossier.events.get(claim.event or "")
    return {
        "status": status_label(dossier.statuses[claim.id]),
        "said": date_view(claim.said),
        "about": date_view(claim.about),
        "event": claim.event or "",
        "event_title": event.title if event else "",
        "tags": claim.tags,
        "note": claim.note or "",
        "restates": claim.restates or "",
        "supersedes": claim.supersedes or "",
        "superseded_by": dossier.superseded.get(claim.id, ""),
        "withdrawn": date_view(claim.withdrawn),
        "asked": [request_words(dossier, claim, asked) for asked in claim.asked],
        "origins": origins_text(dossier, claim),
        "said_elsewhere": not dossier.answers.get(claim.id)
        and not claim.responds_to
        and claim.id in dossier.answered,
    }
