"""The formats of an audit."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from msgspec.structs import asdict

from claimcli.analysis.audit import COLUMNS, Audit
from claimcli.analysis.lacks import AuditGap
from claimcli.core.table import StreamedRows, Table, json_list, tsv_lines
from claimcli.core.table import markdown as markdown_table
from claimcli.core.text.escaping import for_markdown


def data(audit: Audit) -> dict[str, Any]:
    """Return ``{lacks: {lack: [point]}, parties: [{party, name, claims, …}]}``.

    Each selected lack has a list, which may be empty, of
    ``{id, parties, issue, file, line, detail}``. A share is ``{part, whole}``.
    """
    lacks = {lack.value: list(map(_gap, audit.of(lack))) for lack in audit.lacks}
    return {"lacks": lacks, "parties": _parties(audit)}


def json_parts(audit: Audit) -> Iterator[str]:
    """Yield the parts of :func:`data` as indented JSON."""
    yield '{\n  "lacks": {'
    separator = "\n"
    for lack in audit.lacks:
        yield f'{separator}    "{lack.value}": '
        yield from json_list(map(_gap, audit.of(lack)), depth=2)
        separator = ",\n"
    yield '\n  },\n  "parties": '
    yield from json_list(_parties(audit), depth=1)
    yield "\n}\n"


def _parties(audit: Audit) -> list[dict[str, Any]]:
    return [
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
    ]


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


def sections(audit: Audit) -> Iterator[tuple[str, Collection[AuditGap]]]:
    """Yield the gaps of each kind with a heading that has their number."""
    for lack in audit.lacks:
        gaps = audit.of(lack)
        yield f"{lack.label}: {len(gaps) or 'none'}", gaps


def markdown(audit: Audit) -> str:
    """Return a GitHub-flavoured markdown document: a summary, the parties, the gaps by kind."""
    return "".join(markdown_parts(audit))


def markdown_parts(audit: Audit) -> Iterator[str]:
    """Yield the parts of :func:`markdown`."""
    listed = [(f"{heading[:1].upper()}{heading[1:]}", gaps) for heading, gaps in sections(audit)]
    summary = "".join(f"- {heading}\n" for heading, _ in listed)
    yield f"# Before it is sent on\n\n{summary}\n"
    yield markdown_table(party_table(audit))
    for heading, gaps in listed:
        if gaps:
            yield f"\n## {heading}\n\n"
            yield from map(_line, gaps)


def _line(gap: AuditGap) -> str:
    details = [for_markdown(", ".join(gap.parties))]
    details += [for_markdown(gap.detail)] if gap.detail else []
    location = f"{for_markdown(gap.span.path)}:{gap.span.line}"
    return f"- `{gap.id}` ({'; '.join(details)}), {location}\n"


def _tsv(audit: Audit) -> Iterator[str]:
    return tsv_lines(StreamedRows("gaps", COLUMNS, audit.rows()))


WRITERS: Mapping[str, Callable[[Audit], Iterable[str]]] = {
    "table": _tsv,
    "tsv": _tsv,
    "json": json_parts,
    "md": markdown_parts,
}
