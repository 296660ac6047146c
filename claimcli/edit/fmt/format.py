"""The canonical form of a file's text, which says the same with the same comments."""

from collections import Counter

import yaml

from claimcli.core.problems import Span
from claimcli.edit.fmt.commented_parser import parse_documents
from claimcli.edit.fmt.comments import BLANK
from claimcli.edit.fmt.document import Reordering, document_lines, format_record
from claimcli.edit.fmt.equivalence import Meaning, meaning
from claimcli.edit.fmt.styled_nodes import CannotFormatError, Slot
from claimcli.syntax.errors import LINE_BREAK


def canonical_form(text: str, *, keep_order: bool = False) -> str:
    """Return the canonical form of a text; ``keep_order`` leaves claims in their order.

    A line end of CR and LF stays if the first is one. Where an id stands twice and what stands
    first would be another, nothing changes its place. The form is its own canonical form, has the
    same comments, and says the same: that is made sure of each time. Raises CannotFormatError
    where the text is no YAML, is none that claimcli reads, or has no such form.
    """
    for how in (Reordering(claims=not keep_order), Reordering(claims=False, rest=False)):
        written, comments = _written(text, how)
        result = written.replace("\n", _line_end(text))
        if result == text or _says(written, comments, how, meaning(text)):
            return result
    raise CannotFormatError("this cannot be written anew and say the same", Span(""))


def _says(written: str, comments: Counter[str], how: Reordering, what: Meaning) -> bool:
    """Return whether a form is its own form, has the comments, and says what it is to say."""
    try:
        return _written(written, how) == (written, comments) and meaning(written) == what
    except CannotFormatError:  # what was read is not what was written
        return False


def _line_end(text: str) -> str:
    found = LINE_BREAK.search(text)
    return "\r\n" if found and found[0] == "\r\n" else "\n"


def _written(text: str, how: Reordering) -> tuple[str, Counter[str]]:
    """Return a text written anew, its lines ending in line feeds, and its comments."""

    def finished(slot: Slot, section: str, free: bool) -> None:  # noqa: FBT001 - called by the parser
        format_record(slot, section, free and how.rest)

    try:
        found, comments = parse_documents(text, finished)
    except yaml.YAMLError:
        meaning(text)  # knows where it is no YAML, and why
        raise CannotFormatError("this is no YAML", Span("")) from None
    lines: list[str] = []
    for number, document in enumerate(found):
        lines += document_lines(document, how, first=not number)
    while lines and lines[-1] == BLANK:
        lines.pop()
    return "".join(f"{line}\n" for line in lines), comments
