"""The canonical form of a file's text, which says the same with the same comments."""

from collections import Counter

import yaml

from claimcli.canonical.comments import BLANK
from claimcli.canonical.meaning import meaning
from claimcli.canonical.page import document_lines, finish
from claimcli.canonical.parsing import documents
from claimcli.canonical.tree import LeftAsItStandsError
from claimcli.problems import Span
from claimcli.yamltext import LINE_BREAK


def canonical_form(text: str, *, keep_order: bool = False) -> str:
    """Return the canonical form of a text; ``keep_order`` leaves claims in their order.

    Line ends stay what the first is. The form is its own canonical form, has the same comments, and
    says the same: that is made sure of each time. Raises LeftAsItStandsError where the text is no
    YAML, is none that claimcli reads, or has no such form.
    """
    written, comments = _written(text, keep_order=keep_order)
    result = written.replace("\n", _line_end(text))
    if result == text:
        return text
    again, kept = _written(written, keep_order=keep_order)
    if again != written or kept != comments or meaning(text) != meaning(written):
        raise LeftAsItStandsError("this cannot be written anew and say the same", Span(""))
    return result


def _line_end(text: str) -> str:
    found = LINE_BREAK.search(text)
    return "\r\n" if found and found[0] == "\r\n" else "\n"


def _written(text: str, *, keep_order: bool) -> tuple[str, Counter[str]]:
    """Return a text written anew, its lines ending in line feeds, and its comments."""
    try:
        found, comments = documents(text, finish)
    except yaml.YAMLError:
        meaning(text)  # knows where it is no YAML, and why
        raise LeftAsItStandsError("this is no YAML", Span("")) from None
    lines: list[str] = []
    for number, document in enumerate(found):
        lines += document_lines(document, first=not number, keep_order=keep_order)
    while lines and lines[-1] == BLANK:
        lines.pop()
    return "".join(f"{line}\n" for line in lines), comments
