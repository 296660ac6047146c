"""What an editor must know, as data and as markdown."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from claimcli.analysis.audit import Audit, AuditGap, Lack, Share
from claimcli.core.table import Table, to_json, tsv
from claimcli.core.table import markdown as markdown_table
from claimcli.core.text.escaping import for_markdown


def data(found: Audit) -> dict[str, Any]:
    """Return ``{lacks: {lack: [point]}, parties: [{party, name, claims, …}]}``.

    Each lack has its list, an empty one too; a point has ``id, parties, issue, file, line,
    detail``. A share is ``{part, whole}``.
    """
    return {
        "lacks": {lack.value: [_point(point) for point in found.of(lack)] for lack in Lack},
        "parties": [
            {
                "party": tally.party,
                "name": tally.name,
                "claims": tally.claims,
                "rebuttals_made": tally.rebuttals_made,
                "rebuttals_received": tally.rebuttals_received,
                "primary": _share(tally.primary),
                "verified": _share(tally.verified),
                "words": tally.words,
            }
            for tally in found.totals
        ],
    }


def _point(point: AuditGap) -> dict[str, Any]:
    return {
        "id": point.id,
        "parties": list(point.parties),
        "issue": point.issue,
        "file": point.span.path,
        "line": point.span.line,
        "detail": point.detail,
    }


def _share(share: Share) -> dict[str, int]:
    return {"part": share.part, "whole": share.whole}


def party_table(found: Audit) -> Table:
    """Return the table of the parties as readers meet it, with names and columns in words."""
    plain = found.parties()
    columns = (
        "party", "claims", "rebuttals made", "received", "claims with primary sources",
        "quotes verified", "words",
    )  # fmt: skip
    rows = zip(found.totals, plain.rows, strict=True)
    named = tuple((tally.name, *row[1:]) for tally, row in rows)
    return Table(plain.title, columns, named, sparse=False)


def sections(found: Audit) -> Iterator[tuple[str, tuple[AuditGap, ...]]]:
    """Yield each list with its heading, which says how many stand in it."""
    for lack in Lack:
        points = found.of(lack)
        yield f"{lack.label}: {len(points) or 'none'}", points


def markdown(found: Audit) -> str:
    """Return a GitHub-flavoured markdown document: the parties, then list by list."""
    parts = ["# Before it is sent on\n\n", markdown_table(party_table(found))]
    for heading, points in sections(found):
        parts.append(f"\n## {heading[:1].upper()}{heading[1:]}\n")
        if points:
            parts.append("\n" + "".join(_line(point) for point in points))
    return "".join(parts)


def _line(point: AuditGap) -> str:
    told = [for_markdown(", ".join(point.parties))]
    told += [for_markdown(point.detail)] if point.detail else []
    place = f"{for_markdown(point.span.path)}:{point.span.line}"
    return f"- `{point.id}` ({'; '.join(told)}), {place}\n"


WRITERS: Mapping[str, Callable[[Audit], str]] = {
    "table": lambda found: tsv(found.table()),
    "tsv": lambda found: tsv(found.table()),
    "json": lambda found: to_json(data(found)),
    "md": markdown,
}
