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
Keys = Mapping[bytes, list[Quote]]
"""Quotes by the keys of their verdicts."""
_SIZE, _SIZE_OF_ALL = 16, 20
"""Bytes of the key of a verdict, and of the key of a note on all quotes of a text."""
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
    """A source with its text file, its SHA-256, and the citations that quote it.

    ``start`` is a hash of the text and of everything that reads it.
    """

    source: Source
    file: TextFile
    digest: str
    quotes: list[Quote]
    start: bytes

    @property
    def key(self) -> bytes:
        """The key of the note that all quotes are in the text."""
        words = "\0".join(cited.quote or "" for _, cited in self.quotes)
        return _hash(self.start, words, _SIZE_OF_ALL)

    def by_key(self) -> dict[bytes, list[Quote]]:
        """Return the quotes by the keys of their verdicts."""
        keys: dict[bytes, list[Quote]] = {}
        for claim, cited in self.quotes:
            key = _hash(self.start, cited.quote or "", _SIZE)
            keys.setdefault(key, []).append((claim, cited))
        return keys


def _hash(start: bytes, words: str, size: int) -> bytes:
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=size, key=start).digest()


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield a problem for each quote that is not in its text, and one for each unreadable text.

    The rule missing-text reports texts that do not exist. If all quotes of a text are known to be
    in it, that is found with one key.
    """
    texts = [(text, text.key) for text in _cited_texts(dossier)]
    kept = load_verdicts(dossier.verdict_file) if texts and dossier.verdict_file else {}
    undecided = [(text, key, text.by_key()) for text, key in texts if key not in kept]
    quotes = {key: found[0] for _, _, keys in undecided for key, found in keys.items()}
    verdicts = {key: kept[key] for key in quotes if key in kept}
    if todo := {key: quote for key, quote in quotes.items() if key not in verdicts}:
        verdicts |= _determine(dossier, todo)
    if undecided and dossier.verdict_file and _are_worth_keeping(t for t, _, _ in undecided):
        known = _with_their_quotes((key for _, key in texts if key in kept), kept)
        save_verdicts(dossier.verdict_file, {**known, **_used(undecided, verdicts)}, kept)
    for text, _, keys in undecided:
        yield from _problems(text, keys, verdicts)


def _used(undecided: Iterable[tuple[CitedText, bytes, Keys]], verdicts: Verdicts) -> Verdicts:
    """Return verdicts to keep, with a note on each text that contains all its quotes."""
    used: Verdicts = {}
    for text, key, keys in undecided:
        if _digest(text.file) == text.digest:  # otherwise it was changed meanwhile
            used |= {name: verdicts[name] for name in keys}
            if all(verdicts[name] == _FOUND for name in keys):
                used[key] = b"".join(keys)
    return used


def _with_their_quotes(keys: Iterable[bytes], kept: Verdicts) -> Verdicts:
    """Return the notes on whole texts, with the verdicts on their quotes."""
    found: Verdicts = {}
    for key in keys:
        found[key] = kept[key]
        parts = (kept[key][n : n + _SIZE] for n in range(0, len(kept[key]), _SIZE))
        found |= {part: kept[part] for part in parts if part in kept}
    return found


def _cited_texts(dossier: Dossier) -> Iterator[CitedText]:
    """Yield each source that has quotes and a text."""
    quotes: dict[str, list[Quote]] = {}
    with_text = {source.id for source in dossier.sources.values() if source.text}
    for claim in dossier.by_id.values() if with_text else ():
        for cited in claim.citations:
            if cited.quote and cited.source in with_text:
                quotes.setdefault(cited.source, []).append((claim, cited))
    for name, listed in quotes.items():
        source = dossier.sources[name]
        file = text_on_file(dossier, source)
        if file:
            digest = _digest(file)
            engine = f"{_engine(file.path.suffix.lower())} {digest}"
            yield CitedText(source, file, digest, listed, blake2b(engine.encode()).digest())


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


def _determine(dossier: Dossier, todo: Mapping[bytes, Quote]) -> Verdicts:
    """Return the encoded verdicts on some quotes, by key.

    The modules for it are imported only here: that takes longer than the whole check of most
    dossiers.
    """
    verify_quotes = import_module("claimcli.analysis.verify").verify_quotes
    in_words = import_module("claimcli.analysis.finding_notes").verdict_in_words
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


def _problems(text: CitedText, keys: Keys, verdicts: Verdicts) -> Iterator[Problem]:
    unread = False
    for key, quotes in keys.items():
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
