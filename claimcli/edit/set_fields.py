"""Fields of a record set, extended and removed in YAML text; everything else stays."""

import unicodedata
from collections.abc import Mapping, Sequence

import yaml

from claimcli.core.problems import ClaimcliError
from claimcli.core.records import Claim, Record, Source
from claimcli.core.schema import CITATION, RECORD_KINDS, RESPONSE
from claimcli.core.text.suggestions import did_you_mean
from claimcli.edit.anchors import refuse_aliased, refuse_list_alias
from claimcli.edit.assignments import Assignment
from claimcli.edit.citations import CITED
from claimcli.edit.record_edits import (
    Edit,
    EditedText,
    RecordNode,
    bare_content,
    cannot_edit,
    check_edit,
    content_with,
    edited_text,
    find_record,
    find_records,
    parse,
    path_at,
    refuse_id_changes,
    value_content,
)
from claimcli.syntax.edit.entries import remove_entry, set_entry
from claimcli.syntax.edit.lists import append_items, remove_item
from claimcli.syntax.edit.splices import apply_splices
from claimcli.syntax.edit.tree import (
    Content,
    Tree,
    compose_at,
    content,
    nodes,
    without_anchor,
)
from claimcli.syntax.edit.values import Value, inline


def set_fields(text: str, kind: str, name: str, wanted: Sequence[Assignment]) -> EditedText:
    """Make assignments to fields of a record, one after another.

    The file is parsed once before and once after all edits; between two assignments only the
    record is. Raises ClaimcliError as :mod:`claimcli.edit.record_edits` does, and if a value to
    remove is not in the list.
    """
    before = parse(text)
    target = find_record(before, kind, name)
    others = [node for node in before.nodes(outside=target.mapping) if node.kind == "alias"]
    text, expected = _assign(text, target, others, wanted)
    documents = content_with(before, {id(target.mapping): without_anchor(expected)})
    after = check_edit(before, text, documents, what=name)
    own = path_at(after.trees, target.mapping.at)[-1]
    refuse_id_changes(before, after, [target.mapping], [own])
    return edited_text(after, own)


def set_fields_of_records(
    text: str, wanted: Mapping[tuple[str, str], Sequence[Assignment]]
) -> EditedText:
    """Make assignments to fields of several records, given by kind and id, as :func:`set_fields`.

    Raises IdChangeError if an id, which may be derived from a party, would become another one.
    """
    before = parse(text)
    others = [node for node in before.nodes() if node.kind == "alias"]
    expected: dict[int, Content] = {}
    for target in reversed(find_records(before, wanted)):  # so that offsets before it stay
        mapping = target.mapping
        if expected:
            mapping = compose_at(text, mapping.start) or mapping
        moved = RecordNode(before, [*target.path[:-1], mapping], target.record)
        key = (type(target.record).__name__.lower(), target.record.id)
        text, content_after = _assign(text, moved, others, wanted[key])
        expected[id(target.mapping)] = without_anchor(content_after)
    after = check_edit(before, text, content_with(before, expected), what="the file")
    refuse_id_changes(before, after, (), (), derived_sources=False)
    return EditedText(text, None, after.readings)


def _assign(
    text: str, target: RecordNode, others: Sequence[Tree], wanted: Sequence[Assignment]
) -> tuple[str, Content]:
    """Return a text with assignments made to a record, and the record's content; given aliases."""
    mapping, order = target.mapping, _order(target.record)
    expected = content(mapping)
    for number, given in enumerate(wanted):
        if number:
            mapping = _parse_record(text, mapping, expected, what=target.record.id)
        one = _with_reports(mapping, given)
        parent, field = _resolve_path(mapping, one)
        entry = parent.entry(field) or ()
        if entry and one.sign != "=":
            refuse_list_alias(target.parsed.nodes(), entry[1], field)
        changed = [*target.path[:-1], mapping, parent, *entry]
        refuse_aliased([*others, *nodes(mapping)], changed)
        edit = _edit(text, parent, Assignment((field,), one.sign, one.value), order)
        text = apply_splices(text, edit.splices)
        expected = content(mapping, edit.expected)
    return text, expected


def _parse_record(text: str, record: Tree, expected: Content, *, what: str) -> Tree:
    """Return the new tree of a record whose text was edited."""
    try:
        tree = compose_at(text, record.start)
    except yaml.YAMLError:
        tree = None
    if tree is None or content(tree) != expected:
        raise cannot_edit(what)
    return tree


def _order(record: Record) -> Sequence[str]:
    if isinstance(record, Claim):
        return RESPONSE.names
    if isinstance(record, Source):
        return CITATION.names
    return RECORD_KINDS[type(record).__name__.lower()].names


def _with_reports(mapping: Tree, one: Assignment) -> Assignment:
    """Return an assignment that creates ``reports`` if a field of it is set and it is missing."""
    if one.path[0] != "reports" or len(one.path) < 2 or one.sign != "=" or one.value is None:
        return one
    if mapping.entry("reports") is not None:
        return one
    return Assignment(("reports",), "=", {one.path[-1]: one.value})


def _resolve_path(mapping: Tree, one: Assignment) -> tuple[Tree, str]:
    """Return the mapping that contains a field, and the name of the field in it."""
    first, *more = one.path
    if first in CITED and mapping.entry(first) is None:
        other = CITED[first == "source"]
        first = other if mapping.entry(other) and (more or one.sign != "+=") else first
    if not more:
        return mapping, first
    *number, field = more
    entry = mapping.entry(first)
    if entry is None:
        raise ClaimcliError(f"there is no '{first}' yet", f"write {first}=...")
    value = entry[1]
    if value.kind == "sequence":
        value = _numbered(value, first, number)
    elif number and number != ["1"]:
        raise ClaimcliError(f"there is only one '{first}'", f"write {first}.{field}=...")
    return value, field


def _numbered(items: Tree, name: str, number: Sequence[str]) -> Tree:
    count = len(items.children)
    if not number and count > 1:
        message = f"'{name}' has {count} items"
        raise ClaimcliError(message, f"select one by its number, as in {name}.1.quote=...")
    at = int(number[0]) if number else 1
    if not 1 <= at <= count:
        message = f"'{name}' has {count} items, so there is no number {at}"
        raise ClaimcliError(message, f"use a number from 1 to {count}")
    return items.children[at - 1]


def _edit(text: str, parent: Tree, one: Assignment, order: Sequence[str]) -> Edit:
    (field,) = one.path
    if parent.kind != "mapping":
        return _expand_id(parent, one)
    entry = parent.entry(field)
    if one.sign == "+=" and one.value is not None:
        return _add(text, parent, field, one.value, order)
    if one.sign == "-=" and one.value is not None:
        return _subtract(text, parent, field, one.value)
    if one.value is not None:
        return _set(text, parent, field, one.value, order)
    return Edit([], {}) if entry is None else _remove(text, parent, field)


def _expand_id(parent: Tree, one: Assignment) -> Edit:
    """Replace an id by a mapping of the id and another field."""
    (field,) = one.path
    own = "claim" if field in ("claim", "kind") else "id"
    if parent.kind != "scalar" or one.value is None or one.sign != "=":
        raise ClaimcliError(f"'{parent.text}' has no field '{field}'", "name a field that it has")
    value = {own: parent.text, field: one.value}
    return Edit([(parent.start, parent.end, inline(value))], {id(parent): value_content(value)})


def _set(text: str, parent: Tree, field: str, value: Value, order: Sequence[str]) -> Edit:
    entry = parent.entry(field)
    if entry and bare_content(entry[1]) == value_content(value):
        return Edit([], {})
    splices = set_entry(text, parent, field, value, order)
    meant = value_content(value)
    if entry and entry[1].anchor and entry[1].kind != "alias":
        meant = ("&", entry[1].anchor, meant)
    return Edit(splices, {id(parent): {**bare_content(parent), field: meant}})


def _remove(text: str, parent: Tree, field: str) -> Edit:
    if len(parent.entries) < 2:
        raise ClaimcliError(f"'{field}' is the only field here", "remove the whole record")
    meant = {key: value for key, value in bare_content(parent).items() if key != field}
    return Edit(remove_entry(text, parent, field), {id(parent): meant})


def _add(text: str, parent: Tree, field: str, value: Value, order: Sequence[str]) -> Edit:
    entry = parent.entry(field)
    if entry is None or entry[1].is_empty:
        alone = field in ("party", "source", "responds_to")
        return _set(text, parent, field, value if alone else [value], order)
    items = entry[1]
    if items.kind == "sequence":
        return _append(text, parent, field, value, items)
    if field == "source":
        return _add_source(text, parent, value, order)
    return _add_second(text, parent, field, value, items, order)


def _add_second(  # noqa: PLR0913, PLR0917 - what to add, and where
    text: str, parent: Tree, field: str, value: Value, items: Tree, order: Sequence[str]
) -> Edit:
    """Make a list of a field's one value and another, unless they are equal."""
    if bare_content(items) == value_content(value):
        return Edit([], {})
    if items.style in ("|", ">"):
        return _set(text, parent, field, [items.text.strip(), value], order)
    if items.anchor:
        raise cannot_edit(field)
    if items.kind == "mapping" and not items.flow:
        return _set(text, parent, field, [_plain_record(text, items, field), value], order)
    both = [(items.start, items.start, "["), (items.end, items.end, f", {inline(value, field)}]")]
    return Edit(both, {id(items): [content(items), value_content(value)]})


def _plain_record(text: str, record: Tree, field: str) -> dict[str, str]:
    """Return the texts of a record. Raises ClaimcliError if it has more, such as comments."""
    plain = all(value.kind == "scalar" and not value.anchor for _, value in record.entries)
    if not plain or "#" in text[record.start : record.end]:
        raise cannot_edit(field)
    return {key.text: value.text.strip() for key, value in record.entries}


def _add_source(text: str, parent: Tree, value: Value, order: Sequence[str]) -> Edit:
    """Add a source to the list ``sources``, next to the one in ``source``."""
    if parent.entry("sources") is None:
        return _set(text, parent, "sources", [value], order)
    return _add(text, parent, "sources", value, order)


def _append(text: str, parent: Tree, field: str, value: Value, items: Tree) -> Edit:
    if _composed(value_content(value)) in map(_composed, bare_content(items)):
        return Edit([], {})
    if not items.children:
        return _set(text, parent, field, [value], ())
    meant = {id(items): [*bare_content(items), value_content(value)]}
    return Edit(append_items(text, items, [value], field), meant)


def _subtract(text: str, parent: Tree, field: str, value: Value) -> Edit:
    entry = parent.entry(field)
    items = entry[1].children if entry and entry[1].kind == "sequence" else []
    values = [*items] or ([entry[1]] if entry else [])
    names = [_name(_composed(content(item))) for item in values]
    wanted = _name(_composed(value_content(value)))
    if wanted not in names:
        hint = did_you_mean(
            wanted, names, f"its values are {', '.join(names)}" if names else "it is empty"
        )
        raise ClaimcliError(f"no '{wanted}' in '{field}'", hint)
    if len(values) == 1 or entry is None:
        return _remove(text, parent, field)
    at = names.index(wanted)
    rest = [value for n, value in enumerate(bare_content(entry[1])) if n != at]
    return Edit(remove_item(text, entry[1], at), {id(entry[1]): rest})


def _composed(item: Content) -> Content:
    """Return content with its texts in Unicode normal form C, to compare it."""
    if isinstance(item, str):
        return unicodedata.normalize("NFC", item)
    if isinstance(item, dict):
        return {key: _composed(value) for key, value in item.items()}
    return type(item)(map(_composed, item)) if isinstance(item, list | tuple) else item


def _name(item: Content) -> str:
    """Return the name of an item of a list: its id or title, or its text."""
    if isinstance(item, tuple):
        return _name(item[-1])
    if isinstance(item, dict):
        return str(
            next((item[key] for key in ("id", "claim", "title", "party") if key in item), "")
        )
    return ", ".join(map(_name, item)) if isinstance(item, list) else str(item)
