"""The one place that selects: which claims of a dossier the filters ask for."""

from collections.abc import Callable, Iterable, Iterator

from msgspec.structs import replace

from claimcli.dates import certainly_after
from claimcli.model import Claim, Dossier
from claimcli.near import did_you_mean
from claimcli.problems import ClaimcliError
from claimcli.query import Filters
from claimcli.relations import members, statuses

Test = Callable[[Claim], bool]


def select(dossier: Dossier, filters: Filters) -> Dossier:
    """Return the dossier with ``claims`` narrowed to those that the filters ask for.

    Raises ClaimcliError, with near matches, for a party, speaker, issue, tag or source that the
    dossier does not have.
    """
    tests = tuple(_tests(dossier, filters))
    if not tests:
        return dossier
    chosen = tuple(claim for claim in dossier.claims if all(test(claim) for test in tests))
    return replace(dossier, claims=chosen)


def find_party(dossier: Dossier, word: str) -> str:
    """Return the id of the party that a word means: its id, name or alias, in any letter case.

    Raises ClaimcliError where no party, or more than one, is called so.
    """
    wanted = " ".join(word.casefold().split())
    if word in dossier.parties:
        return word
    names: dict[str, set[str]] = {}
    for party in dossier.parties.values():
        for name in (party.id, party.label, *party.aliases):
            names.setdefault(" ".join(name.casefold().split()), set()).add(party.id)
    found = sorted(names.get(wanted, ()))
    if len(found) == 1:
        return found[0]
    if found:
        raise ClaimcliError(f"'{word}' means {' and '.join(found)}", "name one by its id")
    hint = did_you_mean(word, names, _known("parties", dossier.parties))
    raise ClaimcliError(f"no party '{word}'", hint)


def _tests(dossier: Dossier, filters: Filters) -> Iterator[Test]:
    if filters.parties:
        found = (find_party(dossier, word) for word in filters.parties)
        parties = frozenset().union(*(members(dossier, party) for party in found))
        yield lambda claim: not parties.isdisjoint(claim.parties)
    if filters.speakers:
        speakers = _speakers(dossier, filters.speakers)
        yield lambda claim: bool(speakers.intersection(_speaking(claim)))
    if filters.issues:
        issues = _known_words("issue", filters.issues, dossier.issues)
        yield lambda claim: claim.issue in issues
    if filters.tags:
        every = {tag for claim in dossier.by_id.values() for tag in claim.tags}
        tags = _known_words("tag", filters.tags, every)
        yield lambda claim: not tags.isdisjoint(claim.tags)
    if filters.sources:
        sources = _known_words("source", filters.sources, dossier.sources)
        yield lambda claim: any(citation.source in sources for citation in claim.citations)
    yield from _date_tests(filters)
    if filters.statuses:
        status = statuses(dossier)
        yield lambda claim: status[claim.id] in filters.statuses


def _date_tests(filters: Filters) -> Iterator[Test]:
    since, until = filters.since, filters.until
    if since:
        yield lambda claim: claim.said is not None and not certainly_after(since, claim.said)
    if until:
        yield lambda claim: claim.said is not None and not certainly_after(claim.said, until)


def _speaking(claim: Claim) -> Iterator[str]:
    if claim.speaker:
        yield claim.speaker.casefold()
    if claim.reports and claim.reports.speaker:
        yield claim.reports.speaker.casefold()


def _speakers(dossier: Dossier, words: Iterable[str]) -> frozenset[str]:
    """Return the names in which every word asked for stands; a family name is enough."""
    names = {name for claim in dossier.by_id.values() for name in _speaking(claim)}
    known = {name for party in dossier.parties.values() for name in party.speakers}
    found: set[str] = set()
    for word in words:
        asked = word.casefold().split()
        matching = {name for name in names if all(part in name.split() for part in asked)}
        if not matching and word.casefold() not in {name.casefold() for name in known}:
            every = names | {part for name in names for part in name.split()}
            hint = did_you_mean(word, every, _known("speakers", names))
            raise ClaimcliError(f"no speaker '{word}'", hint)
        found |= matching
    return frozenset(found)


def _known_words(what: str, words: Iterable[str], known: Iterable[str]) -> frozenset[str]:
    by_case = {word.casefold(): word for word in known}
    found = set()
    for word in words:
        match = by_case.get(word.casefold())
        if match is None:
            hint = did_you_mean(word, by_case.values(), _known(f"{what}s", by_case.values()))
            raise ClaimcliError(f"no {what} '{word}'", hint)
        found.add(match)
    return frozenset(found)


def _known(what: str, names: Iterable[str]) -> str:
    shown = sorted(names)
    if not shown:
        return f"this dossier has no {what}"
    more = f" and {len(shown) - 8} more" if len(shown) > 8 else ""
    return f"the {what} are {', '.join(shown[:8])}{more}"
