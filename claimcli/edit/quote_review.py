"""Compares the quotes that a change adds to a dossier with the texts of their sources."""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

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
from claimcli.edit.transaction import Attachment

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
    edits: Sequence[tuple[FileKey, EditedText]],
    attachments: Sequence[Attachment],
    options: LoadOptions,
) -> QuoteReview:
    """Return the findings on the quotes that the edits of a change add, in the order of the edits.

    The index is that of the dossier before the change; ``attachments`` are the texts that the
    change stores, which are not on the disk yet.
    """
    latest = dict(edits)
    added = [quote for place, text in latest.items() for quote in _added_quotes(db, place, text)]
    recited = [q for _, text in edits for q in _quotes_of_new_text(db, files, text.record)]
    if not added and not recited:
        return QuoteReview()
    sources = load_records(
        db, "source", {cited.source for _, cited in (*added, *recited)}, path_lookup(db, files)
    )
    folders = options.limits_of_texts(files)
    with TemporaryDirectory() as folder:
        for place, text in latest.items():
            new = (r for batch in text.readings for r in batch.records if isinstance(r, Source))
            sources |= {r.id: _located(r, files.path(*place), attachments, folder) for r in new}
        dossier = Dossier(
            by_id={claim.id: claim for claim, _ in (*added, *recited)},
            parties=all_parties(db, path_lookup(db, files)),
            sources=sources,
            text_folders=(*folders, os.path.realpath(folder)) if folders else (),
            polarity=options.polarity,
        )
        checked = (verify_quotes(dossier, quotes) for quotes in (added, recited))
        return QuoteReview(
            *(tuple(_named(f, attachments, folder) for f in each) for each in checked)
        )


def _named(finding: Finding, attachments: Iterable[Attachment], folder: str) -> Finding:
    """Return a finding with the path that its text will have, if it is now in ``folder``."""
    name = (finding.text or "").removeprefix(f"{folder}/")
    path = next((str(one.path) for one in attachments if str(one.path).endswith(f"/{name}")), None)
    return replace(finding, text=path) if path and name != finding.text else finding


def _located(source: Source, path: str, attachments: Iterable[Attachment], folder: str) -> Source:
    """Return a source with its path; if its text is not on the disk yet, with one in ``folder``.

    The text is then written there.
    """
    text = Path(path).parent / (source.text or "")
    data = next((one.data for one in attachments if one.path == text), None)
    if data is not None:
        path = str(Path(folder) / "data.yaml")
        copy = Path(folder) / (source.text or "")
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(data)
    return replace(source, location=replace(source.location, path=path))


def _added_quotes(db: sqlite3.Connection, place: FileKey, text: EditedText) -> list[Quote]:
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
        for batch in text.readings
        for record in batch.records
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
