"""How accounts changed, on a terminal: the earlier and the later claim side by side."""

from rich.console import RenderableType
from rich.rule import Rule
from rich.text import Text

from claimcli.analysis.drift import Drift, DriftChange
from claimcli.cli.screen.base import Settings, clean, render
from claimcli.cli.screen.diff import WIDEST, beside, claim_text
from claimcli.core.records import Dossier
from claimcli.formats.diff import label
from claimcli.formats.drift import NO_CHANGE, by_party, names


def draw(found: Drift, how: Settings) -> str:
    """Return the steps, party by party."""
    dossier = found.dossier
    if not found.changes:
        return f"{NO_CHANGE}\n"
    how = Settings(min(how.width, WIDEST), how.color)
    parts: list[RenderableType] = []
    for party, steps in by_party(found):
        parts += [Text("")] if parts else []
        parts.append(Rule(clean(label(dossier, party), "bold"), align="left", style="dim"))
        for number, step in enumerate(steps):
            parts += [Rule(characters="╌", style="dim")] if number else []
            parts += _step(dossier, step, how)
    return render(parts, how)


def _step(dossier: Dossier, step: DriftChange, how: Settings) -> list[RenderableType]:
    heading = f"{step.issue}: {step.label}" if step.issue else step.label
    earlier = claim_text(dossier, step.earlier, step.segments[0], how)
    if step.later is None:
        return [clean(heading, "bold"), earlier]
    later = claim_text(dossier, step.later, step.segments[1], how)
    return [clean(heading, "bold"), beside((earlier, later), names(step), how)]
