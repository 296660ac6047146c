"""The formats of a comparison of two accounts."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from claimcli.analysis.diff import Diff, DiffRow
from claimcli.core.party_trees import members
from claimcli.core.records import Claim, Dossier, party_label
from claimcli.core.relations import Relation, withheld_answers
from claimcli.core.table import to_json, tsv
from claimcli.core.text.escaping import for_markdown, one_line, web_link
from claimcli.core.text.word_diff import Segment
from claimcli.core.withheld import NOT_INCLUDED
from claimcli.formats.claim_text import attribution, claim_data, markdown_claim
from claimcli.formats.drawing.paints import paints, party_css
from claimcli.formats.templates import render


def empty_side_note(dossier: Dossier, row: DiffRow, account: str) -> str:
    """Return the note for the side of a row on which a party, ``account``, has no claims."""
    return _withheld_note(dossier, row, account) or _silence_note(dossier, row)


def _withheld_note(dossier: Dossier, row: DiffRow, account: str) -> str:
    """Return that claims of a party are on file and left out, or ""."""
    withheld = dossier.withheld
    if not withheld.voices:
        return ""
    own = members(dossier, account)
    answers = (withheld.answers.get(claim.id, ()) for claim in (*row.left, *row.right))
    parties = dict.fromkeys(party for some in answers for party in some if party in own)
    if parties:
        return withheld_answers(dossier, parties)
    on_issue = row.issue and any((row.issue, party) in withheld.voices for party in own)
    return NOT_INCLUDED if on_issue else ""


def _silence_note(dossier: Dossier, row: DiffRow) -> str:
    if row.relation in (Relation.ONLY_LEFT, Relation.ONLY_RIGHT) and row.issue:
        return "nothing on file on this"
    if any(claim.id in dossier.answered for claim in (*row.left, *row.right)):
        return "no response by this party to these words on file"
    return "no response on file to this"


def data(diff: Diff) -> dict[str, Any]:
    """Return ``{left, right, rows: [{issue, question, relation, kinds, left, right}]}``."""

    def claims(side: Iterable[Claim], row: DiffRow) -> list[dict[str, Any]]:
        return [claim_data(diff.dossier, c, row.segments.get(c.id, ())) for c in side]

    return {
        "left": diff.left,
        "right": diff.right,
        "rows": [
            {
                "issue": row.issue,
                "question": row.question,
                "relation": row.relation.value,
                "kinds": [kind.value for kind in row.kinds],
                "left": claims(row.left, row),
                "right": claims(row.right, row),
            }
            for row in diff.rows
        ],
    }


def statement_segments(row: DiffRow, claim: Claim) -> tuple[Segment, ...]:
    """Return the segments of a statement, one unmarked segment if no words differ."""
    return row.segments.get(claim.id) or (Segment(claim.statement, differs=False),)


def markdown(diff: Diff) -> str:
    """Return a GitHub-flavoured markdown document with one table for each issue."""
    dossier = diff.dossier
    left, right = party_label(dossier, diff.left), party_label(dossier, diff.right)
    parts = [f"# {for_markdown(left)} and {for_markdown(right)}: their accounts\n"]
    for heading, rows in rows_by_issue(diff):
        question = f"\n{for_markdown(rows[0].question)}\n" if rows[0].question else ""
        body = "".join(_markdown_row(diff, row) for row in rows)
        parts.append(
            f"\n## {for_markdown(heading)}\n{question}\n"
            f"| relation | {for_markdown(left)} | {for_markdown(right)} |\n"
            f"| --- | --- | --- |\n{body}"
        )
    note = dossier.withheld.note
    return "".join((*parts, f"\n{note}.\n" if note else ""))


def rows_by_issue(diff: Diff) -> list[tuple[str, list[DiffRow]]]:
    """Return the rows under their issues, in order."""
    groups: dict[str, list[DiffRow]] = {}
    for row in diff.rows:
        groups.setdefault(row.issue or "claims on no issue", []).append(row)
    return list(groups.items())


def _markdown_row(diff: Diff, row: DiffRow) -> str:
    dossier = diff.dossier
    cells = [
        "<br><br>".join(
            markdown_claim(dossier, claim, statement_segments(row, claim), account)
            for claim in claims
        )
        or f"*{empty_side_note(diff.dossier, row, account)}*"
        for account, claims in diff.sides(row)
    ]
    return f"| {for_markdown(row.label)} | {cells[0]} | {cells[1]} |\n"


def html(diff: Diff) -> str:
    """Return one HTML page without external resources except links to sources."""
    dossier = diff.dossier
    every = paints(dossier)
    parties = diff.left, diff.right
    context = {
        "names": [one_line(party_label(dossier, party)) for party in parties],
        "looks": [every[party].kind for party in parties],
        "withheld": dossier.withheld.note,
        "party_css": party_css(every[party] for party in parties),
        "issues": [
            {
                "name": one_line(heading),
                "question": one_line(rows[0].question or ""),
                "rows": [_html_row(diff, row) for row in rows],
            }
            for heading, rows in rows_by_issue(diff)
        ],
    }
    return render("diff.html.j2", context, autoescape=True)


def _html_row(diff: Diff, row: DiffRow) -> dict[str, Any]:
    return {
        "words": one_line(row.label),
        "silence": "".join(
            empty_side_note(diff.dossier, row, account)
            for account, claims in diff.sides(row)
            if not claims
        ),
        "sides": [
            [_html_claim(diff.dossier, row, claim, account) for claim in claims]
            for account, claims in diff.sides(row)
        ],
    }


def _html_claim(dossier: Dossier, row: DiffRow, claim: Claim, account: str) -> dict[str, Any]:
    sources = [dossier.sources.get(name) or name for name in claim.source_ids]
    return {
        "id": claim.id,
        "said": one_line(attribution(dossier, claim, account)),
        "pieces": [
            {"text": one_line(p.text), "differs": p.differs} for p in statement_segments(row, claim)
        ],
        "quotes": [one_line(c.quote) for c in claim.citations if c.quote],
        "sources": [
            {"title": one_line(s), "link": ""}
            if isinstance(s, str)
            else {"title": one_line(s.title), "link": web_link(s.url)}
            for s in sources
        ],
    }


WRITERS: Mapping[str, Callable[[Diff], str]] = {
    "table": lambda diff: tsv(diff.table()),
    "json": lambda diff: to_json(data(diff)),
    "md": markdown,
    "html": html,
}
