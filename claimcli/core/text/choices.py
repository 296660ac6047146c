"""A word of the user's as one of a closed set."""

from collections.abc import Iterable

from claimcli.core.problems import ClaimcliError
from claimcli.core.text.suggestions import did_you_mean


def one_of(word: str, known: Iterable[str], what: str, otherwise: str = "") -> str:
    """Return the known word that is meant, letter case aside.

    Raises ClaimcliError with a near match, or else ``otherwise``, where there is none.
    """
    words = list(known)
    if word.lower() in words:
        return word.lower()
    hint = did_you_mean(word, words, otherwise or f"write one of {', '.join(words)}")
    raise ClaimcliError(f"no {what} '{word}'", hint)


def several_of(
    words: Iterable[str], known: Iterable[str], what: str, otherwise: str = ""
) -> set[str]:
    """Return the known words that are meant, where commas may part several of them in one.

    Raises ClaimcliError as :func:`one_of` does, and where a word names nothing.
    """
    among = list(known)
    listed = list(words)
    found = {part.strip() for word in listed for part in word.split(",")} - {""}
    if listed and not found:
        found = {""}
    return {one_of(name, among, what, otherwise) for name in sorted(found)}
