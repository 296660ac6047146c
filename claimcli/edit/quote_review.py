"""Compares the quotes that a change adds to a dossier with the texts of their sources."""

import sqlite3
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from claimcli.analysis.finding_notes import check_message, check_messages
from claimcli.analysis.findings import Finding
from claimcli.analysis.verify import verify_quotes
from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.core.records import Citation, Claim, Dossier, Record, Source
from claimcli.core.text.word_diff import plural
from claimcli.dossier.files import DataFiles
from claimcli.dossier.index.load import all_parties, load_records
from claimcli.dossier.index.lookup import FileKey
from claimcli.dossier.index.rows import decode_claim
from claimcli.dossier.open import LoadOptions, path_lookup
from claimcli.edit.record_edits import EditedText

MAX_NOTES = 20
"""Notes on quotes that a change reports."""
Quote = tuple[Claim, Citation]


class UnverifiedQuotesError(ClaimcliError):
    """A change adds quotes that are not in the texts of their sources: ``findings``."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        self.messages = tuple(map(_with_place, findings))
        others = len(findings) - 1
        more = f"; and {plural(others, 'other quote')}" if others else ""
        hint = "quote the words of the text, or add --unverified to write it as it is"
        super().__init__(f"{self.messages[0]}{more}", hint, code=ExitCode.FINDINGS)


def _with_place(finding: Finding) -> str:
    """Return the message on a quote, with the place of the nearest passage if there is one."""
    match = finding.first_match
    where = f"{finding.text}, {match.label}" if match else finding.text
    return f"{check_message(finding)} ({where})"


class QuoteReview(Struct, frozen=True):
    """The findings on the quotes that an edit of a file adds.

    ``recited`` are those on the quotes of a source whose text the edit changes.
    """

    added: tuple[Finding, ...] = ()
    recited: tuple[Finding, ...] = ()

    def refuse_failures(self) -> None:
        """Raise UnverifiedQuotesError if an added quote is not in the text of its source."""
        if failures := tuple(finding for finding in self.added if finding.verdict.fails):
            raise UnverifiedQuotesError(failures)

    def notes(self) -> Iterator[str]:
        """Yield how the added quotes differ from their texts, and what there is to note."""
        messages = [
            f"{'warning' if one.verdict.fails else 'note'}: {message}"
            for one in self.added
            for message in check_messages(one)
        ]
        yield from messages[:MAX_NOTES]
        if more := messages[MAX_NOTES:]:
            yield f"note: {plural(len(more), 'further note')}; see 'claimcli verify'"
        if failures := sum(finding.verdict.fails for finding in self.recited):
            source, every = self.recited[0].source, len(self.recited)
            yield (
                f"warning: {failures} of {plural(every, 'quote')} of '{source}' "
                f"{'is' if failures == 1 else 'are'} not in this text; "
                f"see 'claimcli verify source:{source}'"
            )


def check_citations(
    db: sqlite3.Connection,
    files: DataFiles,
    place: FileKey,
    edited: EditedText,
    options: LoadOptions,
) -> QuoteReview:
    """Return the findings on the quotes that an edit of one file adds.

    The index is that of the dossier before the edit.
    """
    path = files.path(*place)
    records = [record for batch in edited.readings for record in batch.records]
    added = _added_quotes(db, place, records)
    recited = _quotes_of_new_text(db, files, edited.record)
    if not added and not recited:
        return QuoteReview()
    sources = load_records(
        db, "source", {cited.source for _, cited in (*added, *recited)}, path_lookup(db, files)
    )
    sources |= {r.id: _located(r, path) for r in records if isinstance(r, Source)}
    dossier = Dossier(
        by_id={claim.id: claim for claim, _ in (*added, *recited)},
        parties=all_parties(db, path_lookup(db, files)),
        sources=sources,
        text_folders=options.limits_of_texts(files),
        polarity=options.polarity,
    )
    return QuoteReview(tuple(verify_quotes(dossier, added)), tuple(verify_quotes(dossier, recited)))


def _located(source: Source, path: str) -> Source:
    return replace(source, location=replace(source.location, path=path))


def _added_quotes(db: sqlite3.Connection, place: FileKey, records: Iterable[Record]) -> list[Quote]:
    """Return the quotes that the file did not have, with their claims.

    A source that is described in a claim changes its id with that of the claim.
    """
    known = set(
        db.execute(
            "SELECT s.source, s.quote FROM files JOIN claims USING (file)"
            " JOIN citations s USING (claim)"
            " WHERE root = ? AND path = ? AND s.quote IS NOT NULL",
            place,
        )
    )
    words = {quote for source, quote in known if "/" in source}
    return [
        (record, cited)
        for record in records
        if isinstance(record, Claim)
        for cited in record.citations
        if cited.quote
        and (cited.source, cited.quote) not in known
        and not ("/" in cited.source and cited.quote in words)
    ]


def _quotes_of_new_text(
    db: sqlite3.Connection, files: DataFiles, record: Record | None
) -> list[Quote]:
    """Return the quotes of a source if it now names another text, else none."""
    if not isinstance(record, Source) or not record.text:
        return []
    row = db.execute("SELECT text FROM sources WHERE id = ?", (record.id,)).fetchone()
    if row is None or row[0] == record.text:
        return []
    rows = db.execute(
        "SELECT DISTINCT claim, file, i.record FROM citations s JOIN claims USING (claim)"
        " JOIN _claims i USING (claim) WHERE s.source = ? AND s.quote IS NOT NULL",
        (record.id,),
    ).fetchall()
    path_of = path_lookup(db, files)
    claims = [decode_claim(data, path_of(file), None, (None,) * 3) for _, file, data in rows]
    return [
        (claim, cited)
        for claim in claims
        for cited in claim.citations
        if cited.source == record.id and cited.quote
    ]
