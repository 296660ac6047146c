"""Find pairs of claims with similar statements, within and across dossiers.

The pairs are those of 'claimcli match --all' on one dossier with the claims of all. Parties and
issues with the same id are taken for the same in all dossiers.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

import msgspec
import pyarrow as pa
from msgspec import Struct

from claimcli.analysis.duplicates import Duplicate, duplicate
from claimcli.analysis.near_duplicates import (
    MOST_OF_WORDING,
    pairs_of_wording,
    pairs_of_wordings,
    parse_jaccard,
    word_pairs,
    wording_key,
)
from claimcli.batches.dossier_rows import table_of_rows
from claimcli.batches.engine import Engine, JobOptions, Rows
from claimcli.batches.wordings import pack_pairs, similar_wordings
from claimcli.core.dates import Date, parse_date
from claimcli.core.party_trees import tree_roots, trees_of
from claimcli.core.positions import pairs_of_keys
from claimcli.core.stances import Compatible, Stance, compatible_positions, date_bounds
from claimcli.dossier.index.compared_claims import ComparedClaim

COLUMNS = {
    "claims": (
        "dossier", "id", "parties", "statement", "when", "issue", "position", "position_key",
        "about", "withdrawn", "superseded_by", "withheld",
    ),
    "parties": ("id", "part_of"),
    "issues": ("id", "compatible"),
}  # fmt: skip
TABLES = tuple(COLUMNS)
_KEY, _TEXT, _BYTES = pa.field("key", pa.binary()), pa.string(), pa.binary()
_WORDED = pa.schema([_KEY, ("pairs", _BYTES), ("claim", _BYTES)])
"""A claim: the key of its wording, its word pairs, and its fields as MessagePack."""
_WORDINGS = pa.schema([_KEY, ("pairs", _BYTES), ("claims", _BYTES)])
"""The claims of a wording that are paired with those of similar ones, as MessagePack."""
_HALVES = pa.schema([_KEY, ("others", _BYTES), ("similarity", pa.float64())])
_SIDES = ("dossier", "id", "parties", "when", "statement", "issue", "position", "internal")
_TYPES = {"parties": pa.list_(_TEXT), "internal": pa.bool_()}
SCHEMA = pa.schema(
    [
        ("similarity", pa.float64()),
        *(
            (f"{side}_{name}", _TYPES.get(name, _TEXT))
            for side in ("first", "second")
            for name in _SIDES
        ),
        ("differs", _TEXT),
        ("opposing_positions", pa.bool_()),
        ("contradiction_candidate", pa.bool_()),
    ]
)
"""The columns of the result: a row for each pair."""


class CorpusClaim(Struct, frozen=True, array_like=True, order=True):
    """A claim as the table of claims has it; the order is by dossier and id."""

    dossier: str
    id: str
    parties: tuple[str, ...]
    statement: str
    when: str | None
    issue: str | None
    position: str | None
    position_key: str | None
    about: str | None
    holds: bool
    internal: bool


_encode = msgspec.msgpack.Encoder().encode
_decode_claim = msgspec.msgpack.Decoder(CorpusClaim).decode
_decode_claims = msgspec.msgpack.Decoder(tuple[CorpusClaim, ...]).decode


class Context(Struct, frozen=True):
    """The topmost party above each party, and the compatible positions of each issue."""

    roots: Mapping[str, str]
    compatible: Mapping[str, Compatible]


def run(engine: Engine, options: JobOptions) -> Mapping[str, Rows]:
    """Return the pairs of similar claims as the table ``duplicates``."""
    jaccard = parse_jaccard(options.jaccard)
    context = _context(engine)
    claims = engine.table("claims", COLUMNS["claims"])
    worded = engine.keep(engine.map(claims, worded_claims, _WORDED))
    same = engine.group(worded, ["key"], partial(pairs_in_wordings, context=context), SCHEMA)
    wordings = engine.keep(engine.group(worded, ["key"], claims_of_wordings, _WORDINGS))
    similar = similar_wordings(engine, wordings, jaccard)
    halves = engine.pair(similar, wordings, ["key"], with_first_claims, _HALVES)
    join = partial(with_second_claims, context=context)
    return {
        "duplicates": engine.union([same, engine.pair(halves, wordings, ["key"], join, SCHEMA)])
    }


def _context(engine: Engine) -> Context:
    """Return what is known of parties and issues; of different parents, the first one counts."""
    parties = engine.collect(engine.table("parties", COLUMNS["parties"])).to_pylist()
    issues = engine.collect(engine.table("issues", COLUMNS["issues"])).to_pylist()
    parents = sorted({(one["id"], one["part_of"]) for one in parties if one["part_of"]})
    pairs: dict[str, set[frozenset[str]]] = {}
    for issue in issues:
        if issue["compatible"]:
            pairs.setdefault(issue["id"], set()).update(pairs_of_keys(issue["compatible"]))
    compatible = {issue: compatible_positions(listed) for issue, listed in pairs.items()}
    return Context(tree_roots(dict(reversed(parents))), compatible)


def worded_claims(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield the claims whose statements have words, with their word pairs."""
    for batch in batches:
        keys: list[bytes] = []
        wordings: list[bytes] = []
        claims: list[bytes] = []
        for row in batch.to_pylist():
            if pairs := word_pairs(row["statement"] or ""):
                keys.append(wording_key(pairs))
                wordings.append(pack_pairs(pairs))
                claims.append(_encode(_corpus_claim(row)))
        yield pa.record_batch([keys, wordings, claims], schema=_WORDED)


def _corpus_claim(row: Mapping[str, Any]) -> CorpusClaim:
    current = row["withdrawn"] is None and row["superseded_by"] is None
    return CorpusClaim(
        row["dossier"] or "",
        row["id"] or "",
        tuple(dict.fromkeys(row["parties"] or ())),
        row["statement"],
        row["when"],
        row["issue"],
        row["position"],
        row["position_key"],
        row["about"],
        holds=current and row["position_key"] is not None,
        internal=bool(row["withheld"]),
    )


def pairs_in_wordings(worded: pa.Table, context: Context) -> pa.Table:
    """Return the pairs of claims with the same wording."""
    pairs = [
        _duplicate(1.0, one, other, context)
        for _, claims in _claims_by_key(worded)
        for one, other in pairs_of_wording(claims)
    ]
    return _table(pairs)


def claims_of_wordings(worded: pa.Table) -> pa.Table:
    """Return each wording, with the first of its claims."""
    pairs = dict(zip(*(worded[name].to_pylist() for name in ("key", "pairs")), strict=True))
    rows = [
        (key, pairs[key], _encode(claims[:MOST_OF_WORDING]))
        for key, claims in _claims_by_key(worded)
    ]
    return pa.table([list(column) for column in zip(*rows, strict=True)], schema=_WORDINGS)


def _claims_by_key(worded: pa.Table) -> Iterator[tuple[bytes, list[CorpusClaim]]]:
    """Yield the claims of each wording in order."""
    claims: dict[bytes, list[CorpusClaim]] = {}
    for key, claim in zip(*(worded[name].to_pylist() for name in ("key", "claim")), strict=True):
        claims.setdefault(key, []).append(_decode_claim(claim))
    return ((key, sorted(listed)) for key, listed in claims.items())


def with_first_claims(similar: pa.Table, wordings: pa.Table) -> pa.Table:
    """Return similar wordings by the key of the second, with the claims of the first."""
    claims = _claims_of_keys(wordings)
    rows = [(row["other"], claims[row["key"]], row["similarity"]) for row in similar.to_pylist()]
    return table_of_rows(rows, _HALVES)


def with_second_claims(halves: pa.Table, wordings: pa.Table, context: Context) -> pa.Table:
    """Return the pairs of claims with similar wordings."""
    claims = _claims_of_keys(wordings)
    pairs = [
        _duplicate(row["similarity"], min(pair), max(pair), context)
        for row in halves.to_pylist()
        for pair in pairs_of_wordings(
            _decode_claims(row["others"]), _decode_claims(claims[row["key"]])
        )
    ]
    return _table(pairs)


def _claims_of_keys(wordings: pa.Table) -> dict[bytes, bytes]:
    return dict(zip(*(wordings[name].to_pylist() for name in ("key", "claims")), strict=True))


def _duplicate(
    similarity: float, one: CorpusClaim, other: CorpusClaim, context: Context
) -> Duplicate:
    first, second = (_compared_claim(claim, context.roots) for claim in (one, other))
    return duplicate(similarity, first, second, compatible=context.compatible)


def _compared_claim(claim: CorpusClaim, roots: Mapping[str, str]) -> ComparedClaim:
    trees = trees_of(claim.parties, roots)
    bounds = date_bounds(_date(claim.about))
    return ComparedClaim(
        claim.id,
        claim.parties,
        claim.statement,
        Stance(trees, claim.position_key or "", *bounds, claim.holds),
        claim.when,
        claim.issue,
        claim.position,
        claim.dossier,
        claim.internal,
    )


def _date(text: str | None) -> Date | None:
    """Return a date, None for a text that is no date, since other tools can write any."""
    try:
        return parse_date(text) if text else None
    except ValueError:
        return None


def _table(pairs: Iterable[Duplicate]) -> pa.Table:
    """Return the rows of the result."""
    rows = [
        (
            pair.similarity,
            *(getattr(claim, name) for claim in (pair.first, pair.second) for name in _SIDES),
            pair.differs,
            pair.opposing,
            pair.candidate,
        )
        for pair in pairs
    ]
    return table_of_rows(rows, SCHEMA)
