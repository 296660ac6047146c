"""A party makes one statement once.

The same words twice, or nearly, are often one claim entered from two sources: the second says so
with `restates`, or with `supersedes` where it changes the first. Letter case and spacing do not
count; other figures do, and make two claims. So do times spoken of that do not overlap. Answers
that decline are left out: to say nothing twice is no claim.

Of a party with many claims only neighbours are compared, in the order of the statements read
forwards, backwards, and by their longest words: what differs in all three may be missed, and so
may near matches of statements over 2,000 characters.

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
from claimcli.core.problems import Problem, Severity
from claimcli.core.records import Claim, Dossier
from claimcli.core.schema import Kind
from claimcli.core.unions import unions

SEVERITY = Severity.WARNING
LEAST_LIKENESS = 92.0
NEIGHBOURS = 8
"""How many that follow in each order a statement is compared with."""
FEW = 100
"""Statements of one party up to which each is compared with each."""
MOST_CHARACTERS = 2_000
"""Length above which statements are compared for equality alone."""
MOST_ALIKE = 4
"""Claims of one wording, no two of them duplicates, that further ones are held against."""

Family = Callable[[Claim], str]


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield each claim that repeats an earlier one of its party, with the earliest found."""
    family = _families(dossier.by_id)
    found: dict[str, tuple[Claim, Claim, str]] = {}
    for party, claims in _by_party(dossier).items():
        for one, other in _duplicates(claims, family):
            first, second = sorted((one, other), key=_place)
            known = found.get(second.id)
            if known is None or _place(first) < _place(known[0]):
                found[second.id] = (first, second, party)
    for first, second, party in found.values():
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
    """Return each party's claims in order of place, without answers that only decline."""
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(dossier.by_id.values(), key=_place):
        if claim.responds_to and all(to.kind is Kind.DECLINES for to in claim.responds_to):
            continue
        for party in claim.parties:
            found[party].append(claim)
    return found


def _duplicates(claims: Iterable[Claim], family: Family) -> Iterator[tuple[Claim, Claim]]:
    by_wording: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        alike = by_wording[_wording(claim)]
        first = next((other for other in alike if _repeats(claim, other, family)), None)
        if first:
            yield first, claim
        elif len(alike) < MOST_ALIKE:
            alike.append(claim)
    for one, other in _near(by_wording):
        for claim in by_wording[one]:
            for repeated in by_wording[other]:
                if _repeats(claim, repeated, family):
                    yield claim, repeated


def _repeats(one: Claim, other: Claim, family: Family) -> bool:
    return family(one) != family(other) and overlap(one.about, other.about)


def _near(wordings: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of wordings that are alike and hold the same figures.

    For many, the sorted neighbourhood method in several passes: Hernández and Stolfo, "The
    merge/purge problem for large databases", SIGMOD 1995.
    """
    texts = [text for text in wordings if len(text) <= MOST_CHARACTERS]
    few = len(texts) <= FEW
    for order in (len,) if few else (str, _backwards, _longest_words):
        ordered = sorted(texts, key=order)
        for at, text in enumerate(ordered):
            following = ordered[at + 1 : at + 1 + (FEW if few else NEIGHBOURS)]
            for other, *_ in process.extract(
                text, following, scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS, limit=None
            ):
                if _figures(text) == _figures(other):
                    yield text, other


def _wording(claim: Claim) -> str:
    return " ".join(claim.statement.casefold().split())


def _backwards(text: str) -> str:
    return text[::-1]


def _longest_words(text: str) -> list[str]:
    return sorted(set(text.split()), key=lambda word: (-len(word), word))


def _figures(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def _place(claim: Claim) -> tuple[object, str]:
    return (claim.location.span, claim.id)


def _families(claims: Mapping[str, Claim]) -> Family:
    """Return a function that names for each claim the set that restating and succeeding tie."""
    top = unions(
        claims,
        (
            (claim.id, target)
            for claim in claims.values()
            for target in (claim.restates, claim.supersedes)
            if target is not None and target in claims
        ),
    )
    return lambda claim: top(claim.id)
