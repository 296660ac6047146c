"""The briefing of the selected claims, as ``export`` writes it."""

from collections.abc import Iterable

from claimcli.analysis.briefing import briefing
from claimcli.core.problems import ClaimcliError
from claimcli.core.query import Request, Scope
from claimcli.core.query_parser import parse_query
from claimcli.formats.export import export, find_template
from claimcli.web.page import Document, NoSuchPageError, PageRequest
from claimcli.web.reader import Reader

_MEDIA_TYPES = {"html": "text/html", "md": "text/markdown"}


def document(request: PageRequest) -> Document:
    """Return the briefing in the format that the address names.

    Raises ClaimcliError, as ``export`` does, if it would have gaps or quotes that are not in their
    texts.
    """
    form = request.ids["form"]
    if form not in _MEDIA_TYPES:
        listed = ", ".join(f"briefing.{name}" for name in _MEDIA_TYPES)
        raise NoSuchPageError(f"no briefing in the format '{form}'", f"there are {listed}")
    wanted = Request(query=parse_query(request.query), scope=Scope.ISSUES, opposition=True)
    decided = request.static  # when the site was requested: what is refused, and what is left out
    made = briefing(request.reader.read(wanted), internal=decided)
    try:
        written = export(made, find_template("briefing", form), force=decided)
    except ClaimcliError as error:  # an option of the command does not help in a browser
        hint = error.hint.partition(", or add --force")[0]
        raise ClaimcliError(error.message, hint, code=error.code) from None
    return Document(media_type=_MEDIA_TYPES[form], content=written.content)


def forms(reader: Reader) -> Iterable[tuple[str, ...]]:
    """Return the formats of the briefing in a site."""
    del reader
    return (("html",),)
