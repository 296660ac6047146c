"""The order of claims in tables, in which an import nests answers again, and internal answers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from claimcli.core.records import Claim
from claimcli.exchange.records import Loss, LossKind, Selection


def in_threads(claims: Sequence[Claim]) -> Iterator[Claim]:
    """Yield claims in order, each followed by its answers; the order depends on content alone.

    Answers with derived ids come first, in the order of their numbers, so that nesting them again
    in the order of the rows gives the same ids.
    """
    known = {claim.id for claim in claims}
    answers: dict[str, list[Claim]] = defaultdict(list)
    roots: list[Claim] = []
    for claim in claims:
        answered = _answered(claim, known)
        (answers[answered] if answered else roots).append(claim)
    for listed in answers.values():
        listed.sort(key=lambda one: ("/" not in one.id, len(one.id) if "/" in one.id else 0))
    seen = set[str]()
    for root in (*roots, *claims):  # the second time those that answer each other in a circle
        todo = [root]
        while todo:
            claim = todo.pop()
            if claim.id not in seen:
                seen.add(claim.id)
                yield claim
                todo += reversed(answers[claim.id])


def _answered(claim: Claim, known: set[str]) -> str:
    """Return the claim under which an answer is listed, "" for other claims."""
    above = claim.id.rpartition("/")[0]
    targets = (above, *(answer.claim for answer in claim.responds_to))
    return next((name for name in targets if name in known), "")


def internal_by_nesting(selection: Selection) -> frozenset[str]:
    """Return the claims that are internal only as they are nested in an internal one.

    Those with an id of their own are nested no more in a table, and would be published.
    """
    internal, sources = selection.dossier.internal, selection.dossier.sources
    cited = {name for name, source in sources.items() if source.internal}
    return frozenset(
        claim.id
        for claim in selection.claims
        if claim.id in internal
        and not claim.internal
        and "/" not in claim.id
        and not (claim.source_ids and cited.issuperset(claim.source_ids))
    )


def flag_losses(nested: Iterable[str]) -> Iterator[Loss]:
    """Yield the losses of marking claims that are internal only as they are nested."""
    for name in sorted(nested):
        detail = "is set, since the claim that contains this one is internal"
        yield Loss(f"claim {name}", "internal", LossKind.APPROXIMATED, detail=detail)
