"""A timeline as a picture: a lane for each party, a column for each date, lines for answers
and rival positions."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from claimcli.analysis.rival_lines import rival_lines
from claimcli.analysis.timeline import SAME_DAY, Timeline, TimelineEntry, time_between
from claimcli.core.dates import Date
from claimcli.core.opposition import BY_POSITION, Opposer
from claimcli.core.party_names import parties_label
from claimcli.core.problems import ClaimcliError
from claimcli.core.records import Claim, Dossier, party_label
from claimcli.core.registry_order import in_order
from claimcli.core.text.escaping import for_xml
from claimcli.core.text.word_diff import plural
from claimcli.formats.claim_text import rival_notes
from claimcli.formats.drawing.grid import Cell, Grid, GridEdge, lay_out_grid
from claimcli.formats.drawing.paints import Paint, paints
from claimcli.formats.drawing.svg import (
    Link,
    StyleRule,
    document,
    element,
    linked,
    no_link,
    paint_style,
    rectangle,
    text,
)
from claimcli.formats.drawing.text_metrics import fit, wrap
from claimcli.formats.edge_styles import RULES, draw_edge, edge_legend
from claimcli.formats.timeline_notes import NO_DATE, marks_note, rebuttal_note

MOST = 1_000
"""Maximum number of claims in one picture."""
COLUMNS = 8
"""Number of dates in a row; further dates are below."""
STACK = 4
"""Maximum number of claims of one party in a column."""
BOX, NAMES = 176.0, 116.0
"""Widths of a claim's box and of the column of party names."""
HEADING = 62.0
"""Height of the title area."""
PAD = 8.0
SMALL = 10.5


class _BoxLine(Struct, frozen=True):
    """A line of text in a box: its CSS class, its height, and the whole text."""

    content: str
    kind: str
    height: float
    whole: str


class _Column(Struct, frozen=True):
    """The claims of one date, and the time since the date before in words."""

    heading: str
    after: str
    entries: tuple[TimelineEntry, ...]


class _Plan(Struct, frozen=True):
    """The parts of the picture: ``rows`` are the lanes of parties, None for a row of dates.

    ``boxes`` are the claims with their lines, in the order of ``cells``; ``headings`` are the row
    and the column of each date.
    """

    rows: tuple[str | None, ...]
    cells: tuple[Cell, ...]
    boxes: tuple[tuple[TimelineEntry, tuple[_BoxLine, ...]], ...]
    headings: tuple[tuple[int, int, _Column], ...]
    links: tuple[tuple[GridEdge, str], ...]


def svg(timeline: Timeline, *, name: str = "timeline", link: Link = no_link) -> str:
    """Return the picture as SVG with an id. Raises ClaimcliError if it has too many claims.

    With ``link``, boxes are links, and the page must have the :func:`rules`.
    """
    dossier = timeline.dossier
    _refuse_too_many(timeline)
    plan = _plan(dossier, timeline)
    least = {row: 70.0 for row, party in enumerate(plan.rows) if party}
    for row, _, column in plan.headings:
        least[row] = max(least.get(row, 0.0), 22.0 + 14 * len(_heading(column)))
    links = [link for link, _ in plan.links]
    grid = lay_out_grid(plan.cells, links, width=BOX, least=least, left=NAMES, top=HEADING)
    kinds = [kind for _, kind in plan.links]
    width = max(grid.size[0], 480.0)
    samples, height = edge_legend(kinds, (PAD, grid.size[1] + PAD), width - 2 * PAD)
    every = paints(dossier)
    speaking = {party: every[party] for party in plan.rows if party}
    body = [
        text("Who said what, and when", (PAD, 26), "title"),
        text(_summary(timeline), (PAD, 46), "soft"),
        *_lanes(dossier, plan, grid, width),
        *_dates(plan, grid),
        *(draw_edge(way, kind) for way, kind in zip(grid.routes, kinds, strict=True)),
        *(
            linked(_box(plan, grid, number, speaking), link(entry.claim.id))
            for number, (entry, _) in enumerate(plan.boxes)
        ),
        *samples,
    ]
    return document(
        (width, grid.size[1] + height + 2 * PAD),
        body,
        name=name,
        title="Who said what, and when",
        description=_description(dossier, timeline),
        rules=rules(speaking.values()),
        interactive=link is not no_link,
    )


def _refuse_too_many(timeline: Timeline) -> None:
    if len(timeline.entries) > MOST:
        raise ClaimcliError(
            f"{len(timeline.entries):,} claims are more than the {MOST:,} of one picture",
            "narrow it with --issue, --party, --since or a query",
        )


def rules(paints: Iterable[Paint]) -> tuple[StyleRule, ...]:
    """Return the style rules of a timeline with these paints."""
    return (*_RULES, *RULES, *map(paint_style, dict.fromkeys(paints)))


def _summary(timeline: Timeline) -> str:
    without = f"; {len(timeline.undated):,} without a date" if timeline.undated else ""
    return f"{plural(len(timeline.entries), 'claim')}{without}"


def _description(dossier: Dossier, timeline: Timeline) -> str:
    """Return the picture in words, for readers who cannot see it."""
    sentences = [f"{_summary(timeline)}. Each lane is a party, each column a date."]
    for entry in timeline.entries[:50]:
        answers = "".join(f", {kind.label}: {name}" for name, kind in entry.answers)
        answers += "".join(f", {note}" for note in rival_notes(dossier, entry.claim, entry.rivals))
        when = entry.claim.when or NO_DATE
        who = parties_label(dossier, entry.claim)
        sentences.append(f"{when}: {who}, {entry.claim.id}{answers}.")
    more = len(timeline.entries) - 50
    sentences += [f"And {plural(more, 'claim')} more."] if more > 0 else []
    return " ".join(sentences)


def _plan(dossier: Dossier, timeline: Timeline) -> _Plan:
    rows: list[str | None] = []
    boxes: list[tuple[TimelineEntry, tuple[_BoxLine, ...]]] = []
    cells: list[Cell] = []
    headings: list[tuple[int, int, _Column]] = []
    every = list(_columns(timeline))
    claims = [entry.claim for entry in timeline.entries]
    answered = ((claim.id, answer.claim) for claim in claims for answer in claim.responds_to)
    rivals = rival_lines(dossier, claims, answered)
    for start in range(0, len(every), COLUMNS):
        columns = every[start : start + COLUMNS]
        top = len(rows)
        lanes = (e.claim.party for column in columns for e in column.entries)
        speaking = in_order(lanes, dossier.parties)
        lane = {party: top + number for number, party in enumerate(speaking, 1)}
        rows += [None, *speaking]
        for number, column in enumerate(columns):
            headings.append((top, number, column))
            for entry in column.entries:
                lines = tuple(_lines(dossier, entry, rivals.unlinked[entry.claim.id]))
                height = sum(line.height for line in lines) + 1.5 * PAD
                cells.append(Cell(lane[entry.claim.party], number, height))
                boxes.append((entry, lines))
    numbers = {entry.claim.id: number for number, (entry, _) in enumerate(boxes)}
    links: list[tuple[GridEdge, str]] = [
        (GridEdge(number, numbers[target]), kind)
        for number, (entry, _) in enumerate(boxes)
        for target, kind in entry.answers
        if numbers.get(target, number) != number
    ]
    links += ((GridEdge(numbers[o], numbers[t]), BY_POSITION) for o, t in rivals.pairs)
    return _Plan(tuple(rows), tuple(cells), tuple(boxes), tuple(headings), tuple(links))


def _columns(timeline: Timeline) -> Iterator[_Column]:
    """Yield the columns; dates with many claims of a party and undated claims have several."""
    before: Date | None = None
    for heading, group in groupby(timeline.dated, key=lambda entry: str(entry.claim.when)):
        entries = tuple(group)
        when = entries[0].claim.when
        gap = time_between(before, when) if before and when else None
        after = f"{gap.label} later" if gap and gap.label != SAME_DAY else ""
        yield from _spread(heading, after, entries)
        before = when
    yield from _spread(NO_DATE, "", timeline.undated)


def _spread(heading: str, after: str, entries: Sequence[TimelineEntry]) -> Iterator[_Column]:
    """Yield columns with at most STACK claims of a party; only the first has the time note."""
    parts: dict[int, list[TimelineEntry]] = defaultdict(list)
    said: Counter[str] = Counter()
    for entry in entries:
        parts[said[entry.claim.party] // STACK].append(entry)
        said[entry.claim.party] += 1
    for number, part in parts.items():
        yield _Column(heading, after if number == 0 else "continued", tuple(part))


def _lines(dossier: Dossier, entry: TimelineEntry, rivals: Sequence[Opposer]) -> Iterator[_BoxLine]:
    """Yield the lines of a box: id, speaker, statement, position and notes on other claims."""
    claim = entry.claim
    yield from _wrapped_lines(claim.id, "id", most=3)
    yield from _wrapped_lines(_speaker_label(dossier, claim), "small soft", most=3)
    yield from _wrapped_lines(claim.statement, "plain", most=5)
    if claim.position:
        yield from _wrapped_lines(f"position: {claim.position}", "small soft", most=2)
    yield from _wrapped_lines(marks_note(dossier, entry), "small", most=2)
    for target, kind in entry.answers:
        yield from _wrapped_lines(f"{kind.label}: {target}", "small", most=3)
    yield from _wrapped_lines(rebuttal_note(dossier, entry), "small soft", most=5)
    for note in rival_notes(dossier, claim, rivals):
        yield from _wrapped_lines(note, "small soft", most=4)


def _wrapped_lines(content: str, kind: str, *, most: int) -> Iterator[_BoxLine]:
    size, height = (SMALL, 13.0) if "small" in kind else (12.0, 14.0)
    for line in wrap(content, BOX - 2 * PAD, size, most=most, bold=kind == "id"):
        yield _BoxLine(line, kind, height, content)


def _speaker_label(dossier: Dossier, claim: Claim) -> str:
    """Return the speaker and the joint parties, as the lane only names the first party."""
    jointly = [party_label(dossier, party) for party in claim.parties[1:]]
    with_others = f"with {', '.join(jointly)}" if jointly else ""
    speaker = claim.speaker or party_label(dossier, claim.party)
    return ", ".join(part for part in (speaker, with_others) if part)


def _lanes(dossier: Dossier, plan: _Plan, grid: Grid, width: float) -> Iterator[str]:
    for number, (party, (top, bottom)) in enumerate(zip(plan.rows, grid.rows, strict=True)):
        if party is None:
            continue
        kind = "lane even" if number % 2 else "lane"
        yield rectangle((0, top), (width, bottom - top), kind)
        whole = party_label(dossier, party)
        most = max(4, int((bottom - top - 24) // 15) + 1)
        names = (
            text(line, (PAD, top + 24 + 15 * number), "bold", NAMES - 2 * PAD, whole=whole)
            for number, line in enumerate(wrap(whole, NAMES - PAD, 12, most=most, bold=True))
        )
        yield element("g", {"class": "name"}, element("title", {}, for_xml(whole)), *names)


def _dates(plan: _Plan, grid: Grid) -> Iterator[str]:
    for row, column, heading in plan.headings:
        x, y = grid.columns[column], grid.rows[row][0]
        lines = _heading(heading)
        for line, words in enumerate(lines):
            yield text(words, (x, y + 18 + 14 * line), "bold")
        yield text(fit(heading.after, BOX, SMALL), (x, y + 18 + 14 * len(lines)), "small soft")


def _heading(column: _Column) -> tuple[str, ...]:
    return wrap(column.heading, BOX, 12, most=2, bold=True)


def _box(plan: _Plan, grid: Grid, number: int, speaking: dict[str, Paint]) -> str:
    entry, lines = plan.boxes[number]
    (x, y), height = grid.boxes[number], grid.heights[number]
    parts = [
        element("title", {}, for_xml(entry.claim.statement)),
        rectangle((x, y), (BOX, height), f"box {speaking[entry.claim.party].kind}", 4),
    ]
    base = y + PAD / 2
    for line in lines:
        base += line.height
        place = (x + PAD, base)
        parts.append(text(line.content, place, line.kind, BOX - 2 * PAD, whole=line.whole))
    return element("g", {"class": "claim"}, *parts)


_RULES = (
    StyleRule("text.title", "font-weight:bold;font-size:17px"),
    StyleRule("text.id", "font-weight:bold"),
    StyleRule("text.small", "font-size:10.5px"),
    StyleRule(".lane", "fill:#00000008", "fill:#ffffff08"),
    StyleRule(".lane.even", "fill:#00000000", "fill:#ffffff00"),
    StyleRule(".box", "stroke-width:1.6"),
)
