"""The address of the page of a source, at the quote of a claim."""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from claimcli.analysis.verify import verify_quotes
from claimcli.core.problems import ClaimcliError
from claimcli.core.records import Citation, Claim, Dossier, Source
from claimcli.core.text.escaping import web_link
from claimcli.quotes.selectors import fragment_url
from claimcli.quotes.text_fragments import quote_directive
from claimcli.quotes.verdict import Verdict


class SourcePage(Struct, frozen=True):
    """A page on the web: its source's id and its address; only http and https occur."""

    source: str
    address: str


def source_pages(sources: Iterable[Source], *, archived: bool = False) -> tuple[SourcePage, ...]:
    """Return the pages of those sources that have an address, or an archived one."""
    addresses = ((s.id, web_link(s.archive_url if archived else s.url)) for s in sources)
    return tuple(SourcePage(name, address) for name, address in addresses if address)


def claim_pages(
    dossier: Dossier, claim: Claim, *, archived: bool = False
) -> tuple[SourcePage, ...]:
    """Return the pages that a claim is cited from, each at its first quote, the quoted ones first.

    Of a quote that is not in the text on file only the page is known.
    """
    sources = {
        name: replace(s, url=s.archive_url) if archived else s
        for name, s in dossier.sources.items()
    }
    shown = replace(dossier, sources=sources)
    pages: dict[str, SourcePage] = {}
    for citation in sorted(claim.citations, key=lambda citation: not citation.quote):
        source = sources.get(citation.source)
        if source and citation.source not in pages and (address := web_link(source.url)):
            at_quote = web_link(_at_quote(shown, claim, citation, address))
            pages[source.id] = SourcePage(source.id, at_quote or address)
    return tuple(pages.values())


def _at_quote(dossier: Dossier, claim: Claim, citation: Citation, address: str) -> str:
    if not citation.quote:
        return address
    (finding,) = verify_quotes(dossier, [(claim, citation)])
    if finding.verdict is Verdict.NO_TEXT:
        return fragment_url(address, quote_directive(citation.quote))
    return finding.fragment_url or address


def no_page(name: str, *, archived: bool) -> ClaimcliError:
    """Return the error that a record has no page that could be opened."""
    what, field = ("archived page", "archive_url") if archived else ("page", "url")
    hint = f"set it with 'claimcli set source:ID {field}=https://...'"
    return ClaimcliError(f"no web address of a source's {what} is on file for '{name}'", hint)
