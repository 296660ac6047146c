"""How accounts changed, on a terminal: the earlier and the later claim side by side."""

from rich.console import RenderableType
from rich.rule import Rule
from rich.text import Text

from claimcli.analysis.drift import Drift, DriftChange
from claimcli.cli.screen.console import Settings, clean, render
from claimcli.cli.screen.diff import WIDEST, claim_text, side_by_side
from claimcli.core.records import Dossier, party_label
from claimcli.formats.drift import NO_CHANGE, changes_by_party, claim_titles


def draw(drift: Drift, how: Settings) -> str:
    """Draw the changes of accounts, party by party."""
    dossier = drift.dossier
    if not drift.changes:
        return f"{NO_CHANGE}\n"
    how = Settings(min(how.width, WIDEST), how.color)
    parts: list[RenderableType] = []
    for party, changes in changes_by_party(drift):
        parts += [Text("")] if parts else []
        parts.append(Rule(clean(party_label(dossier, party), "bold"), align="left", style="dim"))
        for number, change in enumerate(changes):
            parts += [Rule(characters="╌", style="dim")] if number else []
            parts += _change(dossier, change, how)
    return render(parts, how)


def _change(dossier: Dossier, change: DriftChange, how: Settings) -> list[RenderableType]:
    heading = f"{change.issue}: {change.label}" if change.issue else change.label
    earlier = claim_text(dossier, change.earlier, change.segments[0], change.party, how)
    if change.later is None:
        return [clean(heading, "bold"), earlier]
    later = claim_text(dossier, change.later, change.segments[1], change.party, how)
    return [clean(heading, "bold"), side_by_side((earlier, later), claim_titles(change), how)]
