"""The names by which a text may call the speakers of a claim."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from claimcli.core.records import Claim, Dossier
from claimcli.quotes.speakers.names import ExpectedSpeakers, SpeakerNames


class DossierSpeakers:
    """The speakers of a dossier, by all names on file."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier

    @cached_property
    def names(self) -> SpeakerNames:
        """The names of all speakers, of claims and of parties, each once."""
        names = [name for party in self.dossier.parties.values() for name in party.speakers]
        return SpeakerNames(dict.fromkeys((*names, *speakers_of_claims(self.dossier))))

    def expected(self, claim: Claim) -> ExpectedSpeakers:
        """Return the names that fit a claim: its speaker, the relayed speaker, their parties."""
        speakers = list(_speaker_names(claim))
        relayed = claim.reports.party if claim.reports else None
        parties = [*claim.parties, *([relayed] if relayed else [])]
        own = [*speakers, *self._party_names(parties, speakers=not speakers)]
        return ExpectedSpeakers(tuple(dict.fromkeys(own)), self.names, named=bool(speakers))

    def _party_names(self, parties: Iterable[str], *, speakers: bool) -> Iterator[str]:
        for name in parties:
            party = self.dossier.parties.get(name)
            if party is None:
                yield name
                continue
            yield party.label
            yield from party.aliases
            if speakers:
                yield from party.speakers


def speakers_of_claims(dossier: Dossier) -> tuple[str, ...]:
    """Return the speakers of the claims, and those whose words they relay, each once."""
    if dossier.speakers is not None:
        return dossier.speakers
    names = (name for claim in dossier.by_id.values() for name in _speaker_names(claim))
    return tuple(dict.fromkeys(names))


def _speaker_names(claim: Claim) -> Iterator[str]:
    relayed = claim.reports.speaker if claim.reports else None
    return (name for name in (claim.speaker, relayed) if name)
