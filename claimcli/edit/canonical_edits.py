"""Edits that leave a file in the form in which they found it: a formatted file stays formatted."""

from collections.abc import Callable

from claimcli.edit.fmt.format import canonical_form, is_canonical
from claimcli.edit.fmt.styled_nodes import CannotFormatError
from claimcli.edit.record_edits import EditedText, find_record, parse


def keep_canonical(edit: Callable[[str], EditedText]) -> Callable[[str], EditedText]:
    """Return an edit that formats its result as ``fmt`` does, if the text was formatted before.

    A text in another style keeps it, except in the place of the edit; the order of the claims of a
    text that is formatted but for their order stays as well.
    """

    def canonical_edit(text: str) -> EditedText:
        edited = edit(text)
        for keep_order in (False, True):
            if edited.text != text and is_canonical(text, keep_order=keep_order):
                return _formatted(edited, keep_order=keep_order)
        return edited

    return canonical_edit


def _formatted(edited: EditedText, *, keep_order: bool) -> EditedText:
    try:
        text = canonical_form(edited.text, keep_order=keep_order)
    except CannotFormatError:
        return edited
    if text == edited.text:
        return edited
    parsed, record = parse(text), edited.record
    if record:
        record = find_record(parsed, type(record).__name__.lower(), record.id).record
    return EditedText(text, record, parsed.readings)
