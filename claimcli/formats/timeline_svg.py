"""A timeline as a picture: a lane a party, a column a date, and a line from answer to claim."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from claimcli.analysis.timeline import SAME_DAY, Timeline, TimelineEntry, time_between
from claimcli.core.dates import Date
from claimcli.core.problems import ClaimcliError
from claimcli.core.records import Claim, Dossier, party_label
from claimcli.core.schema import Kind
from claimcli.core.text.escaping import for_xml
from claimcli.core.text.word_diff import counted
from claimcli.formats.drawing.grid import Cell, Grid, GridEdge, lay_out_grid
from claimcli.formats.drawing.svg import (
    StyleRule,
    document,
    element,
    paint_style,
    paints,
    rectangle,
    text,
)
from claimcli.formats.drawing.text_metrics import fit, wrap
from claimcli.formats.edge_styles import RULES, draw_edge, edge_legend
from claimcli.formats.timeline_notes import NO_DATE, rebuttal_note, withdrawal_note

MOST = 1_000
"""Claims that one picture holds."""
COLUMNS = 8
"""Dates beside one another; further ones stand below."""
STACK = 4
"""Claims of one party under one another."""
BOX, NAMES = 176.0, 116.0
"""Widths of a claim's box and of the parties' names at the left."""
HEADING = 62.0
"""Height of the part that holds the title."""
PAD = 8.0
SMALL = 10.5


class _Line(Struct, frozen=True):
    """A line of text in a box: its class, how far below the one above it stands, and its whole."""

    words: str
    kind: str
    height: float
    whole: str


class _Column(Struct, frozen=True):
    """The claims of one date, and in words how long after the one before it is."""

    heading: str
    after: str
    entries: tuple[TimelineEntry, ...]


class _Plan(Struct, frozen=True):
    """What is to be placed: in each row a party's lane, or where it is None the dates.

    ``boxes`` are the claims with their lines, in the order of ``cells``; ``headings`` say in what
    row and column each date stands.
    """

    rows: tuple[str | None, ...]
    cells: tuple[Cell, ...]
    boxes: tuple[tuple[TimelineEntry, tuple[_Line, ...]], ...]
    headings: tuple[tuple[int, int, _Column], ...]
    links: tuple[tuple[GridEdge, Kind], ...]


def svg(found: Timeline, *, name: str = "timeline") -> str:
    """Return the picture; ``name`` is its id in a page that has several.

    Raises ClaimcliError where there are more claims than one picture holds.
    """
    dossier = found.dossier
    if len(found.entries) > MOST:
        raise ClaimcliError(
            f"{len(found.entries):,} claims are more than the {MOST:,} that one picture holds",
            "narrow it with --issue, --party, --since or a query",
        )
    plan = _plan(dossier, found)
    least = {row: 70.0 for row, party in enumerate(plan.rows) if party}
    for row, _, column in plan.headings:
        least[row] = max(least.get(row, 0.0), 22.0 + 14 * len(_heading(column)))
    links = [link for link, _ in plan.links]
    grid = lay_out_grid(plan.cells, links, width=BOX, least=least, left=NAMES, top=HEADING)
    kinds = [kind for _, kind in plan.links]
    width = max(grid.size[0], 480.0)
    samples, height = edge_legend(kinds, (PAD, grid.size[1] + PAD), width - 2 * PAD)
    paint = paints(dict.fromkeys(party for party in plan.rows if party))
    classes = {party: f"party-{number}" for number, party in enumerate(paint)}
    looks = [paint_style(f".{classes[party]}", one) for party, one in paint.items()]
    body = [
        text("Who said what, and when", (PAD, 26), "title"),
        text(_summary(found), (PAD, 46), "soft"),
        *_lanes(dossier, plan, grid, width),
        *_dates(plan, grid),
        *(draw_edge(way, kind) for way, kind in zip(grid.routes, kinds, strict=True)),
        *(_box(plan, grid, number, classes) for number in range(len(plan.boxes))),
        *samples,
    ]
    return document(
        (width, grid.size[1] + height + 2 * PAD),
        body,
        name=name,
        title="Who said what, and when",
        description=_described(dossier, found),
        rules=(*_RULES, *RULES, *looks),
    )


def _summary(found: Timeline) -> str:
    without = f"; {len(found.undated):,} without a date" if found.undated else ""
    return f"{counted(len(found.entries), 'claim')}{without}"


def _described(dossier: Dossier, found: Timeline) -> str:
    """Return what the picture shows in words, for those who cannot see it."""
    told = [f"{_summary(found)}. Each lane is a party, each column a date."]
    for entry in found.entries[:50]:
        answers = "".join(f", {kind.label}: {name}" for name, kind in entry.answers)
        when = entry.claim.said or NO_DATE
        told.append(
            f"{when}: {party_label(dossier, entry.claim.party)}, {entry.claim.id}{answers}."
        )
    more = len(found.entries) - 50
    told += [f"And {counted(more, 'claim')} more."] if more > 0 else []
    return " ".join(told)


def _plan(dossier: Dossier, found: Timeline) -> _Plan:
    rows: list[str | None] = []
    boxes: list[tuple[TimelineEntry, tuple[_Line, ...]]] = []
    cells: list[Cell] = []
    headings: list[tuple[int, int, _Column]] = []
    every = list(_columns(found))
    for start in range(0, len(every), COLUMNS):
        columns = every[start : start + COLUMNS]
        top = len(rows)
        speaking = sorted({e.claim.party for column in columns for e in column.entries})
        lane = {party: top + number for number, party in enumerate(speaking, 1)}
        rows += [None, *speaking]
        for number, column in enumerate(columns):
            headings.append((top, number, column))
            for entry in column.entries:
                lines = tuple(_lines(dossier, entry))
                height = sum(line.height for line in lines) + 1.5 * PAD
                cells.append(Cell(lane[entry.claim.party], number, height))
                boxes.append((entry, lines))
    numbers = {entry.claim.id: number for number, (entry, _) in enumerate(boxes)}
    links = [
        (GridEdge(number, numbers[target]), kind)
        for number, (entry, _) in enumerate(boxes)
        for target, kind in entry.answers
        if numbers.get(target, number) != number
    ]
    return _Plan(tuple(rows), tuple(cells), tuple(boxes), tuple(headings), tuple(links))


def _columns(found: Timeline) -> Iterator[_Column]:
    """Yield the dates; one on which a party says much, and claims without a date, have several."""
    before: Date | None = None
    for said, entries in groupby(found.dated, key=lambda entry: entry.claim.said):
        gap = time_between(before, said) if before and said else None
        after = f"{gap.label} later" if gap and gap.label != SAME_DAY else ""
        yield from _spread(str(said), after, tuple(entries))
        before = said
    yield from _spread(NO_DATE, "", found.undated)


def _spread(heading: str, after: str, entries: Sequence[TimelineEntry]) -> Iterator[_Column]:
    """Yield columns in which no party has more than so many claims, the first with the words."""
    parts: dict[int, list[TimelineEntry]] = defaultdict(list)
    said: Counter[str] = Counter()
    for entry in entries:
        parts[said[entry.claim.party] // STACK].append(entry)
        said[entry.claim.party] += 1
    for number, part in parts.items():
        yield _Column(heading, after if number == 0 else "continued", tuple(part))


def _lines(dossier: Dossier, entry: TimelineEntry) -> Iterator[_Line]:
    """Yield a box's lines: the id, who spoke, the statement, what it answers."""
    claim = entry.claim
    yield from _wrapped(claim.id, "id", most=3)
    yield from _wrapped(_spoken(dossier, claim), "small soft", most=3)
    yield from _wrapped(claim.statement, "plain", most=5)
    yield from _wrapped(withdrawal_note(entry), "small", most=1)
    for target, kind in entry.answers:
        yield from _wrapped(f"{kind.label}: {target}", "small", most=3)
    yield from _wrapped(rebuttal_note(dossier, entry), "small soft", most=5)


def _wrapped(words: str, kind: str, *, most: int) -> Iterator[_Line]:
    """Yield the lines of a text in a box."""
    size, height = (SMALL, 13.0) if "small" in kind else (12.0, 14.0)
    for line in wrap(words, BOX - 2 * PAD, size, most=most, bold=kind == "id"):
        yield _Line(line, kind, height, words)


def _spoken(dossier: Dossier, claim: Claim) -> str:
    """Return who speaks, with whom: the lane names the first party only."""
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
        names = (
            text(line, (PAD, top + 24 + 15 * number), "bold", NAMES - 2 * PAD, whole=whole)
            for number, line in enumerate(wrap(whole, NAMES - PAD, 12, most=4, bold=True))
        )
        yield element("g", {"class": "name"}, element("title", {}, for_xml(whole)), *names)


def _dates(plan: _Plan, grid: Grid) -> Iterator[str]:
    for row, column, found in plan.headings:
        x, y = grid.columns[column], grid.rows[row][0]
        lines = _heading(found)
        for line, words in enumerate(lines):
            yield text(words, (x, y + 18 + 14 * line), "bold")
        yield text(fit(found.after, BOX, SMALL), (x, y + 18 + 14 * len(lines)), "small soft")


def _heading(column: _Column) -> tuple[str, ...]:
    return wrap(column.heading, BOX, 12, most=2, bold=True)


def _box(plan: _Plan, grid: Grid, number: int, classes: dict[str, str]) -> str:
    entry, lines = plan.boxes[number]
    (x, y), height = grid.boxes[number], grid.heights[number]
    parts = [
        element("title", {}, for_xml(entry.claim.statement)),
        rectangle((x, y), (BOX, height), f"box {classes[entry.claim.party]}", 4),
    ]
    base = y + PAD / 2
    for line in lines:
        base += line.height
        place = (x + PAD, base)
        parts.append(text(line.words, place, line.kind, BOX - 2 * PAD, whole=line.whole))
    return element("g", {"class": "claim"}, *parts)


_RULES = (
    StyleRule("text.title", "font-weight:bold;font-size:17px"),
    StyleRule("text.id", "font-weight:bold"),
    StyleRule("text.small", "font-size:10.5px"),
    StyleRule(".lane", "fill:#00000008", "fill:#ffffff08"),
    StyleRule(".lane.even", "fill:#00000000", "fill:#ffffff00"),
    StyleRule(".box", "stroke-width:1.6"),
)
