"""Find the threads of each dossier, and the standing of each claim by the answers in it.

A thread (a connected component) has all claims that answers or restatements link, however
indirectly. The standing is that of 'claimcli standing' with grounded semantics.
"""

import time
from collections import Counter
from collections.abc import Mapping
from functools import partial

import pyarrow as pa

from claimcli.analysis.argumentation.extensions import Semantics, extensions
from claimcli.analysis.standing import Reasoning, standing
from claimcli.batches.dossier_rows import KEY, dossiers_of, rows_of_dossiers, table_of_rows
from claimcli.batches.engine import Engine, JobOptions, Rows
from claimcli.core.graphs import set_finder
from claimcli.core.records import Dossier
from claimcli.core.relations import answer_links, restatement_links

COLUMNS = {
    "claims": ("id", "restates", "withdrawn", "superseded_by", "rank"),
    "responses": ("claim", "number", "target", "kind"),
}
TABLES = tuple(COLUMNS)
SCHEMA = pa.schema(
    [
        (KEY, pa.string()),
        ("id", pa.string()),
        ("component", pa.string()),
        ("claims", pa.int64()),
        ("standing", pa.string()),
        ("attacked_by", pa.list_(pa.string())),
    ]
)
"""A row for each claim: its component, named after the first claim by date, and the number of
claims in it. A withdrawn claim has no standing."""


def run(engine: Engine, options: JobOptions) -> Mapping[str, Rows]:
    """Return the component and the standing of each claim as the table ``components``."""
    del options
    rows = rows_of_dossiers(engine, COLUMNS)
    return {"components": engine.group(rows, [KEY], components, SCHEMA)}


def components(packed: pa.Table) -> pa.Table:
    """Return the components of whole dossiers."""
    results = [_components(name, dossier) for name, dossier in dossiers_of(packed)]
    return pa.concat_tables(results) if results else SCHEMA.empty_table()


def _components(name: str, dossier: Dossier) -> pa.Table:
    firsts = component_of_each(dossier)
    sizes = Counter(firsts.values())
    solve = partial(extensions, semantics=Semantics.GROUNDED, clock=time.monotonic)
    result = standing(dossier, Semantics.GROUNDED, Reasoning.SKEPTICAL, solve=solve)
    standings = {row[0]: row for row in result.table().rows}
    nothing = (None, None, None, ())
    rows = [
        (claim, first, sizes[first], *standings.get(claim, nothing)[1:4:2])
        for claim, first in firsts.items()
    ]
    return table_of_rows([(name, *row) for row in rows], SCHEMA)


def component_of_each(dossier: Dossier) -> dict[str, str]:
    """Return for each claim the first claim of its component, by the order of claims."""
    claims = dossier.by_id
    links = [
        *answer_links(claims.values(), claims),
        *restatement_links(claims.values(), claims),
    ]
    find = set_finder(claims, ((link.source, link.target) for link in links))
    firsts: dict[str, str] = {}
    return {name: firsts.setdefault(find(name), name) for name in claims}
