"""The answers nested in one claim, in an order in which they keep their derived ids."""

from collections import Counter
from collections.abc import Mapping, Sequence

from claimcli.core.response_kinds import Kind
from claimcli.dossier.reader import derived_id, next_id
from claimcli.exchange.import_items import ImportItem, listed

MAX_PASSES = 10
"""Attempts to order the answers to a claim whose parties have similar ids, such as mill, mill-2."""
Separate = Mapping[tuple[str, str, bool], list[ImportItem]]
"""Answers that have an id which is not derived, the last one first, by the claim that they answer,
their party, and whether they oppose."""


class Threads:
    """The answers in a claim, opposing ones and others; ``above`` are the claims above others.

    A ``separate`` answer counts in the numbers of derived ids if it is nested, so it is nested
    where a number is missing.
    """

    def __init__(
        self, claim: ImportItem, separate: Separate, above: Mapping[int, ImportItem | None]
    ) -> None:
        self.claim = claim
        self.separate = separate
        self.above = above
        self.answers: dict[bool, list[ImportItem]] = {True: [], False: []}
        self.taken: dict[str, int] = {}

    def place(self, answers: Sequence[ImportItem], *, opposing: bool) -> None:
        """Add the answers with derived ids, but for those that would get other ids."""
        start = self.claim.id
        wanted = {f"{start}/{one.id.rpartition('/')[2]}": one for one in answers}
        for number in range(MAX_PASSES if wanted else 0):
            for party, count in Counter(map(first_party, wanted.values())).items():
                left = count
                while left:
                    if self._place_next(party, wanted, opposing=opposing):
                        left -= 1
                    elif number % 2 == 0 or not self._fill(party, opposing=opposing):
                        break

    def _place_next(self, party: str, wanted: dict[str, ImportItem], *, opposing: bool) -> bool:
        """Add the wanted answer of a party that gets the next id, if there is one."""
        name, _ = next_id(f"{self.claim.id}/{party}", self.taken)
        if name not in wanted or first_party(wanted[name]) != party:
            return False
        answer = wanted.pop(name)
        answer.id = self.add(answer, opposing=opposing)
        return True

    def _fill(self, party: str, *, opposing: bool) -> bool:
        """Add a separate answer of a party, if there is one that can be nested."""
        responding = any(first_party(one) == party for one in self.answers[False])
        for kind in (opposing,) if opposing or responding else (False, True):
            others = self.separate.get((self.claim.id, party, kind), [])
            if others and _can_be_nested(others[-1], self.claim, self.above):
                self.add(others.pop(), opposing=kind)
                return True
        return False

    def add(self, answer: ImportItem, *, opposing: bool) -> str:
        """Add an answer; return the id that the reader derives for it unless it has another one."""
        self.answers[opposing].append(answer)
        return derived_id(f"{self.claim.id}/{first_party(answer)}", self.taken)


def separate_answers(claims: Sequence[ImportItem]) -> Separate:
    """Return the claims that answer others and have an id which is not derived."""
    result: dict[tuple[str, str, bool], list[ImportItem]] = {}
    for claim in reversed(claims):
        if claim.id and "/" not in claim.id and (answers := claim.fields.get("responds_to")):
            key = (answers[0].get("claim", ""), first_party(claim), kind_of_answer(claim).opposes)
            result.setdefault(key, []).append(claim)
    return result


def _can_be_nested(
    answer: ImportItem, above: ImportItem, above_of: Mapping[int, ImportItem | None]
) -> bool:
    """Return whether an answer can be nested in the claim that it answers.

    It must not be above that claim, and keeps its issue.
    """
    parent: ImportItem | None = above
    while parent is not None:
        if parent is answer:
            return False
        parent = above_of[id(parent)]
    return bool(answer.fields.get("issue") or not above.fields.get("issue"))


def kind_of_answer(answer: ImportItem) -> Kind:
    """Return the kind of an answer's first relation, ``denies`` if it is invalid."""
    try:
        return Kind(answer.fields["responds_to"][0].get("kind") or Kind.DENIES)
    except ValueError:  # reported later
        return Kind.DENIES


def first_party(claim: ImportItem) -> str:
    """Return the first of a claim's parties, from which ids are derived."""
    return str(listed(claim.fields.get("party", "party"))[0])
