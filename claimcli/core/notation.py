"""How documents write dates and refer to claims."""

from msgspec import Struct

from claimcli.core.dates import Date
from claimcli.core.long_dates import long_date
from claimcli.core.records import Dossier
from claimcli.core.text.suggestions import one_of


class Notation(Struct, frozen=True):
    """Whether dates are written in words, and whether claims and issues are named by their ids."""

    long_dates: bool = False
    ids: bool = True

    def date(self, date: Date | None) -> str:
        """Return a date, or "" without one."""
        if date is None:
            return ""
        return long_date(date) if self.long_dates else str(date)

    def claim(self, dossier: Dossier, name: str) -> str:
        """Return a reference to a claim: its id, or its statement in quotation marks."""
        if self.ids:
            return name
        record = dossier.by_id.get(name)
        return f'"{record.statement}"' if record else "another claim"

    def issue(self, dossier: Dossier, name: str) -> str:
        """Return a reference to an issue: its id, or its question if that is on file."""
        record = dossier.issues.get(name)
        return name if self.ids or not record else record.question or name


def notation(dates: str, *, ids: bool) -> Notation:
    """Return the notation with ``long`` or ``iso`` dates. Raises ClaimcliError for another word."""
    written = one_of(dates, ("iso", "long"), "way to write dates")
    return Notation(long_dates=written == "long", ids=ids)


ORDINARY = Notation()
"""Dates as in the files, and ids."""
