"""Similar claims on a terminal."""

from collections.abc import Iterator

from rich import box
from rich.console import RenderableType
from rich.style import Style
from rich.table import Table as Grid
from rich.text import Text

from claimcli.analysis.similar import MatchedText, Matches, SimilarClaim
from claimcli.cli.screen.console import Settings, clean, render, style_of
from claimcli.core.text.escaping import one_line


def draw(matches: Matches, how: Settings) -> str:
    """Draw the claims that are similar to each text; of texts of a file, below the text."""
    return render(_parts(matches), how)


def _parts(matches: Matches) -> Iterator[RenderableType]:
    for matched in matches.matches:
        if matched.claims:
            if matches.are_placed:
                yield _heading(matched)
            yield _claims(matched)


def _heading(matched: MatchedText) -> Text:
    place = Text(f"{one_line(matched.text.place)} " if matched.text.place else "", "dim")
    return Text.assemble("\n", place, clean(matched.text.text, "italic"))


def _claims(matched: MatchedText) -> Grid:
    drawn = Grid(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    drawn.add_column("score", no_wrap=True)
    drawn.add_column("id", overflow="fold", max_width=30)
    drawn.add_column("statement", ratio=1, overflow="fold")
    for claim in matched.claims:
        drawn.add_row(f"{claim.score:.2f}", _identity(claim), _statement(claim))
    return drawn


def _identity(claim: SimilarClaim) -> Text:
    """Return the id, the parties and the date of a claim, one below the other, and the status."""
    fields = claim.fields
    lines = (", ".join(fields["parties"]), claim.when or "")
    below = [clean(line, "dim") for line in lines if line]
    status = Text(fields["status"], style_of(fields["status"]))
    mark = [Text("internal")] if fields["internal"] else []
    return Text("\n").join((Text(claim.id, "bold"), *below, status, *mark))


def _statement(claim: SimilarClaim) -> Text:
    """Return the statement, in which the words that the text has are bold, and the notes."""
    text = Text()
    for part, is_shared in claim.parts():
        text.append(one_line(f"|{part}|")[1:-1], Style(bold=True) if is_shared else None)
    return Text("\n").join((text, *(clean(note, "yellow") for note in claim.notes)))
