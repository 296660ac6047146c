"""Edits that leave a file in the form in which they found it: a formatted file stays formatted."""

from collections.abc import Callable

from claimcli.edit.fmt.format import canonical_form, is_canonical
from claimcli.edit.fmt.styled_nodes import CannotFormatError
from claimcli.edit.record_edits import EditedText, find_record, parse
from claimcli.syntax.edit.values import WIDTH
from claimcli.syntax.events import LINE_BREAK


def keep_canonical(
    edit: Callable[[str], EditedText], changes_layout: Callable[[str, str], bool] = str.__ne__
) -> Callable[[str], EditedText]:
    """Return an edit that formats its result as ``fmt`` does, if the text was formatted before.

    A text in another style keeps it, except in the place of the edit; the order of the claims of a
    text that is formatted but for their order stays as well. ``changes_layout`` says of a text
    before and after the edit whether its layout can be another one, so that it must be formatted.
    """

    def canonical_edit(text: str) -> EditedText:
        edited = edit(text)
        for keep_order in (False, True) if changes_layout(text, edited.text) else ():
            if is_canonical(text, keep_order=keep_order):
                return _formatted(edited, keep_order=keep_order)
        return edited

    return canonical_edit


def has_other_lengths(before: str, after: str) -> bool:
    """Return whether other words of one line can change the layout of a formatted text.

    They cannot if lines become longer and still fit.
    """
    old, new = LINE_BREAK.split(before), LINE_BREAK.split(after)
    return len(old) != len(new) or any(
        len(line) > WIDTH or len(line) < len(above)
        for above, line in zip(old, new, strict=True)
        if above != line
    )


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
