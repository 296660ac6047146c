"""A party should not make one statement twice.

Nearly the same words count too, letter case and spacing aside. A claim from another source says so
with `restates`; claims about different times are two. Compared are a
party's statements that are near one another in alphabetical order, read forwards and backwards;
others that are alike may be missed.

Bad:

    claims:
      - {id: a, party: p, statement: The bridge was inspected in March and found safe.}
      - {id: b, party: p, statement: The bridge was inspected in March and found safe!}

Good:

    claims:
      - {id: a, party: p, statement: The bridge was inspected in March and found safe.}
      - {id: b, party: p, statement: The bridge needs repair.}
"""

from collections import defaultdict
from collections.abc import Iterator

from rapidfuzz import fuzz

from claimcli.dates import overlap
from claimcli.model import Claim, Dossier
from claimcli.problems import Problem, Severity
from claimcli.relations import root

SEVERITY = Severity.WARNING


LEAST_LIKENESS = 92.0
NEIGHBOURS = 3
"""How many neighbours in each order a statement is compared with."""


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield the later of two claims of one party with the same or nearly the same statement."""
    by_party: dict[str, list[Claim]] = defaultdict(list)
    for claim in dossier.by_id.values():
        for party in claim.parties:
            by_party[party].append(claim)
    seen: set[tuple[str, str]] = set()
    for party, claims in sorted(by_party.items()):
        for one, other in _alike(claims):
            first, second = sorted((one, other), key=lambda claim: (claim.where.span, claim.id))
            if (first.id, second.id) in seen or _linked(first, second, dossier):
                continue
            seen.add((first.id, second.id))
            yield Problem(
                "duplicate-statement",
                f"'{party}' says nearly the same in '{first.id}'",
                second.where.of("statement"),
                SEVERITY,
                help=f"if it is the same claim, add 'restates: {first.id}'",
                related=(first.where.of("statement"),),
            )


def _alike(claims: list[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Yield pairs that are alike, from neighbours in the order of first and of last words."""
    texts = {claim.id: " ".join(claim.statement.casefold().split()) for claim in claims}
    by_id = {claim.id: claim for claim in claims}
    for backwards in (False, True):
        keys = {name: text[::-1] if backwards else text for name, text in texts.items()}
        ordered = [by_id[name] for _, name in sorted((key, name) for name, key in keys.items())]
        for at, one in enumerate(ordered):
            for other in ordered[at + 1 : at + 1 + NEIGHBOURS]:
                if fuzz.ratio(texts[one.id], texts[other.id], score_cutoff=LEAST_LIKENESS):
                    yield one, other


def _linked(one: Claim, other: Claim, dossier: Dossier) -> bool:
    return (
        root(one, dossier.by_id).id == root(other, dossier.by_id).id
        or one.supersedes == other.id
        or other.supersedes == one.id
        or not overlap(one.about, other.about)
    )
