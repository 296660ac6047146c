"""The origins of sources: two reports of one wire story have one origin."""

from collections import Counter
from collections.abc import Iterable, Mapping

from claimcli.core.graphs import cycles
from claimcli.core.records import Claim, Dossier, Source

_Names = tuple[str, ...]


def trace_origins(sources: Mapping[str, Source]) -> dict[str, _Names]:
    """Return the sorted origins of each source that is derived from others.

    An origin is a source that is not derived from another, on file or not. Sources that are derived
    from one another in a cycle have one common origin: the first by id, unless one of them is
    also derived from another source.
    """
    return trace_ends({n: one.derived_from for n, one in sources.items() if one.derived_from})


def trace_ends(above: Mapping[str, _Names]) -> dict[str, _Names]:
    """Return the origins of each source, as :func:`trace_origins`; it derives from those above."""
    if not above:
        return {}
    first = {name: circle[0] for circle in cycles(above) for name in circle}
    outside: dict[str, dict[str, None]] = {}
    for name, others in above.items():
        own = first.get(name, name)
        ends = (first.get(other, other) for other in others)
        outside.setdefault(own, {}).update((end, None) for end in ends if end != own)
    known = _roots({name: tuple(ends) for name, ends in outside.items()})
    return {name: tuple(sorted(known[first.get(name, name)])) for name in above}


def _roots(above: Mapping[str, _Names]) -> dict[str, frozenset[str]]:
    """Return the ends of all paths from each name in a graph without cycles."""
    known: dict[str, frozenset[str]] = {}
    todo = list(above)
    while todo:
        at = todo[-1]
        unknown = [other for other in above.get(at, ()) if other not in known]
        if unknown:
            todo += unknown
            continue
        ends = frozenset[str]().union(*(known[other] for other in above.get(at, ())))
        known[at] = ends or frozenset((at,))
        todo.pop()
    return known


def claim_origins(dossier: Dossier, claim: Claim) -> _Names:
    """Return the independent origins of a claim's sources, sorted."""
    return tuple(
        sorted({end for name in claim.source_ids for end in dossier.origins.get(name, (name,))})
    )


def origins_text(dossier: Dossier, claim: Claim) -> str:
    """Return a text about the origins of a claim, or "" if they are just its sources."""
    names = claim_origins(dossier, claim)
    cited = set(claim.source_ids)
    if len(cited) < 2 and not cited - set(names):
        return ""
    noun = "origin" if len(names) == 1 else "origins"
    return f"{len(names)} independent {noun}: {', '.join(names)}"


def origins_summary(dossier: Dossier, claims: Iterable[Claim]) -> str:
    """Return a text with the number of claims by their number of independent origins."""
    return origin_counts_text(Counter(len(claim_origins(dossier, claim)) for claim in claims))


def origin_counts_text(counts: Mapping[int, int]) -> str:
    """Return the same, given the number of claims by their number of independent origins."""
    parts = (f"{n} on {number or 'none'}" for number, n in sorted(counts.items()))
    return f"independent origins: claims that rest {', '.join(parts)}" if counts else ""
