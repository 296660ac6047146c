"""What is on file and not included in a document, since it is internal."""

from collections.abc import Mapping

from claimcli.core.short_repr import ShortRepr
from claimcli.core.text.word_diff import plural


class Withheld(ShortRepr, frozen=True):
    """The internal records that were left out of a dossier.

    ``answers`` has the parties of the answers that were left out, by the id of the answered claim.
    ``voices`` are the issues and parties of the claims.
    """

    claims: int = 0
    sources: int = 0
    answers: Mapping[str, tuple[str, ...]] = {}
    voices: frozenset[tuple[str | None, str]] = frozenset()

    @property
    def note(self) -> str:
        """How many internal records are left out, in words; "" without any."""
        counts = ((self.claims, "internal claim"), (self.sources, "internal source"))
        listed = " and ".join(plural(number, noun) for number, noun in counts if number)
        verb = "is" if self.claims + self.sources == 1 else "are"
        return f"{listed} {verb} left out" if listed else ""


NOTHING_WITHHELD = Withheld()
NOT_INCLUDED = "on file, not included here"
"""What is said of a party on an issue if all its claims were left out."""
