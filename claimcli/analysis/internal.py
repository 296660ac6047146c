"""A dossier without internal records, or with selected claims alone, to be sent on."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from claimcli.core.dates import no_later_than
from claimcli.core.implied import mentioned_parties
from claimcli.core.opposition import Opposition
from claimcli.core.problems import Problem
from claimcli.core.records import Claim, Dossier, Location
from claimcli.core.relations import covered_claims
from claimcli.core.withheld import Withheld


def without_internal(dossier: Dossier) -> Dossier:
    """Return a dossier without internal claims and sources, which ``withheld`` counts.

    Statuses and what is answered stay as they are with all records. References to internal records
    are removed. Only records of the selected claims and of their threads are counted.
    """
    hidden, sources = dossier.internal, {s.id for s in dossier.sources.values() if s.internal}
    if not hidden and not sources:
        return dossier
    return replace(_without(dossier, hidden, sources), internal=frozenset())


def only_selected(dossier: Dossier) -> Dossier:
    """Return the selected claims alone, and the records that they mention, sources with origins.

    Statuses and what is answered stay as they are with all records. ``withheld`` has the parties
    of other claims on the issues that remain.
    """
    shown = {claim.id: claim for claim in dossier.claims}
    if len(shown) == len(dossier.by_id):
        return dossier
    cited = {name for claim in dossier.claims for name in claim.source_ids}
    todo = [*cited]
    while todo:
        source = dossier.sources.get(todo.pop())
        new = {*source.derived_from} - cited if source else set()
        cited |= new
        todo += new
    narrowed = _without(dossier, dossier.by_id.keys() - shown, dossier.sources.keys() - cited)
    issues = {claim.issue for claim in dossier.claims}
    events = {claim.event for claim in dossier.claims}
    before = dossier.withheld
    voices = {voice for voice in narrowed.withheld.voices if voice[0] and voice[0] in issues}
    parties = _with_ancestors(
        dossier, {*mentioned_parties(dossier.claims, ()), *(party for _, party in voices)}
    )
    return replace(
        narrowed,
        parties={name: party for name, party in dossier.parties.items() if name in parties},
        registered=tuple(name for name in dossier.registered if name in parties),
        issues={name: issue for name, issue in narrowed.issues.items() if name in issues},
        events={name: event for name, event in dossier.events.items() if name in events},
        withheld=replace(before, voices=before.voices | voices),
    )


def _with_ancestors(dossier: Dossier, parties: set[str]) -> set[str]:
    """Return parties and all that they are part of."""
    todo = [*parties]
    while todo:
        record = dossier.parties.get(todo.pop())
        if record and record.part_of and record.part_of not in parties:
            parties.add(record.part_of)
            todo.append(record.part_of)
    return parties


def _without(dossier: Dossier, hidden: Collection[str], sources: Collection[str]) -> Dossier:
    """Return a dossier without some claims and sources, counted by ``withheld``."""
    shown = {
        name: _claim(dossier, claim, hidden, sources)
        for name, claim in dossier.by_id.items()
        if name not in hidden
    }
    left_out = [dossier.by_id[name] for name in dossier.by_id if name in hidden]
    origins = {
        name: tuple(origin for origin in ends if origin not in sources) or (name,)
        for name, ends in dossier.origins.items()
    }
    described = _described_in(left_out) - {c for s in shown.values() for c in s.source_ids}
    unseen = {*sources, *described}
    return replace(
        dossier,
        claims=tuple(shown[claim.id] for claim in dossier.claims if claim.id in shown),
        by_id=shown,
        answers={
            name: tuple(answer for answer in answers if answer[0] in shown)
            for name, answers in dossier.answers.items()
            if name in shown
        },
        superseded={a: b for a, b in dossier.superseded.items() if a in shown and b not in hidden},
        opposition=_opposition(dossier, hidden),
        sources={
            name: replace(s, derived_from=tuple(o for o in s.derived_from if o not in sources))
            for name, s in dossier.sources.items()
            if name not in unseen
        },
        origins={name: ends for name, ends in origins.items() if name not in unseen},
        issues=_without_unused(dossier.issues, "issue", shown.values(), left_out),
        events=_without_unused(dossier.events, "event", shown.values(), left_out),
        problems=_problems(dossier, left_out, sources),
        withheld=_withheld(dossier, left_out, sources),
    )


def _described_in(claims: Iterable[Claim]) -> set[str]:
    """Return the ids of sources that are described in a citation, and so in a claim."""
    return {name for claim in claims for name in claim.source_ids if "/" in name}


def _claim(
    dossier: Dossier, claim: Claim, hidden: Collection[str], sources: Collection[str]
) -> Claim:
    """Return a claim without its references to hidden records, dated by its other sources."""
    citations = tuple(cited for cited in claim.citations if cited.source not in sources)
    made_by = claim.made_by
    if made_by and len(citations) < len(claim.citations):
        cited = (dossier.sources.get(citation.source) for citation in citations)
        made_by = no_later_than(s.published for s in cited if s and s.published)
    return replace(
        claim,
        citations=citations,
        made_by=made_by,
        responds_to=tuple(a for a in claim.responds_to if a.claim not in hidden),
        restates=None if claim.restates in hidden else claim.restates,
        supersedes=None if claim.supersedes in hidden else claim.supersedes,
    )


def _opposition(dossier: Dossier, hidden: Collection[str]) -> dict[str, Opposition] | None:
    """Return what opposes the claims; hidden ones are some that are not named."""
    if dossier.opposition is None:
        return None
    result = {}
    for name, one in dossier.opposition.items():
        named = tuple(opposer for opposer in one.opposers if opposer.id not in hidden)
        result[name] = Opposition(named, one.more or len(named) < len(one.opposers))
    return result


def _without_unused(
    records: Mapping[str, Any], field: str, shown: Iterable[Claim], left_out: Iterable[Claim]
) -> dict[str, Any]:
    """Return the issues or events without those of which all loaded claims are hidden."""
    unused = {getattr(c, field) for c in left_out} - {getattr(c, field) for c in shown}
    return {name: record for name, record in records.items() if name not in unused}


def _problems(
    dossier: Dossier, left_out: Iterable[Claim], sources: Iterable[str]
) -> tuple[Problem, ...]:
    """Return the problems that are not in a hidden record, whose messages may quote it."""
    locations = [claim.location for claim in left_out]
    locations += [dossier.sources[name].location for name in sources]
    places: dict[str, list[Location]] = defaultdict(list)
    for location in locations:
        places[location.path].append(location)
    return tuple(
        problem
        for problem in dossier.problems
        if not any(_contains(place, problem) for place in places.get(problem.span.path, ()))
    )


def _contains(place: Location, problem: Problem) -> bool:
    line, column, end_line, end_column = place.record
    at = (problem.span.line, problem.span.column)
    return (line, column) <= at <= (end_line, end_column)


def _withheld(dossier: Dossier, left_out: Iterable[Claim], sources: Collection[str]) -> Withheld:
    covered = covered_claims(dossier)
    answers: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for claim in left_out:
        for target in dict.fromkeys(answer.claim for answer in claim.responds_to):
            answers[target] += claim.parties
    cited = {name for name in covered for name in dossier.by_id[name].source_ids}
    return Withheld(
        claims=sum(claim.id in covered for claim in left_out),
        sources=sum(name in sources for name in cited),
        answers={name: tuple(dict.fromkeys(parties)) for name, parties in answers.items()},
        voices=frozenset((claim.issue, party) for claim in left_out for party in claim.parties),
    )
