"""Which rival positions a picture shows as lines between claims.

If many claims hold many positions on an issue, nearly every claim has a rival position to every
other one. A picture has room for few of these pairs, and names the others in the claims' boxes.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from claimcli.core.opposition import Opposer
from claimcli.core.records import Claim, Dossier, opposition_of

MOST_LINES, MOST_FURTHER = 100, 24
"""Maximum numbers of lines on one issue: while claims are without one, and else."""

Pair = tuple[str, str]


class RivalLines(Struct, frozen=True):
    """The pairs of claims to link, each once: the opposing claim, and the claim that it opposes.

    ``unlinked`` are the other rivals of each claim, which neither a line nor an answer shows.
    """

    pairs: tuple[Pair, ...]
    unlinked: Mapping[str, tuple[Opposer, ...]]


def rivals_of(dossier: Dossier, claim: Claim) -> tuple[Opposer, ...]:
    """Return the claims with another position that the claim does not oppose by an answer."""
    rivals = opposition_of(dossier, claim.id).rivals
    if not rivals:
        return ()
    answered = {answer.claim for answer in claim.responds_to if answer.kind.opposes}
    return tuple(one for one in rivals if one.id not in answered)


def rival_lines(dossier: Dossier, claims: Sequence[Claim], answers: Iterable[Pair]) -> RivalLines:
    """Return the lines between the claims in a picture; none where an answer links a pair already.

    Each claim gets its first line before any gets its second one, so that few remain without.
    """
    by_issue: dict[str, list[str]] = defaultdict(list)
    for claim in claims:
        by_issue[claim.issue or ""].append(claim.id)
    taken = {frozenset(pair) for pair in answers}
    pairs = tuple(
        pair for names in by_issue.values() for pair in _on_one_issue(dossier, names, taken)
    )
    linked: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        linked[one].add(other)
        linked[other].add(one)
    unlinked = {
        claim.id: tuple(o for o in rivals_of(dossier, claim) if o.id not in linked[claim.id])
        for claim in claims
    }
    return RivalLines(pairs, unlinked)


def _on_one_issue(
    dossier: Dossier, names: Iterable[str], taken: set[frozenset[str]]
) -> Iterator[Pair]:
    """Yield the pairs among the claims on one issue, and add them to those that are taken."""
    rivals = {name: [one.id for one in opposition_of(dossier, name).rivals] for name in names}
    lines: Counter[str] = Counter()
    count, before, each = 0, -1, 1
    while count > before:
        before = count
        for name, others in rivals.items():
            if count >= (MOST_LINES if each == 1 else MOST_FURTHER):
                break
            free = (one for one in others if one in rivals and frozenset((name, one)) not in taken)
            if lines[name] < each and (rival := min(free, key=lines.__getitem__, default="")):
                yield rival, name
                taken.add(frozenset((name, rival)))
                lines.update((name, rival))
                count += 1
        each += 1
