"""The lines of a record extracted from YAML text for an editor, and replaced afterwards."""

import re
from collections.abc import Sequence
from textwrap import dedent

from msgspec import Struct

from claimcli.core.problems import ClaimcliError
from claimcli.edit.anchors import refuse_aliased
from claimcli.edit.record_edits import (
    EditedText,
    InvalidEditError,
    cannot_edit,
    content_with,
    edited_text,
    find_record,
    parse,
    path_at,
    refuse_id_changes,
)
from claimcli.syntax.edit.splices import (
    Splice,
    apply_splices,
    column,
    insert_below,
    line_break_at,
    line_start,
    rest_of_line,
)
from claimcli.syntax.edit.tree import Tree, nodes
from claimcli.syntax.events import LINE_BREAK, lines_with_ends


class RecordExcerpt(Struct, frozen=True):
    """The lines of a record (``raw``), and the same lines without their indent (``shown``).

    ``line`` is the number of the first line, ``indent`` the indent removed from the others; ``odd``
    maps lines with a smaller indent, mostly comments, from shown to raw.
    """

    raw: str
    shown: str
    line: int
    indent: int
    odd: dict[str, str]


def extract_record(text: str, kind: str, name: str) -> RecordExcerpt:
    """Return the lines of a record. Raises ClaimcliError as :mod:`claimcli.edit.record_edits`."""
    target = find_record(parse(text), kind, name)
    start, end = _bounds(text, target.mapping)
    raw = text[start:end]
    first, *rest = LINE_BREAK.split(raw)
    indent = column(text, start)
    space = " " * indent
    odd = {line.lstrip(" "): line for line in rest if line.strip() and not line.startswith(space)}
    lines = [first]
    for line in rest:
        lines.append(line.removeprefix(space) if line.startswith(space) else line.lstrip(" "))
    return RecordExcerpt(raw, "\n".join(lines) + "\n", target.mapping.at[0], indent, odd)


def replace_record(
    text: str, kind: str, name: str, excerpt: RecordExcerpt, shown: str
) -> EditedText:
    """Replace the lines of a record by those saved in an editor.

    Raises ClaimcliError if the record was changed meanwhile, or if another record would change.
    """
    before = parse(text)
    target = find_record(before, kind, name)
    start, end = _bounds(text, target.mapping)
    if text[start:end] != excerpt.raw:
        raise ClaimcliError(f"'{name}' was changed meanwhile", "edit it again")
    outside = before.nodes(outside=target.mapping)
    refuse_aliased(outside, [*target.path, *nodes(target.mapping)])
    ending = line_break_at(text, start)
    above, shown = _split_comments(shown, flow=target.mapping.flow)
    raw = _raw(shown, excerpt, ending)
    if not raw.strip():
        raise ClaimcliError(f"'{name}' would be removed", "remove it by hand")
    heading = _above(text, start, above, ending)
    after = parse(apply_splices(text, [*heading, (start, end, raw)]), InvalidEditError)
    if [tree.kind for tree in after.trees] != [tree.kind for tree in before.trees]:
        raise cannot_edit(name)
    line, place = target.mapping.at
    own = path_at(after.trees, (line + len(above), place))[-1]
    others = content_with(before, {id(target.mapping): None})
    if others != content_with(after, {id(own): None}):
        raise cannot_edit(name)
    refuse_id_changes(before, after, [target.mapping], [own])
    return edited_text(after, own)


def _bounds(text: str, mapping: Tree) -> tuple[int, int]:
    """Return the offsets of the start and end of a record, including its comments."""
    if mapping.flow:
        return mapping.start, mapping.end
    end, _, _ = insert_below(text, mapping.end, (), deeper_than=column(text, mapping.start) - 1)
    return mapping.start, end if rest_of_line(text, end) == "" else mapping.end


def _split_comments(shown: str, *, flow: bool) -> tuple[list[str], str]:
    """Return the comments above the first key, and the rest without a common indent.

    In a flow mapping, comments stay where they are.
    """
    lines = lines_with_ends(shown)
    first = next((n for n, line in enumerate(lines) if line.strip() and line.lstrip()[0] != "#"), 0)
    if flow:
        return [], shown
    above = [line.strip() for line in lines[:first] if line.strip()]
    rest = "".join(lines[first:])
    return above, dedent(rest) if rest.startswith(" ") else rest


def _above(text: str, start: int, comments: Sequence[str], ending: str) -> list[Splice]:
    """Insert comments above the line on which a record of a list begins."""
    if not comments:
        return []
    begin = line_start(text, start)
    dash = re.fullmatch(r"( *)- +", text[begin:start])
    if dash is None:
        raise cannot_edit("the record")
    return [(begin, begin, "".join(f"{dash[1]}{comment}{ending}" for comment in comments))]


def _raw(shown: str, excerpt: RecordExcerpt, ending: str) -> str:
    """Return lines from an editor with the indent of the record."""
    if shown == excerpt.shown:
        return excerpt.raw
    first, *rest = LINE_BREAK.split(shown.rstrip())
    space = " " * excerpt.indent
    lines = (excerpt.odd.get(line, f"{space}{line}" if line else "") for line in rest)
    return ending.join([first, *lines])
