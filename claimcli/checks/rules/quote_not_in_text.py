"""A quote occurs in the text of its source, if that text is on file.

The words may differ in typesetting, and parts may be left out if that is marked. The command
``claimcli verify`` also shows where each quote occurs, and warns of quotes that may mislead. The
examples assume a file ``texts/conference.txt`` with one line: ``The main was found sound.``

Bad:

    sources:
      - {id: conference, title: Press conference, published: 2023, text: texts/conference.txt}
    claims:
      - id: sound-main
        party: waterworks
        statement: The main is sound.
        source: {id: conference, quote: The main is sound.}

Good:

    sources:
      - {id: conference, title: Press conference, published: 2023, text: texts/conference.txt}
    claims:
      - id: sound-main
        party: waterworks
        statement: The main is sound.
        source: {id: conference, quote: The main was found sound.}
"""

import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from claimcli import __version__
from claimcli.checks.rules._texts import text_on_file
from claimcli.core.problems import Place, Problem, Severity, Span
from claimcli.core.records import Citation, Claim, Dossier, Source
from claimcli.dossier.index.verdicts import Verdicts, load_verdicts, save_verdicts
from claimcli.dossier.runtime import missing_modules
from claimcli.quotes.texts.source_texts import (
    EXTRACTED_SUFFIXES,
    TextFile,
    UnreadableTextError,
    sha256_of,
)

_RULE = "quote-not-in-text"
SEVERITY = Severity.ERROR
MIN_BYTES = 64 * 1024
"""Bytes of plain texts from which verdicts are kept: fewer are searched as fast."""
_EXTRACTORS = ("trafilatura", "lxml", "lxml-html-clean", "tinycss2", "cssselect2", "pypdfium2")
"""Packages whose versions have an influence on the text of a page or PDF."""
_QUOTES = Path(__file__).parent.parent.parent / "quotes"
_HINTS = {
    "altered": "quote the words of the text, or mark what was left out or put in",
    "missing": "look at the source, and whether its text on file is whole",
}
Quote = tuple[Claim, Citation]
_FOUND = b""
"""The encoded verdict on a quote that is in its text."""


class FailedVerdict(Struct, frozen=True, array_like=True):
    """Why a quote fails: it is altered or missing, or its text cannot be read (no-text).

    ``place`` is that of the nearest passage in the text.
    """

    verdict: str
    message: str
    place: Place | None = None


_decode = msgspec.msgpack.Decoder(FailedVerdict).decode


class CitedText(Struct, frozen=True):
    """A source with its text file, its SHA-256, and the quotes from it by key of the verdict.

    The key is a hash of everything that the verdict depends on.
    """

    source: Source
    file: TextFile
    digest: str
    quotes: Mapping[bytes, list[Quote]]


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield a problem for each quote that is not in its text, and one for each unreadable text.

    The rule missing-text reports texts that do not exist.
    """
    texts = list(_cited_texts(dossier))
    kept = load_verdicts(dossier.verdict_file) if texts and dossier.verdict_file else {}
    verdicts = {key: kept[key] for text in texts for key in text.quotes if key in kept}
    if todo := [text for text in texts if not verdicts.keys() >= text.quotes.keys()]:
        verdicts |= _determine(dossier, todo, verdicts)
        if dossier.verdict_file and _are_worth_keeping(todo):
            changed = {key for t in todo if _digest(t.file) != t.digest for key in t.quotes}
            used = {key: data for key, data in verdicts.items() if key not in changed}
            save_verdicts(dossier.verdict_file, used, kept)
    for text in texts:
        yield from _problems(text, verdicts)


def _cited_texts(dossier: Dossier) -> Iterator[CitedText]:
    """Yield each source that has quotes and a text, with the keys of the verdicts."""
    quotes: dict[str, list[Quote]] = {}
    for claim in dossier.by_id.values():
        for cited in claim.citations:
            if cited.quote:
                quotes.setdefault(cited.source, []).append((claim, cited))
    for name, listed in quotes.items():
        source = dossier.sources.get(name)
        file = text_on_file(dossier, source) if source else None
        if not source or not file:
            continue
        digest = _digest(file)
        start = blake2b(f"{_engine(file.path.suffix.lower())} {digest}".encode()).digest()
        by_key: dict[bytes, list[Quote]] = {}
        for claim, cited in listed:
            words = (cited.quote or "").encode("utf-8", "surrogatepass")
            key = blake2b(words, digest_size=16, key=start).digest()
            by_key.setdefault(key, []).append((claim, cited))
        yield CitedText(source, file, digest, by_key)


def _digest(file: TextFile) -> str:
    """Return the SHA-256 of a text file, or "" if it cannot be read."""
    try:
        return sha256_of(file)
    except UnreadableTextError:
        return ""


@cache
def _engine(suffix: str) -> str:
    """Return the versions of everything that reads and searches files with a suffix."""
    packages = _EXTRACTORS if suffix in EXTRACTED_SUFFIXES else ()
    return " ".join((suffix, _code(), *filter(None, map(_version, packages))))


@cache
def _code() -> str:
    """Return the versions of Python and of the code, which can change without a new version."""
    states = (path.stat() for path in sorted(_QUOTES.rglob("*.py")))
    changes = (f"{state.st_size}-{state.st_mtime_ns}" for state in states)
    return " ".join((__version__, sys.version.split()[0], unicodedata.unidata_version, *changes))


def _version(package: str) -> str:
    """Return the name and version of a package, or "" if it is not installed."""
    metadata = import_module("importlib.metadata")  # takes longer than most checks
    with suppress(metadata.PackageNotFoundError):
        return f"{package}-{metadata.version(package)}"
    return ""


def _are_worth_keeping(texts: Iterable[CitedText]) -> bool:
    """Return whether it took long to determine the verdicts on quotes from some texts."""
    files = {text.file.identity: text.file.path for text in texts}.values()
    extracted = any(path.suffix.lower() in EXTRACTED_SUFFIXES for path in files)
    return extracted or sum(path.stat().st_size for path in files) >= MIN_BYTES


def _determine(dossier: Dossier, texts: Iterable[CitedText], known: Verdicts) -> Verdicts:
    """Return the encoded verdicts on the quotes from some texts that are not known, by key.

    The modules for it are imported only here: that takes longer than the whole check of most
    dossiers.
    """
    verify_quotes = import_module("claimcli.analysis.verify").verify_quotes
    in_words = import_module("claimcli.analysis.finding_notes").verdict_in_words
    todo = {key: text.quotes[key][0] for text in texts for key in text.quotes if key not in known}
    findings = verify_quotes(dossier, list(todo.values()))
    return {
        key: _FOUND if finding.verdict.is_found else _encode(finding, in_words(finding))
        for key, finding in zip(todo, findings, strict=True)
    }


def _encode(finding: Any, message: str) -> bytes:
    match = finding.first_match
    span = match.span("") if match else None
    place = (span.line, span.column, span.end_line, span.end_column) if span else None
    return msgspec.msgpack.encode(FailedVerdict(finding.verdict.value, message, place))


def _problems(text: CitedText, verdicts: Verdicts) -> Iterator[Problem]:
    unread = False
    for key, quotes in text.quotes.items():
        if verdicts[key] == _FOUND:
            continue
        failed = _decode(verdicts[key])
        if failed.verdict in _HINTS:
            yield from (_problem(text, failed, cited) for _, cited in quotes)
        elif not unread:
            unread = True
            yield _unread_problem(text, failed)


def _problem(text: CitedText, failed: FailedVerdict, cited: Citation) -> Problem:
    message = f"the quote of '{text.source.id}' {failed.message}"
    related = (Span(str(text.file.path), *failed.place),) if failed.place else ()
    place = cited.location.of("quote")
    return Problem(_RULE, message, place, SEVERITY, _HINTS[failed.verdict], related)


def _unread_problem(text: CitedText, failed: FailedVerdict) -> Problem:
    """Return the problem of a text that cannot be read, on this computer or at all."""
    message = f"the quote of '{text.source.id}' {failed.message}"
    lacks = text.file.path.suffix.lower() in EXTRACTED_SUFFIXES and missing_modules("texts")
    severity = Severity.INFO if lacks else Severity.WARNING
    return Problem(_RULE, message, text.source.location.of("text"), severity)
