"""Check every quote of a corpus against its source's text, as 'claimcli verify' does."""

from collections.abc import Iterator, Mapping
from functools import lru_cache, partial
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from claimcli.analysis.findings import Finding
from claimcli.analysis.quote_findings import findings_on_quotes
from claimcli.batches.engine import Counts, Engine, JobOptions, Rows
from claimcli.batches.quote_tables import (
    KEYS,
    QUOTES,
    TEXTS,
    checked,
    quote_of,
    speaker_names,
    text_of,
)
from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.formats.verify import finding_record
from claimcli.quotes.polarity.lists import bundled_lists, parse_list
from claimcli.quotes.polarity.phrases import Phrases
from claimcli.quotes.speakers.names import SpeakerNames
from claimcli.quotes.verdict import Verdict

TABLES = ("dossiers", "quotes", "texts")
COUNTED = {"verdicts": "outcome"}
CHANGED, UNREADABLE = "changed-text", "unreadable-text"
"""The outcomes of quotes whose text has another checksum, or could not be read."""
_SETTINGS = ("dossier", "speakers", "polarity", "polarity_file")
_ORDER = [("dossier", "ascending"), ("source", "ascending"), ("number", "ascending")]


def _list_of(**fields: pa.DataType) -> pa.DataType:
    return pa.list_(pa.field("element", pa.struct(fields)))


_PLACE = {"line": pa.int32(), "column": pa.int32(), "start": pa.int64(), "end": pa.int64()}
_SEGMENTS = _list_of(text=pa.string(), differs=pa.bool_())
VERDICTS = pa.schema(
    {
        "dossier": pa.string(),
        "number": pa.int32(),
        "outcome": pa.string(),
        "claim": pa.string(),
        "source": pa.string(),
        "quote": pa.string(),
        "verdict": pa.string(),
        "warnings": pa.list_(pa.field("element", pa.string())),
        **_PLACE,
        "passage": pa.string(),
        "selectors": _list_of(
            type=pa.string(),
            exact=pa.string(),
            prefix=pa.string(),
            suffix=pa.string(),
            start=pa.int64(),
            end=pa.int64(),
        ),
        "fragment_url": pa.string(),
        "match": pa.string(),
        "messages": _list_of(name=pa.string(), message=pa.string()),
        "text": pa.string(),
        "page": pa.int32(),
        "places": _list_of(**_PLACE, page=pa.int32()),
        "differences": pa.struct({"quote": _SEGMENTS, "text": _SEGMENTS}),
        "reason": pa.string(),
        "file": pa.string(),
        "file_line": pa.int32(),
    }
)
"""The values of ``claimcli verify --format jsonl``, after the dossier, the quote's number in the
order of this command, and the verdict or why the text could not be used."""


def run(engine: Engine, options: JobOptions) -> Mapping[str, Rows]:
    """Return a verdict for each quote. Each text is sent and loaded once."""
    del options
    settings = engine.collect(engine.table("dossiers", _SETTINGS))
    quotes = engine.table("quotes", QUOTES.names)
    texts = engine.table("texts", TEXTS.names)
    function = partial(verdicts, settings=settings)
    return {"verdicts": engine.pair(quotes, texts, KEYS, function, VERDICTS)}


def exit_code(counts: Counts) -> int:
    """Return 1 if quotes fail, 3 if texts could not be read, else 0, as ``claimcli verify``."""
    outcomes = counts["verdicts"]
    failures = (CHANGED, *(one.value for one in Verdict if one.fails))
    if any(outcomes.get(one) for one in failures):
        return ExitCode.FINDINGS
    return ExitCode.UNREADABLE if outcomes.get(UNREADABLE) else ExitCode.DONE


def verdicts(quotes: pa.Table, texts: pa.Table, *, settings: pa.Table) -> pa.Table:
    """Return the verdicts on quotes; ``texts`` are those of their sources.

    ``settings`` has the speakers and the negations of each dossier. Raises ClaimcliError if the
    text or the dossier of a quote is missing, or a table is damaged.
    """
    quotes, texts = checked(quotes, QUOTES), checked(texts, TEXTS)
    rows_of_texts = _row_numbers(texts)
    dossiers = _Dossiers(settings, quotes)
    tables = [VERDICTS.empty_table()]
    for (dossier, source), rows in _groups(quotes.sort_by(_ORDER)):
        row = rows_of_texts.get((dossier, source))
        if row is None:
            raise _missing(f"the text of '{source}' in '{dossier}'")
        text = text_of(texts.slice(row, 1).to_pylist()[0])
        names, phrases = dossiers.names(dossier), dossiers.phrases(dossier)
        checks = [quote_of(one, names) for one in rows]
        findings = findings_on_quotes(checks, text, phrases)
        records = [_record(*pair) for pair in zip(rows, findings, strict=True)]
        tables.append(pa.Table.from_pylist(records, VERDICTS))
    return pa.concat_tables(tables).combine_chunks()


def _row_numbers(texts: pa.Table) -> dict[tuple[str, str], int]:
    keys = zip(texts["dossier"].to_pylist(), texts["source"].to_pylist(), strict=True)
    return {key: number for number, key in enumerate(keys)}


def _groups(quotes: pa.Table) -> Iterator[tuple[tuple[str, str], list[dict[str, Any]]]]:
    """Yield the rows of each source, of quotes sorted by dossier and source."""
    keys = list(zip(quotes["dossier"].to_pylist(), quotes["source"].to_pylist(), strict=True))
    start = 0
    for number, key in enumerate(keys, 1):
        if number == len(keys) or keys[number] != key:
            yield key, quotes.slice(start, number - start).to_pylist()
            start = number


class _Dossiers:
    """The speakers and negations of the dossiers of some quotes."""

    def __init__(self, settings: pa.Table, quotes: pa.Table) -> None:
        used = pc.is_in(settings["dossier"], pc.unique(quotes["dossier"]))
        self._rows: dict[str, dict[str, Any]] = {
            row["dossier"]: row for row in settings.filter(used).to_pylist()
        }

    def names(self, dossier: str) -> SpeakerNames:
        """Return the names of all speakers of a dossier."""
        return speaker_names(tuple(self._row(dossier)["speakers"]))

    def phrases(self, dossier: str) -> tuple[Phrases, ...]:
        """Return the bundled negations and those of a dossier."""
        row = self._row(dossier)
        if row["polarity"] is None:
            return (bundled_lists(),)
        return (bundled_lists(), _own_phrases(row["polarity"], row["polarity_file"] or ""))

    def _row(self, dossier: str) -> Mapping[str, Any]:
        if dossier not in self._rows:
            raise _missing(f"'{dossier}' in the table of dossiers")
        return self._rows[dossier]


@lru_cache(maxsize=64)
def _own_phrases(text: str, path: str) -> Phrases:
    return parse_list(text, path)


def _missing(what: str) -> ClaimcliError:
    hint = "write the corpus again with: claimcli corpus read FOLDER -o CORPUS"
    return ClaimcliError(f"the corpus lacks {what}", hint, code=ExitCode.UNREADABLE)


def _record(row: Mapping[str, Any], finding: Finding) -> dict[str, Any]:
    key = {"dossier": row["dossier"], "number": row["number"], "outcome": _outcome(finding)}
    return key | finding_record(finding)


def _outcome(finding: Finding) -> str:
    if finding.text_changed:
        return CHANGED
    return UNREADABLE if finding.unreadable else finding.verdict.value
