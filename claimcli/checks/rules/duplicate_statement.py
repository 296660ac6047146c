"""A party makes each statement only once.

A statement that repeats an earlier one, or nearly does, is often the same claim entered from a
second source; the second then needs `restates`, or `supersedes` if it changes the first. Letter
case and spacing are ignored; statements with different numbers are different claims, and so are
claims about times that do not overlap. Responses that only decline are not compared.

For a party with many claims, each statement is compared only with its neighbours when sorted
forwards, backwards, and by longest words. Near duplicates that differ in all three orders can be
missed, as can near duplicates of more than 2,000 characters.

Bad:

    claims:
      - {id: a, party: p, statement: The bridge was inspected in March and found safe.}
      - {id: b, party: p, statement: The bridge was inspected in March and found safe!}

Good:

    claims:
      - {id: a, party: p, statement: The bridge was inspected in March and found safe.}
      - {id: b, party: p, statement: The bridge needs repair.}
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from rapidfuzz import fuzz, process

from claimcli.core.dates import overlap
from claimcli.core.graphs import set_finder
from claimcli.core.problems import Place, Problem, Severity
from claimcli.core.records import Claim, Dossier
from claimcli.core.response_kinds import Kind
from claimcli.core.text.normal_forms import fold_case

SEVERITY = Severity.WARNING
MIN_SIMILARITY = 92.0
NEIGHBOURS = 8
"""Number of following statements, in each order, that a statement is compared with."""
FEW = 100
"""Up to this many statements of a party, each is compared with every other."""
MAX_CHARACTERS = 2_000
"""Longer statements are compared for equality only."""
MAX_ALIKE = 4
"""Claims with the same wording, none a duplicate of another, that later ones are compared with."""

GroupFunction = Callable[[Claim], str]


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield a problem for each claim that repeats another of its party, naming the earliest."""
    group_of = _group_function(dossier.by_id)
    duplicates: dict[str, tuple[Claim, Claim, str]] = {}
    for party, claims in _by_party(dossier).items():
        for one, other in _duplicates(claims, group_of):
            first, second = sorted((one, other), key=_location)
            known = duplicates.get(second.id)
            if known is None or _location(first) < _location(known[0]):
                duplicates[second.id] = (first, second, party)
    for first, second, party in duplicates.values():
        yield _problem(first, second, party)


def _problem(first: Claim, second: Claim, party: str) -> Problem:
    same = _wording(first) == _wording(second)
    return Problem(
        "duplicate-statement",
        f"'{party}' says {'the same' if same else 'nearly the same'} in '{first.id}'",
        second.location.of("statement"),
        SEVERITY,
        f"if it is the same claim, add 'restates: {first.id}'",
        (first.location.of("statement"),),
    )


def _by_party(dossier: Dossier) -> dict[str, list[Claim]]:
    """Return each party's claims sorted by location, without responses that only decline."""
    by_party: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(dossier.by_id.values(), key=_location):
        if claim.responds_to and all(to.kind is Kind.DECLINES for to in claim.responds_to):
            continue
        for party in claim.parties:
            by_party[party].append(claim)
    return by_party


def _duplicates(claims: Iterable[Claim], group_of: GroupFunction) -> Iterator[tuple[Claim, Claim]]:
    by_wording: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        alike = by_wording[_wording(claim)]
        first = next((other for other in alike if _repeats(claim, other, group_of)), None)
        if first:
            yield first, claim
        elif len(alike) < MAX_ALIKE:
            alike.append(claim)
    for one, other in _similar(by_wording):
        for claim in by_wording[one]:
            for repeated in by_wording[other]:
                if _repeats(claim, repeated, group_of):
                    yield claim, repeated


def _repeats(one: Claim, other: Claim, group_of: GroupFunction) -> bool:
    return group_of(one) != group_of(other) and overlap(one.about, other.about)


def _similar(wordings: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of similar wordings with the same numbers.

    Many are compared by the sorted neighbourhood method in several passes: Hernández and Stolfo,
    "The merge/purge problem for large databases", SIGMOD 1995.
    """
    texts = [text for text in wordings if len(text) <= MAX_CHARACTERS]
    few = len(texts) <= FEW
    for order in (_by_length,) if few else (sorted, _backwards, _by_longest_words):
        ordered = order(texts)
        for at, text in enumerate(ordered):
            following = ordered[at + 1 : at + 1 + (FEW if few else NEIGHBOURS)]
            for other, *_ in process.extract(
                text, following, scorer=fuzz.ratio, score_cutoff=MIN_SIMILARITY, limit=None
            ):
                if _numbers(text) == _numbers(other):
                    yield text, other


def _wording(claim: Claim) -> str:
    return " ".join(fold_case(claim.statement).split())


def _by_length(texts: Iterable[str]) -> list[str]:
    return sorted(texts, key=len)


def _backwards(texts: Iterable[str]) -> list[str]:
    return sorted(texts, key=lambda text: text[::-1])


def _by_longest_words(texts: Iterable[str]) -> list[str]:
    """Return texts in the order of their words, the longest first; few need more than one word."""
    by_first: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        words = text.split() or [""]
        longest = max(map(len, words))
        by_first[min(word for word in words if len(word) == longest)].append(text)
    groups = (group for _, group in sorted(by_first.items()))
    return [t for g in groups for t in (sorted(g, key=_longest_words) if len(g) > 1 else g)]


def _longest_words(text: str) -> list[str]:
    return sorted(set(text.split()), key=lambda word: (-len(word), word))


def _numbers(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def _location(claim: Claim) -> tuple[str, Place, str]:
    """Return the order of claims: tuples are compared faster than spans."""
    return (claim.location.path, claim.location.record, claim.id)


def _group_function(claims: Mapping[str, Claim]) -> GroupFunction:
    """Return a function from a claim to its group, joined by ``restates`` and ``supersedes``."""
    top = set_finder(
        claims,
        (
            (claim.id, target)
            for claim in claims.values()
            for target in (claim.restates, claim.supersedes)
            if target is not None and target in claims
        ),
    )
    return lambda claim: top(claim.id)
