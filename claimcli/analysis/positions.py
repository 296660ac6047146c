"""A party's position on an issue in words: its positions over time, or its newest claim."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import groupby
from unicodedata import category

from msgspec import Struct

from claimcli.core.dates import certainly_after, overlap
from claimcli.core.positions import position_key
from claimcli.core.records import Claim, Dossier
from claimcli.core.registry_order import in_order

SILENT = "silent"
OUTSIDE = "not in this selection"
MOST_CHANGES = 6
"""Maximum number of positions in a summary; of more the first and last three are shown."""
LONGEST = 60
"""Maximum number of characters shown of the newest claim of a party without a position."""

_PositionKey = tuple[str, bool, str]
"""The key of a position, whether it was withdrawn, and the time it is about."""


class Voice(StrEnum):
    """Whether a party states a position on an issue, or only speaks, itself or through members."""

    STATES = "states"
    SPEAKS = "speaks"
    THROUGH_MEMBERS = "through-members"
    SILENT = "silent"


class PositionSummary(Struct, frozen=True):
    """A party's position on an issue in words, or the beginning of its newest claim.

    ``claim`` is the id of that claim. ``marks`` is a note in parentheses on a party that speaks
    without stating a position.
    """

    text: str
    voice: Voice = Voice.STATES
    marks: str = ""
    claim: str | None = None


def ordered_parties(
    dossier: Dossier, speaking: Iterable[str], roots: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """Return the parties that speak and the registered ones, in their order.

    ``roots`` has the party under which others are listed, as :func:`grouping` returns it.
    """
    roots = roots or {}
    registered = (party.id for party in dossier.parties.values() if party.registered)
    return in_order({roots.get(p, p) for p in (*speaking, *registered)}, dossier.parties)


def summarize_position(
    claims: Sequence[Claim], covered: Container[str], superseded: Container[str]
) -> PositionSummary:
    """Summarize a party's positions over time from its claims on one issue in order.

    Positions outside ``covered``, the ids of a selection, are marked. Positions about times that
    cannot overlap say which time they are about. Without a position, the summary is the newest
    claim in a few words.
    """
    stated = [claim for claim in claims if claim.position]
    if not stated:
        newest, text, mark = newest_in_words(claims, covered, superseded)
        return PositionSummary(f"{text}{mark}", Voice.SPEAKS, mark, newest.id)
    if len(stated) == 1:  # most cells of a large matrix
        return PositionSummary(f"{stated[0].position}{_marks(stated, covered)}")
    with_times = _times_differ(stated)
    groups: dict[_PositionKey, list[Claim]] = defaultdict(list)
    for claim in stated:
        groups[_key(claim, with_times=with_times)].append(claim)
    marks = {key: _marks(group, covered) for key, group in groups.items()}
    parts: list[str] = []
    before: Claim | None = None
    for run in _runs(groups, with_times=with_times):
        separator = " → " if before and _changed(before, run[0]) else "; " if before else ""
        about = f" (about {run[0].about})" if with_times and run[0].about else ""
        parts.append(
            f"{separator}{run[0].position}{about}{marks[_key(run[0], with_times=with_times)]}"
        )
        before = run[-1]
    if len(parts) > MOST_CHANGES:
        left_out = len(parts) - MOST_CHANGES
        parts = [*parts[:3], f" … {left_out:,} more …", *parts[-3:]]
    return PositionSummary("".join(parts))


def _times_differ(claims: Iterable[Claim]) -> bool:
    """Return whether two of the claims are about times that cannot overlap."""
    times = [claim.about for claim in claims if claim.about]
    if not times:
        return False
    last = max(times, key=lambda date: date.earliest)
    return not overlap(last, min(times, key=lambda date: date.latest))


def _changed(before: Claim, after: Claim) -> bool:
    """Return whether the dates prove that a position about the same time came later."""
    if before.when is None or after.when is None or not overlap(before.about, after.about):
        return False
    return certainly_after(after.when, before.when)


def _key(claim: Claim, *, with_times: bool) -> _PositionKey:
    about = str(claim.about or "") if with_times else ""
    return position_key(claim.position), claim.withdrawn is not None, about


def _runs(groups: Mapping[_PositionKey, list[Claim]], *, with_times: bool) -> Iterator[list[Claim]]:
    """Yield consecutive claims with the same position, then undated claims with other positions."""
    dated = [claim for claims in groups.values() for claim in claims if claim.when]
    in_order = sorted(dated, key=lambda claim: claim.order)
    for _, run in groupby(in_order, key=lambda claim: _key(claim, with_times=with_times)):
        yield list(run)
    yield from (claims for claims in groups.values() if not any(claim.when for claim in claims))


def newest_claim(claims: Sequence[Claim], superseded: Container[str]) -> Claim:
    """Return the dated claim that was made last, or the last claim if none is dated.

    Withdrawn and superseded claims count only if all are withdrawn or superseded.
    """
    current = [c for c in claims if c.withdrawn is None and c.id not in superseded] or claims
    return next((claim for claim in reversed(current) if claim.when), current[-1])


def newest_in_words(
    claims: Sequence[Claim], covered: Container[str], superseded: Container[str]
) -> tuple[Claim, str, str]:
    """Return the newest claim, if possible of the selected ones, its beginning, and its marks."""
    newest = newest_claim([c for c in claims if c.id in covered] or claims, superseded)
    return newest, _excerpt(newest.statement), _marks([newest], covered)


def _excerpt(statement: str) -> str:
    """Return a statement on one line, cut at the end of a word if it is too long."""
    line = " ".join(statement.split())
    if len(line) <= LONGEST:
        return line
    end = line.rfind(" ", 0, LONGEST + 1)
    if end < 0:  # a text without spaces is cut where no character loses its marks
        end = LONGEST
        while end > 1 and (category(line[end])[0] == "M" or "\u200d" in line[end - 1 : end + 1]):
            end -= 1
    return f"{line[:end].rstrip()} …"


def _marks(claims: Sequence[Claim], covered: Container[str]) -> str:
    """Return a note in parentheses if claims were withdrawn or are not selected."""
    marks = [] if any(claim.id in covered for claim in claims) else [OUTSIDE]
    if all(claim.withdrawn for claim in claims):
        marks.insert(0, f"withdrawn {claims[-1].withdrawn}")
    return f" ({', '.join(marks)})" if marks else ""
