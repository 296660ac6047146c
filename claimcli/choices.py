"""A word of the user's as one of a closed set."""

from collections.abc import Iterable

from claimcli.near import did_you_mean
from claimcli.problems import ClaimcliError


def one_of(word: str, known: Iterable[str], what: str, otherwise: str = "") -> str:
    """Return the known word that is meant, letter case aside.

    Raises ClaimcliError with a near match, or else ``otherwise``, where there is none.
    """
    words = list(known)
    if word.lower() in words:
        return word.lower()
    hint = did_you_mean(word, words, otherwise or f"write one of {', '.join(words)}")
    raise ClaimcliError(f"no {what} '{word}'", hint)
