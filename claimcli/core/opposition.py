"""What opposes a claim: answers to it, and other positions on its issue."""

from msgspec import Struct

from claimcli.core.response_kinds import Kind
from claimcli.core.short_repr import ShortRepr

BY_POSITION = "position"
"""What is written in place of a kind of answer for a claim that opposes by its position."""


MOST_OF_POSITION = 120
"""Maximum number of characters of a position that is quoted next to another claim."""


class Opposer(ShortRepr, frozen=True):
    """A claim that opposes another one: by an answer of a kind, or (None) by its position.

    With ``is_target`` it is not the answer itself, but the claim that is answered with that kind.
    """

    id: str
    parties: tuple[str, ...]
    kind: Kind | None
    position: str | None
    is_target: bool = False

    @property
    def party(self) -> str:
        """The first of the parties."""
        return self.parties[0]

    @property
    def by(self) -> str:
        """The kind of the answer, or "position"."""
        return self.kind.value if self.kind else BY_POSITION

    @property
    def short_position(self) -> str:
        """The position, cut with an ellipsis: one long text can oppose thousands of claims."""
        position = self.position or ""
        if len(position) <= MOST_OF_POSITION:
            return position
        return f"{position[:MOST_OF_POSITION].rstrip()}…"

    @property
    def label(self) -> str:
        """How it opposes, in words."""
        if self.kind:
            return "says otherwise" if self.is_target else self.kind.label
        return f"holds another position ({self.short_position})"


class Opposition(Struct, frozen=True):
    """The claims that oppose one claim; ``more``: there are others, which are not named."""

    opposers: tuple[Opposer, ...] = ()
    more: bool = False

    @property
    def rivals(self) -> tuple[Opposer, ...]:
        """The claims that hold another position and are no answers."""
        return tuple(opposer for opposer in self.opposers if opposer.kind is None)


UNOPPOSED = Opposition()
