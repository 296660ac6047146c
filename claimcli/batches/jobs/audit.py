"""Find what the claims of each dossier lack, and count the claims and rebuttals of each party.

The results are those of 'claimcli audit', except for quotes, which 'claimcli corpus verify' checks.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import pyarrow as pa

from claimcli.analysis.audit import Audit, audit
from claimcli.analysis.lacks import Lack
from claimcli.batches.dossier_rows import (
    KEY,
    dossiers_of,
    pack,
    packed_schema,
    rows_of_dossiers,
    table_of_rows,
    unpack,
)
from claimcli.batches.engine import Engine, JobOptions, Rows

COLUMNS = {
    "claims": (
        "id", "parties", "statement", "said", "issue", "restates", "withdrawn", "when", "when_to",
        "rank", "answered", "superseded_by", "withheld", "file", "line",
    ),
    "responses": ("claim", "number", "target", "kind"),
    "requests": ("claim", "number", "party", "on", "due", "asker", "note"),
    "citations": ("claim", "number", "source", "quote", "translation"),
    "parties": ("id", "name", "part_of", "rank"),
    "sources": ("id", "kind", "derived_from", "rank"),
    "issues": ("id", "question", "rank", "file", "line"),
}  # fmt: skip
TABLES = tuple(COLUMNS)
COUNTED = {"gaps": "lack"}
_TEXT, _NUMBER = pa.string(), pa.int64()
GAPS = pa.schema(
    [
        *((name, _TEXT) for name in (KEY, "lack", "id")),
        ("parties", pa.list_(_TEXT)),
        *((name, _TEXT) for name in ("issue", "file")),
        ("line", _NUMBER),
        ("detail", _TEXT),
    ]
)
TOTALS = pa.schema(
    [
        *((name, _TEXT) for name in (KEY, "party", "name")),
        *((name, _NUMBER) for name in (
            "claims", "with_members", "rebuttals_made", "rebuttals_received", "primary", "words",
        )),
    ]
)  # fmt: skip
SCHEMAS = {"gaps": GAPS, "totals": TOTALS}
_LACKS = tuple(lack for lack in Lack if lack is not Lack.UNVERIFIED_QUOTE)


def run(engine: Engine, options: JobOptions) -> Mapping[str, Rows]:
    """Return the gaps of all dossiers, and the numbers of their parties as ``totals``."""
    del options
    rows = rows_of_dossiers(engine, COLUMNS)
    audits = engine.keep(engine.group(rows, [KEY], audits_of, packed_schema(SCHEMAS)))
    return {
        name: engine.map(audits, partial(unpack, table=name), schema)
        for name, schema in SCHEMAS.items()
    }


def audits_of(packed: pa.Table) -> pa.Table:
    """Return the gaps and totals of whole dossiers, packed in one table."""
    schema = packed_schema(SCHEMAS)
    parts = [
        part
        for name, dossier in dossiers_of(packed)
        for part in _packed(name, audit(dossier, lacks=_LACKS), schema)
    ]
    return pa.Table.from_batches(parts, schema)


def _packed(name: str, result: Audit, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    tables = {"gaps": _gaps(name, result), "totals": _totals(name, result)}
    for table, rows in tables.items():
        yield pack(table_of_rows(rows, SCHEMAS[table]), table, schema)


def _gaps(name: str, result: Audit) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of the table of the command, each with the dossier."""
    for row in result.rows():
        yield (name, *row)


def _totals(name: str, result: Audit) -> Iterator[tuple[Any, ...]]:
    for one in result.totals:
        yield (
            name, one.party, one.name, one.claims, one.with_members, one.rebuttals_made,
            one.rebuttals_received, one.primary.part, one.words,
        )  # fmt: skip
