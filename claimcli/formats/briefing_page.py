"""The values that only the pages of a briefing have, not its markdown or users' templates."""

from collections.abc import Iterable, Mapping
from typing import Any

from claimcli.analysis.briefing import Briefing
from claimcli.analysis.positions import PositionSummary, Voice
from claimcli.core.records import party_label
from claimcli.core.text.escaping import one_line
from claimcli.formats.drawing.paints import paints, party_css
from claimcli.formats.positions_table import Row, Square, positions_table


def page_values(briefing: Briefing, speaking: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return the classes of the parties' paints, their rules, and the table of positions.

    ``speaking`` are the ids and names of the parties in the legend.
    """
    dossier = briefing.dossier
    of_party = paints(dossier)
    kinds = {party: paint.kind for party, paint in of_party.items()}
    claims = [entry.claim for entry in briefing.timeline]
    answers = (name for claim in claims for name, _ in dossier.answers.get(claim.id, ()))
    shown = {c.id: c.parties for c in (*claims, *(dossier.by_id[name] for name in answers))}
    used = {*briefing.parties, *(party for parties in shown.values() for party in parties)}
    return {
        "looks": {name: [kinds[party] for party in parties] for name, parties in shown.items()},
        "legend": [{"name": name, "look": kinds[party]} for party, name in speaking],
        "table": _positions_table(briefing, kinds),
        "party_css": party_css(of_party[party] for party in used),
    }


def _positions_table(briefing: Briefing, kinds: Mapping[str, str]) -> dict[str, Any]:
    numbers = {entry.claim.id: entry.footnotes for entry in briefing.timeline}
    squares = {s: _square(s, numbers) for _, row in briefing.positions for s in row}
    questions = {section.issue: section.question or "" for section in briefing.sections}
    rows = (
        Row(issue, questions.get(issue, ""), tuple(squares[s] for s in row))
        for issue, row in briefing.positions
    )
    names = [party_label(briefing.dossier, party) for party in briefing.parties]
    return positions_table(names, [kinds[party] for party in briefing.parties], rows)


_SQUARES = {Voice.STATES: "position", Voice.SPEAKS: "words", Voice.SILENT: "silent"}


def _square(summary: PositionSummary, footnotes: Mapping[str, tuple[int, ...]]) -> Square:
    name, kind = summary.claim or "", _SQUARES.get(summary.voice, "note")
    return Square(one_line(summary.text), kind, claim=name, footnotes=footnotes.get(name, ()))
