"""Rows of dossiers as the functions of jobs get them from an engine."""

from collections.abc import Mapping

import pyarrow as pa

from claimcli.batches.dossier_rows import KEY, TableColumns, pack, packed_schema
from claimcli.core.records import Dossier
from claimcli.exchange.parquet.rows import tables_of
from claimcli.exchange.parquet.schema import table_schema


def packed_rows(dossiers: Mapping[str, Dossier], columns: TableColumns) -> pa.Table:
    """Return some columns of the tables of dossiers, by name, packed in one table."""
    schema = packed_schema(
        {name: pa.schema(map(table_schema(name).field, own)) for name, own in columns.items()}
    )
    parts = [
        pack(tables[table].select([KEY, *own]), table, schema)
        for name, dossier in dossiers.items()
        for tables in [tables_of(dossier, name=name)]
        for table, own in columns.items()
    ]
    return pa.Table.from_batches(parts, schema)
