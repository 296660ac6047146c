"""Whether the page of a source still exists and contains its quotes; nothing is stored."""

from collections.abc import Sequence

from claimcli.analysis.verify import verify_new_text
from claimcli.core.records import Citation, Claim, Dossier, Source
from claimcli.core.text.escaping import web_link
from claimcli.core.text.word_diff import plural
from claimcli.edit.fetch.download import DownloadError
from claimcli.edit.fetch.select import FetchResult
from claimcli.edit.fetch.store import Download, page_text
from claimcli.quotes.texts.decode import UnknownCharsetError
from claimcli.quotes.texts.extract import ExtractionError

MAX_LISTED = 5
"""Claims that a note on missing quotes names."""


def recheck(dossier: Dossier, source: Source, download: Download) -> FetchResult:
    """Download a source's page and look for the quotes of the dossier's claims in it.

    The outcome is "present", "changed" if the page lacks a quote, "gone" if the server says that it
    does not exist, or "failed" if the page cannot be read now.
    """
    if not web_link(source.url):
        reason = f"'{source.url}' is not a web address" if source.url else "it has no address"
        return FetchResult(source.id, "failed", None, reason)
    quotes = [
        (claim, cited)
        for claim in dossier.claims
        for cited in claim.citations
        if cited.source == source.id and cited.quote
    ]
    try:
        text = page_text(download(source.url or ""))
    except DownloadError as error:
        if not error.gone:
            return _failed(source, f"{error.reason}; {error.hint}")
        hint = f"'claimcli fetch --archive --record {source.id}' looks for a copy"
        return FetchResult(source.id, "gone", None, f"{source.url} {error.reason}; {hint}")
    except (ExtractionError, UnknownCharsetError) as error:
        return _failed(source, f"{error.reason}; {error.hint}")
    return _compared(dossier, source, quotes, (text.suffix, text.files[text.suffix]))


def _compared(
    dossier: Dossier,
    source: Source,
    quotes: Sequence[tuple[Claim, Citation]],
    text: tuple[str, bytes],
) -> FetchResult:
    if not quotes:
        return FetchResult(source.id, "present", None, "no quotes to look for")
    findings = verify_new_text(dossier, quotes, source, text)
    if unread := next((one for one in findings if one.unreadable), None):
        return _failed(source, unread.reason)
    missing = list(dict.fromkeys(one.claim for one in findings if one.verdict.fails))
    if not missing:
        return FetchResult(source.id, "present", None, plural(len(quotes), "quote"))
    number = sum(one.verdict.fails for one in findings)
    more = f" and {len(missing) - MAX_LISTED} more" if len(missing) > MAX_LISTED else ""
    named = f"of {', '.join(missing[:MAX_LISTED])}{more}"
    verb = "is" if number == 1 else "are"
    note = f"{number} of {plural(len(quotes), 'quote')} {verb} not in it, {named}"
    return FetchResult(source.id, "changed", None, note)


def _failed(source: Source, reason: str) -> FetchResult:
    return FetchResult(source.id, "failed", None, f"{source.url} {reason}")
