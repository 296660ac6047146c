"""What a reading command was asked for: the filters that its flags name."""

from msgspec import Struct

from claimcli.dates import Date
from claimcli.relations import Status


class Filters(Struct, frozen=True, kw_only=True):
    """Conditions that all must hold; of several values of one condition any will do.

    Parties, speakers, issues, tags and sources are words of the user's, not yet looked up.
    """

    parties: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    since: Date | None = None
    until: Date | None = None
    statuses: tuple[Status, ...] = ()
