"""The pairs of parties whose accounts meet: on a question, or because one answers the other."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import combinations, product

from msgspec import Struct

from claimcli.core.records import Claim, Dossier
from claimcli.core.relations import answer_links, restatement_links


class AccountPair(Struct, frozen=True):
    """Two parties in registry order, and where their accounts meet.

    ``questions`` is the number of issues on which both speak, ``answers`` that of the answers of
    one to claims of the other, of which ``opposing`` oppose.
    """

    left: str
    right: str
    questions: int
    answers: int
    opposing: int


def account_pairs(dossier: Dossier) -> tuple[AccountPair, ...]:
    """Return the pairs whose comparison has a row with both; the most opposing answers first.

    A selected claim takes part in each answer that is counted, and in each pair by its issue.
    The account of a party includes those of its members, so that no pair has one in the other.
    """
    places = {name: number for number, name in enumerate(dossier.parties)}
    accounts, claims = _accounts(dossier), dossier.by_id
    selected = {claim.id for claim in dossier.claims}
    questions: Counter[tuple[str, str]] = Counter()
    for everybody, chosen in _speaking(dossier, accounts, selected):
        pairs = (pair for pair in combinations(everybody, 2) if not chosen.isdisjoint(pair))
        questions.update(_in_order(pairs, places, accounts))
    answers: Counter[tuple[str, str]] = Counter()
    opposing: Counter[tuple[str, str]] = Counter()
    linked: set[tuple[str, str]] = set()
    links = (*answer_links(claims.values(), claims), *restatement_links(claims.values(), claims))
    for link in links:
        if selected.isdisjoint((link.source, link.target)):
            continue
        one, other = (_accounts_of(claims[n], accounts) for n in (link.source, link.target))
        met = set(_in_order(product(one, other), places, accounts))
        linked |= met
        if link.kind:
            answers.update(met)
        if link.kind and link.kind.opposes:
            opposing.update(met)
    found = (AccountPair(*p, questions[p], answers[p], opposing[p]) for p in {*questions, *linked})
    return tuple(
        sorted(
            found,
            key=lambda p: (
                -p.opposing, -p.answers, -p.questions, places[p.left], places[p.right],
            ),
        )
    )  # fmt: skip


def _speaking(
    dossier: Dossier, accounts: Mapping[str, frozenset[str]], selected: Container[str]
) -> Iterator[tuple[set[str], set[str]]]:
    """Yield for each issue the accounts that speak on it, and those with a selected claim on it."""
    every: dict[str, set[str]] = defaultdict(set)
    chosen: dict[str, set[str]] = defaultdict(set)
    for claim in dossier.by_id.values():
        if claim.issue:
            own = _accounts_of(claim, accounts)
            every[claim.issue] |= own
            if claim.id in selected:
                chosen[claim.issue] |= own
    return ((every[issue], parties) for issue, parties in chosen.items())


def _accounts(dossier: Dossier) -> dict[str, frozenset[str]]:
    """Return each party with all parties above it."""
    accounts: dict[str, frozenset[str]] = {}
    for name in dossier.parties:
        above: dict[str, None] = {}
        at: str | None = name
        while at and at in dossier.parties and at not in above:
            above[at] = None
            at = dossier.parties[at].part_of
        accounts[name] = frozenset(above)
    return accounts


def _accounts_of(claim: Claim, accounts: Mapping[str, frozenset[str]]) -> set[str]:
    return {name for party in claim.parties for name in accounts.get(party, ())}


def _in_order(
    pairs: Iterable[tuple[str, str]],
    places: Mapping[str, int],
    accounts: Mapping[str, frozenset[str]],
) -> Iterator[tuple[str, str]]:
    """Yield the pairs in registry order, without those of which one is part of the other."""
    for one, other in pairs:
        if one not in accounts[other] and other not in accounts[one]:
            yield (one, other) if places[one] < places[other] else (other, one)
