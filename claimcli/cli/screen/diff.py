"""Two accounts side by side on a terminal."""

from collections.abc import Iterable, Sequence

from rich.console import RenderableType
from rich.rule import Rule
from rich.table import Table as Grid
from rich.text import Text

from claimcli.analysis.diff import Diff, DiffRow
from claimcli.cli.screen.console import Settings, clean, linked, render, style_of
from claimcli.core.records import Citation, Claim, Dossier, party_label
from claimcli.core.text.escaping import one_line
from claimcli.core.text.word_diff import Segment
from claimcli.formats.claim_text import attribution
from claimcli.formats.diff import empty_side_note, rows_by_issue, statement_segments

STACKED = 64
"""Columns below which the two sides are one below the other."""
WIDEST = 170
"""Columns beyond which lines would be too long to read."""


def draw(diff: Diff, how: Settings) -> str:
    """Draw the accounts issue by issue, the strongest relation first."""
    dossier = diff.dossier
    if not diff.rows:
        return "no rows match\n"
    how = Settings(min(how.width, WIDEST), how.color)
    names = party_label(dossier, diff.left), party_label(dossier, diff.right)
    parts: list[RenderableType] = []
    for heading, rows in rows_by_issue(diff):
        parts += [*([Text("")] if parts else []), *_heading(heading, rows)]
        for number, row in enumerate(rows):
            previous = rows[number - 1].label if number else rows[0].label
            if number:
                parts.append(Rule(characters="╌", style="dim"))
            if number and row.label != previous:
                parts.append(_relation(row))
            parts.append(
                _row(diff, row, names if number == 0 or how.width < STACKED else None, how)
            )
    return render(parts, how)


def _heading(heading: str, rows: list[DiffRow]) -> list[RenderableType]:
    parts: list[RenderableType] = [Rule(clean(heading, "bold"), align="left", style="dim")]
    if rows[0].question:
        parts.append(clean(rows[0].question))
    return [*parts, _relation(rows[0])]


def _relation(row: DiffRow) -> Text:
    return clean(row.label, style_of(row.relation))


def _row(diff: Diff, row: DiffRow, names: tuple[str, str] | None, how: Settings) -> RenderableType:
    sides = [
        Text("\n\n").join(
            claim_text(diff.dossier, claim, statement_segments(row, claim), account, how)
            for claim in claims
        )
        if claims
        else Text(empty_side_note(diff.dossier, row, account), "italic dim")
        for account, claims in diff.sides(row)
    ]
    return side_by_side(sides, names, how)


def side_by_side(
    sides: Sequence[Text], names: tuple[str, str] | None, how: Settings
) -> RenderableType:
    """Return two texts side by side under their names, on a narrow terminal one below the other."""
    drawn = Grid.grid(padding=(0, 2, 0, 0), expand=True)
    if how.width < STACKED:
        drawn.add_column(overflow="fold")
        for name, side in zip(names or ("", ""), sides, strict=True):
            drawn.add_row(clean(name, "underline"))
            drawn.add_row(side)
        return drawn
    drawn.add_column(ratio=1, overflow="fold")
    drawn.add_column(ratio=1, overflow="fold")
    if names:
        drawn.add_row(*(clean(name, "underline") for name in names))
    drawn.add_row(*sides)
    return drawn


def claim_text(
    dossier: Dossier, claim: Claim, words: Iterable[Segment], account: str, how: Settings
) -> Text:
    """Return a claim: its id, who said it when, its statement in segments, and its citations."""
    text = Text.assemble(
        Text(claim.id, "bold"), "\n", clean(attribution(dossier, claim, account), "dim"), "\n"
    )
    text.append_text(_statement(words))
    for citation in _quoted_first(claim.citations):
        text.append("\n")
        text.append_text(_citation(dossier, citation, how))
    if not claim.citations:
        text.append("\nno source on file", "italic dim")
    return text


def _statement(words: Iterable[Segment]) -> Text:
    parts = (clean(segment.text, "bold underline" if segment.differs else "") for segment in words)
    return Text(" ").join(parts)


def _quoted_first(citations: Iterable[Citation]) -> list[Citation]:
    """Return the citations, without unquoted ones of sources that are also quoted."""
    listed = list(citations)
    quoted = {citation.source for citation in listed if citation.quote}
    return [c for c in listed if c.quote or c.source not in quoted]


def _citation(dossier: Dossier, citation: Citation, how: Settings) -> Text:
    source = dossier.sources.get(citation.source)
    name = linked(citation.source, source.url if source else None, how)
    name.stylize("dim")
    if not citation.quote:
        return Text.assemble(("source: ", "dim"), name)
    return Text.assemble(f'"{one_line(citation.quote)}" ', ("(", "dim"), name, (")", "dim"))
