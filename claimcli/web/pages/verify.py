"""Quotes and the texts of their sources: the verdict on each quote."""

from collections.abc import Callable, Iterator
from typing import Any

from msgspec.structs import replace

from claimcli.analysis.findings import Finding, Verification, select_findings
from claimcli.analysis.verify import changed_texts_without_quotes, verify
from claimcli.core.query import Request, Scope
from claimcli.core.query_parser import parse_query
from claimcli.core.records import Dossier
from claimcli.core.text.word_diff import plural
from claimcli.quotes.verdict import Verdict
from claimcli.web.page import Page, PageRequest
from claimcli.web.parts import Views
from claimcli.web.quotes import QuoteView, quote_anchors, quote_view

MOST_QUOTES = 500
"""Quotes of one page, those to note first; a query or a verdict selects others."""
MOST_LETTERS = 1_000
"""Characters of a quote that are shown; the page of its claim has all."""
_GROUPS: tuple[tuple[str, Callable[[Finding], bool]], ...] = (
    ("Not in the text", lambda f: f.verdict.fails),
    ("The text could not be read", lambda f: f.unreadable),
    ("In the text, with something to note", lambda f: f.fails or f.warns),
    ("In the text", lambda f: f.verdict is not Verdict.NO_TEXT),
    ("Not checked: no text on file", lambda f: not f.unreadable),
)
"""Groups of quotes: a quote belongs to the first whose condition is true."""


def page(request: PageRequest) -> Page:
    """Return the verdict on each quote, those to note first."""
    query = parse_query(request.query)
    dossier = request.reader.read(Request(query=query, scope=Scope.ANSWERS, speakers=True))
    result = verify(dossier)
    selected = request.options.get("select", "")
    chosen = select_findings(result, [selected] if selected else [], [])
    groups = list(_groups(dossier, chosen))
    values = {
        "summary": _summary(result),
        "counts": [
            {"verdict": verdict.value, "label": verdict.label, "number": number}
            for verdict, number in result.counts().items()
        ],
        "selected": selected,
        "groups": groups,
        "more": len(chosen.findings) - sum(len(group["rows"]) for group in groups),
        "changed": list(changed_texts_without_quotes(dossier)),
    }
    return Page(title="Quotes", template="verify.html.j2", values=values)


def _short(view: QuoteView) -> QuoteView:
    """Return the view of a quote without the end of a very long one."""
    quote = view.quote
    return view if len(quote) <= MOST_LETTERS else replace(view, quote=f"{quote[:MOST_LETTERS]}…")


def _summary(result: Verification) -> str:
    """Return the number of quotes, and of those that have warnings."""
    warned = sum(finding.warns for finding in result.findings)
    quotes = plural(len(result.findings), "quote")
    return f"{quotes}, {warned:,} with something to note" if warned else quotes


def _groups(dossier: Dossier, chosen: Verification) -> Iterator[dict[str, Any]]:
    """Yield the groups of findings that are not empty, with at most so many findings in all."""
    views, rest, left = Views(dossier), list(chosen.findings), MOST_QUOTES
    anchors = {
        (claim.id, citation.location.of("quote")): (claim, citation, anchor)
        for claim in dossier.claims
        for citation, anchor in quote_anchors(claim)
    }
    for title, belongs in _GROUPS:
        group = [finding for finding in rest if belongs(finding)]
        rest = [finding for finding in rest if not belongs(finding)]
        rows = [
            {
                "quote": _short(
                    quote_view(dossier, *anchors[finding.claim, finding.span], finding)
                ),
                "claim": views.claim(dossier.by_id[finding.claim]),
            }
            for finding in group[:left]
        ]
        left -= len(rows)
        if group:
            yield {"title": title, "count": plural(len(group), "quote"), "rows": rows}
