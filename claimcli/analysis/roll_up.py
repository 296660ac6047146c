"""The positions of parties on issues, party by party or with each party tree as one."""

from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from itertools import chain

from claimcli.analysis.positions import (
    OUTSIDE,
    SILENT,
    PositionSummary,
    Voice,
    newest_in_words,
    summarize_position,
)
from claimcli.core.party_names import parties_label
from claimcli.core.party_trees import (
    SpeakingMembers,
    is_outside,
    members_with_parents,
    speaking_members,
)
from claimcli.core.positions import position_key
from claimcli.core.problems import ClaimcliError
from claimcli.core.records import Claim, Dossier, party_label
from claimcli.core.relations import are_others
from claimcli.core.withheld import NOT_INCLUDED

MOST_CELLS = 2_000_000
"""Maximum number of issues times parties of a matrix."""

ClaimsByIssue = Mapping[str | None, Mapping[str, list[Claim]]]
"""The claims on each issue by party, or by the topmost party of a tree."""


def is_too_large(issues: int, parties: int) -> bool:
    """Return whether a matrix of so many issues and parties would have too many cells."""
    return issues * parties > MOST_CELLS


def refuse_too_many_cells(issues: int, parties: int) -> None:
    """Raise ClaimcliError if a matrix of so many issues and parties would be too large."""
    if is_too_large(issues, parties):
        raise ClaimcliError(
            f"{issues:,} issues of {parties:,} parties are more cells than the "
            f"{MOST_CELLS:,} that a matrix can have",
            "narrow it with --issue, --party or a query",
        )


def claims_by_issue(claims: Iterable[Claim], roots: Mapping[str, str]) -> ClaimsByIssue:
    """Return the claims by issue and party, or the party under which it is listed.

    Those of a party are in order.
    """
    issues: dict[str | None, dict[str, list[Claim]]] = {}
    for claim in claims:
        parties = issues.setdefault(claim.issue, {})
        for party in dict.fromkeys(roots.get(party, party) for party in claim.parties):
            parties.setdefault(party, []).append(claim)
    for cell in chain.from_iterable(parties.values() for parties in issues.values()):
        if len(cell) > 1:
            cell.sort(key=lambda claim: claim.order)
    return issues


def claims_by_member(
    party: str, claims: Iterable[Claim], roots: Mapping[str, str]
) -> dict[str, list[Claim]]:
    """Return the claims of a cell by the parties of the tree that make them."""
    members: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        for member in claim.parties:
            if roots.get(member, member) == party:
                members[member].append(claim)
    return members


def summarize_cell(
    dossier: Dossier,
    party: str,
    claims: Sequence[Claim],
    covered: Container[str],
    *,
    roots: Mapping[str, str],
) -> PositionSummary:
    """Summarize the claims of a party on one issue; in a tree, each position has the member's name.

    A tree of which only the topmost party speaks is summarized as that party.
    """
    members = claims_by_member(party, claims, roots) if roots else {}
    if set(members) <= {party}:
        return summarize_position(claims, covered, dossier.superseded)
    names: dict[str, list[str]] = defaultdict(list)
    texts: dict[str, str] = {}
    for member, own in members.items():
        summary = summarize_position(own, covered, dossier.superseded)
        if summary.voice is Voice.STATES:
            key = position_key(summary.text)
            texts.setdefault(key, summary.text)
            names[key].append(party_label(dossier, member))
    if texts:
        parts = (f"{text} ({', '.join(names[key])})" for key, text in texts.items())
        return PositionSummary(", ".join(parts))
    newest, text, marks = newest_in_words(claims, covered, dossier.superseded)
    speakers = parties_label(dossier, newest)
    return PositionSummary(f"{text} ({speakers}){marks}", Voice.SPEAKS, marks, newest.id)


_WITHHELD = PositionSummary(NOT_INCLUDED, Voice.SPEAKS, f" ({NOT_INCLUDED})")
_SILENCE = PositionSummary(SILENT, Voice.SILENT)
"""The one summary of all silent parties: most cells of a large matrix are silent."""


def summarize_silence(
    dossier: Dossier, members: SpeakingMembers | None, marks: str = ""
) -> PositionSummary:
    """Summarize a party without claims: it speaks through members, or is silent."""
    if not members:
        return _SILENCE
    names = ", ".join(party_label(dossier, party) for party in members.first)
    others = f" and {members.more:,} more" if members.more else ""
    return PositionSummary(f"speaks through {names}{others}{marks}", Voice.THROUGH_MEMBERS, marks)


def withheld_cells(
    dossier: Dossier, pairs: Iterable[tuple[str, str]], roots: Mapping[str, str]
) -> Mapping[str | None, set[str]]:
    """Return for each issue the parties, or parties with members, whose claims were left out.

    ``pairs`` are those of :func:`members_with_parents`, without ``roots``.
    """
    issues: dict[str, set[str | None]] = defaultdict(set)
    for issue, party in dossier.withheld.voices:
        issues[roots.get(party, party)].add(issue)
    for member, parent in pairs if issues else ():
        if member in issues:
            issues[parent] |= issues[member]
    parties: dict[str | None, set[str]] = defaultdict(set)
    for party, own in issues.items():
        for issue in own:
            parties[issue].add(party)
    return parties


def rebuts(dossier: Dossier, claim: Claim, roots: Mapping[str, str]) -> bool:
    """Return whether a claim opposes one by others, or one that is not on file."""
    return any(
        answer.kind.opposes
        and (
            answer.claim not in dossier.by_id
            or is_rebuttal(claim.parties, dossier.by_id[answer.claim].parties, roots)
        )
        for answer in claim.responds_to
    )


def rebuttal_count(dossier: Dossier, claim: Claim, roots: Mapping[str, str]) -> int:
    """Return the number of opposing answers by others to a claim."""
    return sum(
        kind.opposes and is_rebuttal(dossier.by_id[answer].parties, claim.parties, roots)
        for answer, kind in dossier.answers.get(claim.id, ())
    )


def is_rebuttal(parties: Sequence[str], target: Sequence[str], roots: Mapping[str, str]) -> bool:
    """Return whether an opposing answer is a rebuttal: by others, by tree from outside."""
    return is_outside(parties, target, roots) if roots else are_others(parties, target)


def claims_with_members(dossier: Dossier, counts: Mapping[tuple[str, ...], int]) -> Counter[str]:
    """Return the number of claims of each party and its members; a joint statement counts once.

    ``counts`` are the numbers of claims by their parties.
    """
    groups: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    totals: Counter[str] = Counter()
    for parties, number in counts.items():
        for party in set(parties):
            groups[party].add(parties)
            totals[party] += number
    result: Counter[str] = Counter()
    for member, parent in members_with_parents(dossier):
        result[member] = totals.pop(member, 0)
        # the larger set is never copied, so that deep trees take little time
        (small, _), (large, total) = sorted(
            ((groups.pop(member, set()), result[member]), (groups[parent], totals[parent])),
            key=lambda group: len(group[0]),
        )
        totals[parent] = total + sum(counts[parties] for parties in small if parties not in large)
        large |= small
        groups[parent] = large
    return result + totals


def positions_by_issue(
    dossier: Dossier,
    issues: Iterable[str],
    parties: Sequence[str],
    covered: Collection[str],
    *,
    roots: Mapping[str, str],
) -> tuple[tuple[str, tuple[PositionSummary, ...]], ...]:
    """Return for each issue the position of each party, in the order of the parties.

    Claims outside ``covered``, the ids of a selection, count too: a party that was not selected
    is not silent. Raises ClaimcliError if there would be too many positions.
    """
    listed = tuple(dict.fromkeys(issues))
    refuse_too_many_cells(len(listed), len(parties))
    said = selected = claims_by_issue(dossier.by_id.values(), roots)
    if len(covered) < len(dossier.by_id):
        selected = claims_by_issue((dossier.by_id[name] for name in covered), roots)
    pairs = [] if roots else members_with_parents(dossier)
    withheld = withheld_cells(dossier, pairs, roots)
    result: dict[str, tuple[PositionSummary, ...]] = {}
    columns = {party: number for number, party in enumerate(parties)}
    for issue in listed:
        own, left_out = said.get(issue, {}), withheld.get(issue, set())
        through, every = (
            speaking_members(pairs, columns.keys() & claims.get(issue, {}).keys())
            for claims in (selected, said)
        )
        row = [_SILENCE] * len(parties)  # most cells of a large dossier
        for party in columns.keys() & (own.keys() | every.keys() | left_out):
            row[columns[party]] = (
                summarize_cell(dossier, party, own[party], covered, roots=roots)
                if party in own
                else summarize_silence(dossier, through.get(party))
                if party in through
                else _WITHHELD
                if party in left_out
                else summarize_silence(dossier, every[party], f" ({OUTSIDE})")
            )
        result[issue] = tuple(row)
    return tuple(result.items())
