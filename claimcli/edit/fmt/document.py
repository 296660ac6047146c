"""Formats documents: sections and records in their order, with empty lines between them."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from msgspec import Struct

from claimcli.core.problems import Span
from claimcli.edit.fmt.comments import BLANK, normalize_blanks
from claimcli.edit.fmt.emit import INDENT, inline_scalar, is_comment, slot_lines
from claimcli.edit.fmt.key_order import SECTIONS, claim_time, sort_by_time, sort_slots
from claimcli.edit.fmt.styled_nodes import (
    CannotFormatError,
    Collection,
    FormattedRecord,
    Slot,
    YamlDocument,
)
from claimcli.syntax.edit.values import MAX_COMPACT_LINES

_FOR_EDITORS = ("# yaml-language-server:", "# -*-", "# vim:", "# vi:", "#!")
"""Beginnings of comments that editors look for in the first lines of a file."""


class Reordering(Struct, frozen=True):
    """Whether claims are sorted, and whether sections and keys are."""

    claims: bool = True
    rest: bool = True


class _Group(Struct):
    """Records that are sorted together; ``head`` are comments followed by an empty line."""

    head: list[str]
    slots: list[Slot]


def format_record(slot: Slot, section: str, free: bool) -> None:  # noqa: FBT001 - called by the parser
    """Replace a record in its slot by its formatted lines; its keys are sorted if ``free``."""
    node, lead, slot.lead = slot.node, slot.lead, []
    lines = slot_lines(slot, INDENT, SECTIONS.get(section, "") if free else "")
    above = [comment.strip() for comment in takewhile(is_comment, lines)]
    slot.lead, slot.beside = [*lead, *above], []
    said = claim_time(node) if section == "claims" and isinstance(node, Collection) else None
    slot.node = FormattedRecord(lines[len(above) :], said)


def document_lines(document: YamlDocument, how: Reordering, *, first: bool) -> list[str]:
    """Return the lines of a document; if it uses anchors, nothing is sorted.

    Raises CannotFormatError if it has top-level keys, but no section of a dossier.
    """
    foot, beside = document.foot, document.beside
    lines = normalize_blanks(document.before)
    if document.explicit or not first:
        lines += ["  ".join(["---", *beside[:1]]), *beside[1:]]
    else:
        foot = [*beside, *foot]
    top = document.top
    if top is None:
        return [*lines, *normalize_blanks(foot)]
    slots = _known(top)
    if not slots:
        lines.append("{}")
    if document.anchored:
        how = Reordering(claims=False, rest=False)
    lines += _split_head(slots, first=first)
    for number, slot in enumerate(sort_slots(slots, "top") if how.rest else slots):
        lines += [BLANK] * bool(number) + _section_lines(slot, moving=how.claims)
    foot = normalize_blanks([*top.foot, *foot])
    return [*lines, BLANK, *foot] if foot else lines


def _known(top: Collection) -> list[Slot]:
    if top.slots and not any(slot.key and slot.key.text in SECTIONS for slot in top.slots):
        reason = f"not a file of a dossier: it has none of the keys {', '.join(SECTIONS)}"
        raise CannotFormatError(reason, Span(""))
    return top.slots


def _split_head(slots: Sequence[Slot], *, first: bool) -> list[str]:
    """Remove the comments about the whole file from the first section, and return them.

    Those are the comments followed by an empty line, and those for editors.
    """
    if not slots:
        return []
    lead = slots[0].lead
    for_editors = [*takewhile(lambda line: line.startswith(_FOR_EDITORS), lead)] if first else []
    end = max(len(for_editors), _after_last_blank(lead))
    slots[0].lead = lead[end:]
    return lead[:end]


def _after_last_blank(lines: Sequence[str]) -> int:
    return max((number for number, line in enumerate(lines, 1) if line == BLANK), default=0)


def _section_lines(slot: Slot, *, moving: bool) -> list[str]:
    node, key = slot.node, slot.key
    if not isinstance(node, Collection) or node.keyed or not node.slots or key is None:
        lead, slot.lead = slot.lead, []
        return [*lead, *slot_lines(slot, 0, "")]
    anchor = f" &{node.anchor}" if node.anchor else ""
    head = "  ".join([f"{inline_scalar(key, flow=True)}:{anchor}", *slot.beside[:1]])
    groups = _groups(node.slots)
    if key.text == "claims" and moving:
        for group in groups:
            group.slots = sort_by_time(group.slots, lambda slot: _formatted(slot).said)
    apart = [BLANK] * (node.foot[:1] == [BLANK])
    records = [*_record_lines(groups), *apart, *_indented(normalize_blanks(node.foot))]
    return [*slot.lead, *slot.beside[1:], head, *records]


def _indented(comments: Sequence[str]) -> list[str]:
    return [" " * INDENT + comment if comment else BLANK for comment in comments]


def _groups(slots: Sequence[Slot]) -> list[_Group]:
    groups = [_Group([], [])]
    for slot in slots:
        end = _after_last_blank(slot.lead)
        if end:
            groups.append(_Group(slot.lead[:end], []))
            slot.lead = slot.lead[end:]
        groups[-1].slots.append(slot)
    return groups


def _record_lines(groups: Sequence[_Group]) -> Iterator[str]:
    """Yield the lines of a section's records, with an empty line next to long ones."""
    started = large = False
    for group in groups:
        if group.head:
            yield from [BLANK] * started
            yield from _indented(group.head)
            started = large = False
        for slot in group.slots:
            lines = _formatted(slot).lines
            was_large, large = large, len(lines) > MAX_COMPACT_LINES
            yield from [BLANK] * (started and (large or was_large))
            yield from _indented(slot.lead)
            yield from lines
            started = True


def _formatted(slot: Slot) -> FormattedRecord:
    return slot.node if isinstance(slot.node, FormattedRecord) else FormattedRecord([])
