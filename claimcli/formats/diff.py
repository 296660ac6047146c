"""Two accounts side by side, as data, as markdown, and as one page of HTML."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from claimcli.analysis.diff import Diff, DiffRow
from claimcli.analysis.list import claim_record
from claimcli.core.records import Claim, Dossier
from claimcli.core.relations import Relation
from claimcli.core.table import to_json, tsv
from claimcli.core.text.escaping import for_markdown, one_line, web_link
from claimcli.core.text.word_diff import Piece
from claimcli.formats.templates import template

SILENT = {
    Relation.ONLY_LEFT: "nothing on file on this",
    Relation.ONLY_RIGHT: "nothing on file on this",
}
NO_ANSWER = "no response on file to this"


def silence(row: DiffRow) -> str:
    """Return the words for the side of a row on which nothing stands."""
    if row.issue is None:
        return NO_ANSWER
    return SILENT.get(row.relation, NO_ANSWER)


def attribution(dossier: Dossier, claim: Claim) -> str:
    """Return who said it, when, and whose words it relays, on one line."""
    parts = [claim.speaker or " and ".join(label(dossier, party) for party in claim.parties)]
    if claim.said:
        parts.append(str(claim.said))
    if claim.reports:
        party = label(dossier, claim.reports.party) if claim.reports.party else ""
        parts.append(f"relaying {claim.reports.speaker or party}")
    if claim.about:
        parts.append(f"about {claim.about}")
    if claim.position:
        parts.append(f"position: {claim.position}")
    if claim.withdrawn:
        parts.append(f"withdrawn {claim.withdrawn}")
    return ", ".join(parts)


def label(dossier: Dossier, party: str) -> str:
    """Return a party's name, or its id where none is on file."""
    found = dossier.parties.get(party)
    return found.label if found else party


def as_data(accounts: Diff) -> dict[str, Any]:
    """Return ``{left, right, rows: [{issue, question, relation, kinds, left, right}]}``."""
    dossier = accounts.dossier

    def claims(found: Iterable[Claim], row: DiffRow) -> list[dict[str, Any]]:
        return [{**claim_record(dossier, claim), "words": _pieces(row, claim)} for claim in found]

    return {
        "left": accounts.left,
        "right": accounts.right,
        "rows": [
            {
                "issue": row.issue,
                "question": row.question,
                "relation": row.relation.value,
                "kinds": [kind.value for kind in row.kinds],
                "left": claims(row.left, row),
                "right": claims(row.right, row),
            }
            for row in accounts.rows
        ],
    }


def _pieces(row: DiffRow, claim: Claim) -> list[dict[str, Any]]:
    return [{"text": p.text, "differs": p.differs} for p in row.segments.get(claim.id, ())]


def pieces(row: DiffRow, claim: Claim) -> tuple[Piece, ...]:
    """Return the statement in pieces, one unmarked piece where nothing is marked."""
    return row.segments.get(claim.id) or (Piece(claim.statement, differs=False),)


def markdown(accounts: Diff) -> str:
    """Return a GitHub-flavoured markdown document with one table an issue."""
    dossier = accounts.dossier
    left, right = label(dossier, accounts.left), label(dossier, accounts.right)
    parts = [f"# {for_markdown(left)} and {for_markdown(right)}: their accounts\n"]
    for heading, rows in by_issue(accounts):
        question = f"\n{for_markdown(rows[0].question)}\n" if rows[0].question else ""
        body = "".join(_markdown_row(dossier, row) for row in rows)
        parts.append(
            f"\n## {for_markdown(heading)}\n{question}\n"
            f"| relation | {for_markdown(left)} | {for_markdown(right)} |\n"
            f"| --- | --- | --- |\n{body}"
        )
    return "".join(parts)


def by_issue(accounts: Diff) -> list[tuple[str, list[DiffRow]]]:
    """Return the rows under their issues, in order."""
    found: dict[str, list[DiffRow]] = {}
    for row in accounts.rows:
        found.setdefault(row.issue or "claims on no issue", []).append(row)
    return list(found.items())


def _markdown_row(dossier: Dossier, row: DiffRow) -> str:
    cells = [
        "<br><br>".join(markdown_claim(dossier, claim, pieces(row, claim)) for claim in claims)
        or f"*{silence(row)}*"
        for claims in (row.left, row.right)
    ]
    return f"| {for_markdown(row.label)} | {cells[0]} | {cells[1]} |\n"


def markdown_claim(dossier: Dossier, claim: Claim, words: Iterable[Piece]) -> str:
    """Return a claim in a table's cell: its statement in pieces, who said it, quotes, sources."""
    statement = " ".join(
        f"**{for_markdown(p.text)}**" if p.differs else for_markdown(p.text) for p in words
    )
    quotes = "".join(
        f'<br>"{for_markdown(citation.quote)}"' for citation in claim.citations if citation.quote
    )
    cited = "; ".join(_markdown_source(dossier, name) for name in _cited(claim))
    said = for_markdown(attribution(dossier, claim))
    source = f"<br>Source: {cited}" if cited else "<br>no source on file"
    return f"{statement}<br>`{claim.id}` ({said}){quotes}{source}"


def _cited(claim: Claim) -> list[str]:
    return list(dict.fromkeys(citation.source for citation in claim.citations))


def _markdown_source(dossier: Dossier, name: str) -> str:
    source = dossier.sources.get(name)
    title = for_markdown(source.title if source else name)
    link = web_link(source.url) if source else ""
    return f"[{title}](<{link}>)" if link else title


def html(accounts: Diff) -> str:
    """Return one HTML page that refers to nothing outside itself but the sources it links."""
    dossier = accounts.dossier
    page: str = template("diff.html.j2", autoescape=True).render(
        left=one_line(label(dossier, accounts.left)),
        right=one_line(label(dossier, accounts.right)),
        issues=[
            {
                "name": one_line(heading),
                "question": one_line(rows[0].question or ""),
                "rows": [_html_row(dossier, row) for row in rows],
            }
            for heading, rows in by_issue(accounts)
        ],
    )
    return page


def _html_row(dossier: Dossier, row: DiffRow) -> dict[str, Any]:
    return {
        "words": one_line(row.label),
        "relation": row.relation.value,
        "silence": silence(row),
        "sides": [
            [_html_claim(dossier, row, claim) for claim in claims]
            for claims in (row.left, row.right)
        ],
    }


def _html_claim(dossier: Dossier, row: DiffRow, claim: Claim) -> dict[str, Any]:
    sources = [dossier.sources.get(name) or name for name in _cited(claim)]
    return {
        "id": claim.id,
        "said": one_line(attribution(dossier, claim)),
        "pieces": [{"text": one_line(p.text), "differs": p.differs} for p in pieces(row, claim)],
        "quotes": [one_line(c.quote) for c in claim.citations if c.quote],
        "sources": [
            {"title": one_line(s), "link": ""}
            if isinstance(s, str)
            else {"title": one_line(s.title), "link": web_link(s.url)}
            for s in sources
        ],
    }


WRITERS: Mapping[str, Callable[[Diff], str]] = {
    "table": lambda accounts: tsv(accounts.table()),
    "json": lambda accounts: to_json(as_data(accounts)),
    "md": markdown,
    "html": html,
}
