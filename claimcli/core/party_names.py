"""Names of parties: the party that a word means, and the parties of a claim in words.

A word means a party by its id, its name or an alias, ignoring case and spacing; or by a part of the
id that no other has.
"""

from collections.abc import Callable, Iterable

from claimcli.core.id_parts import ids_among, only_id
from claimcli.core.opposition import Opposer
from claimcli.core.problems import ClaimcliError, Excerpt
from claimcli.core.records import Claim, Dossier, Party, party_label
from claimcli.core.text.normal_forms import fold_case
from claimcli.core.text.suggestions import did_you_mean, list_names


def fold_name(name: str) -> str:
    """Return a name in the form in which names are compared: ignoring case and spacing.

    An accent may be part of a letter or a character of its own.
    """
    return " ".join(fold_case(name).split())


def folded_names(party: Party) -> dict[str, None]:
    """Return the different names of a party, in the form in which they are compared."""
    return dict.fromkeys(fold_name(name) for name in (party.label, *party.aliases))


def choose_party(
    word: str,
    matches: Iterable[str],
    known: Callable[[], tuple[Iterable[str], Iterable[str]]],
    at: Excerpt | None = None,
) -> str:
    """Return the only id among the parties that a word matches.

    ``known`` returns the ids, and all ids and names, for the hint. Raises ClaimcliError if no
    party, or more than one, matches.
    """
    ids = sorted(set(matches))
    if len(ids) == 1:
        return ids[0]
    if ids:
        raise ClaimcliError(f"'{word}' means {' and '.join(ids)}", "name one by its id", excerpt=at)
    every, names = known()
    hint = did_you_mean(word, names, list_names("parties", every))
    raise ClaimcliError(f"no party '{word}'", hint, excerpt=at)


def find_party(dossier: Dossier, word: str) -> str:
    """Return the id of the party of a dossier that a word means, if only by a part of the id.

    Raises ClaimcliError if no party or several parties match.
    """
    parties = dossier.parties
    if word in parties:
        return word
    name = fold_name(word)
    matches = [p.id for p in parties.values() if name == p.id or name in folded_names(p)]
    if not matches and (only := only_id(ids_among(parties, word), word)):
        return only
    return choose_party(word, matches, lambda: (sorted(parties), _ids_and_names(dossier)))


def _ids_and_names(dossier: Dossier) -> list[str]:
    names = (name for party in dossier.parties.values() for name in folded_names(party))
    return [*dossier.parties, *names]


def parties_label(dossier: Dossier, claim: Claim | Opposer) -> str:
    """Return the names of the parties of a claim, in words."""
    return " and ".join(party_label(dossier, party) for party in claim.parties)


def speaker_label(dossier: Dossier, claim: Claim, account: str | None) -> str:
    """Return the speaker of a claim with the claim's parties; without a speaker, only these.

    In the account of the claim's only party, which readers see, return the speaker alone; that of
    another party contains the claim through a member, or as a joint statement.
    """
    parties = parties_label(dossier, claim)
    if not claim.speaker:
        return parties
    return claim.speaker if claim.parties == (account,) else f"{claim.speaker} ({parties})"
