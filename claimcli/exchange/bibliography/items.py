"""Items of CSL-JSON: the properties of the schema, and what other formats add to them.

The schema is https://resource.citationstyles.org/schema/v1.0/input/json/csl-data.json.
"""

from collections.abc import Mapping, Sized
from pathlib import Path
from typing import Any

from msgspec import Struct

from claimcli.core.problems import ClaimcliError
from claimcli.exchange.records import Loss

MAX_ITEMS = 100_000
"""Items of a file."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TYPES = _words(
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic"
    " collection dataset document entry entry-dictionary entry-encyclopedia event figure graphic"
    " hearing interview legal_case legislation manuscript map motion_picture musical_score pamphlet"
    " paper-conference patent performance periodical personal_communication post post-weblog"
    " regulation report review review-book software song speech standard thesis treaty"
    " webpage"
)
NAMES = _words(
    "author chair collection-editor compiler composer container-author contributor curator director"
    " editor editorial-director executive-producer guest host interviewer illustrator narrator"
    " organizer original-author performer producer recipient reviewed-author script-writer"
    " series-creator translator"
)
DATES = _words("accessed available-date event-date issued original-date submitted")
TEXTS = _words(
    "citation-key language journalAbbreviation shortTitle abstract annote archive"
    " archive_collection archive_location archive-place authority call-number chapter-number"
    " citation-number citation-label collection-number collection-title container-title"
    " container-title-short dimensions division DOI edition event event-title event-place"
    " first-reference-note-number genre ISBN ISSN issue jurisdiction keyword locator medium number"
    " number-of-pages number-of-volumes original-publisher original-publisher-place original-title"
    " page page-first part part-title PMCID PMID printing publisher publisher-place references"
    " reviewed-genre reviewed-title scale section source status supplement title title-short URL"
    " version volume volume-title volume-title-short year-suffix"
)

OUTLETS = {
    "publisher": "book classic collection dataset document manuscript map motion_picture pamphlet"
    " report software song standard thesis",
    "event-title": "event performance speech",
    "authority": "bill hearing legal_case legislation patent regulation treaty",
}
_OUTLET_BY_TYPE = {type_: name for name, types in OUTLETS.items() for type_ in types.split()}
DATE_FIELDS = {"issued": "published", "accessed": "accessed"}
TEXT_FIELDS = {"title": "title", "URL": "url", "language": "language"}


class CslItem(Struct, frozen=True):
    """An item with the properties of CSL-JSON, and its place in a file.

    ``lines`` are texts for the note that no property expresses; ``cells`` the places of properties;
    ``losses`` what the conversion to an item did not keep.
    """

    properties: Mapping[str, Any]
    where: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    cells: Mapping[str, str] = {}
    losses: tuple[Loss, ...] = ()


def outlet_property(type_: str) -> str:
    """Return the property that has the outlet of an item of a type."""
    return _OUTLET_BY_TYPE.get(type_, "container-title")


def default_type(url: object) -> str:
    """Return the type of a source of which no type is known."""
    return "webpage" if url else "document"


def refuse_too_many(file: Path, items: Sized) -> None:
    """Raise ClaimcliError if a file has more items than are read."""
    if len(items) > MAX_ITEMS:
        message = f"{file.name} has more than {MAX_ITEMS:,} items"
        raise ClaimcliError(message, "export collections of it one by one")
