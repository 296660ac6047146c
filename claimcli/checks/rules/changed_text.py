"""The text of a source has the checksum that is on file.

``sha256`` proves that the text has not changed since a claim was cited from it. The examples
assume a file ``texts/conference.txt`` with one line: ``The main was found sound.``

Bad:

    sources:
      - id: press-conference
        title: Press conference
        published: 2023-05-02
        text: texts/conference.txt
        sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855

Good:

    sources:
      - id: press-conference
        title: Press conference
        published: 2023-05-02
        text: texts/conference.txt
        sha256: 29836f06104161b5d7a4f5b5adf7059fb71612119b44a1befc1efe6c6a57d9aa
"""

from collections.abc import Iterator

from claimcli.checks.rules._texts import text_on_file
from claimcli.core.problems import Problem, Severity
from claimcli.core.records import Dossier, Source
from claimcli.quotes.texts.source_texts import TextFile, UnreadableTextError, sha256_of

SEVERITY = Severity.ERROR


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield a problem for each text with another checksum; the rule missing-text reports others."""
    digests: dict[tuple[int, int], str] = {}
    for source in dossier.sources.values():
        found = text_on_file(dossier, source) if source.sha256 else None
        if found:
            yield from _compare(source, found, digests)


def _compare(
    source: Source, found: TextFile, digests: dict[tuple[int, int], str]
) -> Iterator[Problem]:
    """Yield a problem if the checksums differ; ``digests`` caches those of files."""
    try:
        if found.identity not in digests:
            digests[found.identity] = sha256_of(found)
        digest = digests[found.identity]
    except UnreadableTextError as error:
        yield _problem(source, f"'{error.name}', {error.reason}", error.hint)
        return
    if digest != (source.sha256 or "").lower():
        hint = f"restore the old text, or check the new one and write 'sha256: {digest}'"
        yield _problem(source, f"'{found.name}', does not have this checksum", hint)


def _problem(source: Source, what: str, hint: str) -> Problem:
    return Problem(
        "changed-text",
        f"the text of '{source.id}', {what}",
        source.location.of("sha256"),
        SEVERITY,
        hint,
        (source.location.of("text"),),
    )
