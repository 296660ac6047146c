"""What is on file and not included in a document, since it is internal."""

from collections.abc import Mapping

from claimcli.core.short_repr import ShortRepr


class Withheld(ShortRepr, frozen=True):
    """The internal records that were left out of a dossier.

    ``answers`` has the parties of the answers that were left out, by the id of the answered claim.
    ``voices`` are the issues and parties of the claims.
    """

    claims: int = 0
    sources: int = 0
    answers: Mapping[str, tuple[str, ...]] = {}
    voices: frozenset[tuple[str | None, str]] = frozenset()


NOTHING_WITHHELD = Withheld()
NOT_INCLUDED = "on file, not included here"
"""What is said of a party on an issue if all its claims were left out."""
