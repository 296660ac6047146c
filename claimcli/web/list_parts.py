"""Which part of many claims a page shows."""

from msgspec import Struct

from claimcli.web.page import PageRequest
from claimcli.web.pages.claims import page_number

MOST_DRAWN = 500
"""Claims of a picture on a page; the table below a picture has more in parts."""


class Part(Struct, frozen=True):
    """A part of a list of ``count`` claims: its number, and the place of its claims in the list."""

    number: int
    numbers: int
    offset: int
    limit: int
    count: int

    @property
    def is_whole(self) -> bool:
        """Whether the list has only this part."""
        return self.count <= min(self.limit, MOST_DRAWN)

    @property
    def most(self) -> int:
        """The maximum number of claims of a picture."""
        return MOST_DRAWN

    @property
    def last(self) -> int:
        """The place of the last claim in the list."""
        return min(self.count, self.offset + self.limit)


def part_of(request: PageRequest, count: int) -> Part:
    """Return the requested part of a list of claims, which is the whole list if it can be drawn.

    Raises ClaimcliError if there is no such part.
    """
    limit = MOST_DRAWN if count <= MOST_DRAWN or request.static else request.rows
    numbers = 1 if request.static else max(1, -(-count // limit))
    number = page_number(request.options.get("page") or "1", numbers)
    return Part(number, numbers, (number - 1) * limit, limit, count)
