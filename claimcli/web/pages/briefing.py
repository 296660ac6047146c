"""The briefing of the selected claims, as ``export`` writes it."""

from collections.abc import Iterable, Mapping

from claimcli.analysis.briefing import briefing, with_notation
from claimcli.core.notation import Notation
from claimcli.core.problems import ClaimcliError
from claimcli.core.query import Request, Scope
from claimcli.core.query_parser import parse_query
from claimcli.dossier.runtime import install_hint, missing_modules
from claimcli.formats.documents.blocks import DocumentOptions
from claimcli.formats.export import export, find_template
from claimcli.web.page import Document, NoSuchPageError, PageRequest
from claimcli.web.reader import Reader

_MEDIA_TYPES = {
    "html": "text/html",
    "md": "text/markdown",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
DOWNLOADS: Mapping[str, tuple[str, str]] = {"pdf": ("PDF", "pdf"), "docx": ("Word", "word")}
"""The name of each format that needs an extra, and the extra."""


def downloads() -> tuple[tuple[str, str], ...]:
    """Return the formats that need an extra which is installed, with their names."""
    return tuple(
        (form, name) for form, (name, extra) in DOWNLOADS.items() if not missing_modules(extra)
    )


def document(request: PageRequest) -> Document:
    """Return the briefing in the format that the address names.

    Raises ClaimcliError, as ``export`` does, if it would have gaps or quotes that are not in their
    texts.
    """
    form = request.ids["form"]
    _require(form)
    wanted = Request(query=parse_query(request.query), scope=Scope.ISSUES, opposition=True)
    decided = request.static  # when the site was requested: what is refused, and what is left out
    made = briefing(request.reader.read(wanted), internal=decided)
    layout = DocumentOptions()
    if form in DOWNLOADS:
        made = with_notation(made, Notation(long_dates=True))
        layout = DocumentOptions(revision=request.reader.revision())
    try:
        written = export(made, find_template("briefing", form), force=decided, layout=layout)
    except ClaimcliError as error:  # an option of the command does not help in a browser
        hint = error.hint.partition(", or add --force")[0]
        raise ClaimcliError(error.message, hint, code=error.code) from None
    return Document(media_type=_MEDIA_TYPES[form], content=written.content)


def _require(form: str) -> None:
    """Raise NoSuchPageError if there is no briefing in a format, or its extra is not installed."""
    if form not in _MEDIA_TYPES:
        listed = ", ".join(f"briefing.{name}" for name in _MEDIA_TYPES)
        raise NoSuchPageError(f"no briefing in the format '{form}'", f"there are {listed}")
    if form in DOWNLOADS and form not in dict(downloads()):
        name, extra = DOWNLOADS[form]
        raise NoSuchPageError(f"a briefing as {name} needs a library", install_hint(extra))


def forms(reader: Reader) -> Iterable[tuple[str, ...]]:
    """Return the formats of the briefing in a site, which does not depend on what is installed."""
    del reader
    return (("html",),)
