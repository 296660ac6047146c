"""The formats of an audit."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec.structs import asdict

from claimcli.analysis.audit import Audit, AuditGap
from claimcli.core.table import Table, to_json, tsv
from claimcli.core.table import markdown as markdown_table
from claimcli.core.text.escaping import for_markdown


def data(audit: Audit) -> dict[str, Any]:
    """Return ``{lacks: {lack: [point]}, parties: [{party, name, claims, …}]}``.

    Each selected lack has a list, which may be empty, of
    ``{id, parties, issue, file, line, detail}``. A share is ``{part, whole}``.
    """
    return {
        "lacks": {lack.value: [_gap(gap) for gap in audit.of(lack)] for lack in audit.lacks},
        "parties": [
            {
                "party": total.party,
                "name": total.name,
                "claims": total.claims,
                "with_members": total.with_members,
                "rebuttals_made": total.rebuttals_made,
                "rebuttals_received": total.rebuttals_received,
                "primary": asdict(total.primary),
                "verified": asdict(total.verified),
                "words": total.words,
            }
            for total in audit.totals
        ],
    }


def _gap(gap: AuditGap) -> dict[str, Any]:
    return {
        "id": gap.id,
        "parties": list(gap.parties),
        "issue": gap.issue,
        "file": gap.span.path,
        "line": gap.span.line,
        "detail": gap.detail,
    }


_TITLES = {
    "with_members": "with members",
    "rebuttals_made": "rebuttals made",
    "rebuttals_received": "received",
    "primary": "claims with primary sources",
    "verified": "quotes verified",
}


def party_table(audit: Audit) -> Table:
    """Return the table of the parties with their names and readable column titles."""
    table = audit.parties()
    columns = tuple(_TITLES.get(name, name) for name in table.columns)
    rows = zip(audit.totals, table.rows, strict=True)
    with_names = tuple((total.name, *row[1:]) for total, row in rows)
    return Table(table.title, columns, with_names, sparse=False)


def sections(audit: Audit) -> Iterator[tuple[str, tuple[AuditGap, ...]]]:
    """Yield the gaps of each kind with a heading that has their number."""
    for lack in audit.lacks:
        gaps = audit.of(lack)
        yield f"{lack.label}: {len(gaps) or 'none'}", gaps


def markdown(audit: Audit) -> str:
    """Return a GitHub-flavoured markdown document: a summary, the parties, the gaps by kind."""
    listed = [(f"{heading[:1].upper()}{heading[1:]}", gaps) for heading, gaps in sections(audit)]
    summary = "".join(f"- {heading}\n" for heading, _ in listed)
    parts = [f"# Before it is sent on\n\n{summary}\n", markdown_table(party_table(audit))]
    parts += [f"\n## {heading}\n\n{''.join(map(_line, gaps))}" for heading, gaps in listed if gaps]
    return "".join(parts)


def _line(gap: AuditGap) -> str:
    details = [for_markdown(", ".join(gap.parties))]
    details += [for_markdown(gap.detail)] if gap.detail else []
    location = f"{for_markdown(gap.span.path)}:{gap.span.line}"
    return f"- `{gap.id}` ({'; '.join(details)}), {location}\n"


WRITERS: Mapping[str, Callable[[Audit], str]] = {
    "table": lambda audit: tsv(audit.table()),
    "tsv": lambda audit: tsv(audit.table()),
    "json": lambda audit: to_json(data(audit)),
    "md": markdown,
}
