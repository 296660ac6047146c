"""Whose words a claim gives, by all names on file."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from claimcli.core.records import Claim, Dossier
from claimcli.quotes.attribution import ExpectedSpeakers, SpeakerNames


class Speakers:
    """The speakers of a dossier."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier

    @cached_property
    def names(self) -> SpeakerNames:
        """Everybody who speaks or is relayed, or is on file as a party's speaker; each once."""
        named = [name for party in self.dossier.parties.values() for name in party.speakers]
        for claim in self.dossier.by_id.values():
            named += _named(claim)
        return SpeakerNames(dict.fromkeys(named))

    def voices(self, claim: Claim) -> ExpectedSpeakers:
        """Return the names that fit a claim: its speaker, who is relayed, and their parties'."""
        named = list(_named(claim))
        relayed = claim.reports.party if claim.reports else None
        parties = [*claim.parties, *([relayed] if relayed else [])]
        own = [*named, *self._labels(parties, speakers=not named)]
        return ExpectedSpeakers(tuple(dict.fromkeys(own)), self.names, named=bool(named))

    def _labels(self, parties: Iterable[str], *, speakers: bool) -> Iterator[str]:
        for name in parties:
            party = self.dossier.parties.get(name)
            if party is None:
                yield name
                continue
            yield party.label
            yield from party.aliases
            if speakers:
                yield from party.speakers


def _named(claim: Claim) -> Iterator[str]:
    relayed = claim.reports.speaker if claim.reports else None
    return (name for name in (claim.speaker, relayed) if name)
