"""What the names of parties mean, in a dossier that has been read."""

from claimcli.core.problems import ClaimcliError
from claimcli.core.records import Dossier, Party
from claimcli.core.text.suggestions import did_you_mean
from claimcli.dossier.index.resolve import list_names
from claimcli.dossier.index.rows import fold_name


def named_party(dossier: Dossier, word: str) -> str:
    """Return the id of the party that a word means, as queries do: its id, name or alias.

    Raises ClaimcliError, with near matches, where no party, or more than one, is called so.
    """
    known = dossier.parties
    if word in known:
        return word
    meant = fold_name(word)
    found = sorted({p.id for p in known.values() if p.id == meant or meant in _names(p)})
    if len(found) == 1:
        return found[0]
    if found:
        raise ClaimcliError(f"'{word}' means {' and '.join(found)}", "name one by its id")
    names = [*known, *(name for party in known.values() for name in _names(party))]
    hint = did_you_mean(word, names, list_names("parties", sorted(known)))
    raise ClaimcliError(f"no party '{word}'", hint)


def _names(party: Party) -> set[str]:
    return {fold_name(name) for name in (party.name, *party.aliases) if name}
