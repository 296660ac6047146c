"""Records in YAML text added and changed, with every other character left as it stands.

Each function takes the text of one file and returns what it is to be. The result is read back: all
of it must say what it said before, but for the one thing that was meant. Raises ClaimcliError where
that cannot be had, where the new values are none, or where the text has errors already.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import yaml
from msgspec import Struct

from claimcli.core.problems import ClaimcliError, ExitCode, Problem, Severity
from claimcli.core.records import Claim, Event, Issue, Party, Record, Source
from claimcli.core.schema import RECORD_KINDS, RESPONSE
from claimcli.dossier.reader import Reading, read_text
from claimcli.syntax.edit.lists import append_to_key, append_to_section
from claimcli.syntax.edit.splices import Splice, all_comments, apply_splices
from claimcli.syntax.edit.tree import (
    Content,
    Tree,
    alias_names,
    compose,
    content,
    mappings,
    path_to,
)
from claimcli.syntax.edit.values import Value

BY_HAND = "write it by hand"
KINDS: dict[str, type] = {
    "claim": Claim,
    "party": Party,
    "source": Source,
    "issue": Issue,
    "event": Event,
}


class ParsedText(Struct, frozen=True):
    """A text that was read without errors: its records, and the tree of each document."""

    text: str
    readings: list[Reading]
    tops: list[Tree]

    @property
    def records(self) -> list[Record]:
        """All records, in the order of the file."""
        return [record for reading in self.readings for record in reading.records]


class RecordNode(Struct, frozen=True):
    """Where a record stands in a text: the way down to its mapping."""

    read: ParsedText
    path: list[Tree]
    record: Record

    @property
    def mapping(self) -> Tree:
        """The record's own mapping."""
        return self.path[-1]


class Edit(Struct, frozen=True):
    """What is to change: splices, and by ``id()`` of nodes what those are to say then.

    ``more`` is what further documents say.
    """

    splices: list[Splice]
    meant: dict[int, Content]
    more: Sequence[Content] = ()


class EditedText(Struct, frozen=True):
    """A text as it is to be, what is read of it, and the record that was added or changed."""

    text: str
    record: Record
    readings: list[Reading]


class InvalidTextError(ClaimcliError):
    """A text has an error already, which stands in ``problem``."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message, problem.help, code=ExitCode.UNREADABLE)
        self.problem = problem


class InvalidEditError(ClaimcliError):
    """A text would have an error that it has not yet, which stands in ``problem``."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message, problem.help)
        self.problem = problem


class IdChangeError(ClaimcliError):
    """A change by which a record that has no id of its own would be called otherwise."""


def parse(text: str) -> ParsedText:
    """Return what a text holds. Raises InvalidTextError for the first error in it."""
    readings = []
    for reading in read_text(text):
        errors = [p for p in reading.problems if p.severity is Severity.ERROR]
        if errors:
            raise InvalidTextError(min(errors, key=lambda problem: problem.order))
        readings.append(reading)
    return ParsedText(text, readings, compose(text))


def find_record(text: ParsedText, kind: str, name: str) -> RecordNode:
    """Return where the record of a kind and an id stands."""
    found = [r for r in text.records if isinstance(r, KINDS[kind]) and r.id == name]
    if len(found) != 1:
        raise ClaimcliError(f"no single {kind} '{name}' stands there any more", "look at the file")
    return RecordNode(text, path_at(text.tops, found[0].location.record[:2]), found[0])


def path_at(tops: Iterable[Tree], at: tuple[int, int]) -> list[Tree]:
    """Return the way down to the mapping that begins at a place."""
    found = next((way for top in tops if (way := path_to(top, at))), [])
    if not found:
        raise cannot_edit("the record")
    return found


def add_record(text: str, kind: str, record: Mapping[str, Value]) -> EditedText:
    """Add a record at the end of the last list of its kind, and the list if need be."""
    before, section = parse(text), RECORD_KINDS[kind].section
    tops = before.tops
    holding = [n for n, top in enumerate(tops) if top.kind == "mapping" and top.entry(section)]
    number = holding[-1] if holding else len(tops) - 1
    root = tops[number] if tops else None
    splices = append_to_section(text, root, section, record)
    if root is None:
        edit = Edit(splices, {}, more=[{section: [value_content(record)]}])
    else:
        edit = Edit(splices, _with_item(root, section, record))
    after = apply_edit(before, edit, what=kind)
    added = after.tops[number if tops else 0].entry(section)
    return _added(before, after, added)


def add_response(text: str, claim: str, thread: str, record: Mapping[str, Value]) -> EditedText:
    """Add an answer to a claim under it, at the end of its ``rebuttals`` or ``responses``."""
    before = parse(text)
    found = find_record(before, "claim", claim)
    entry = found.mapping.entry(thread)
    refuse_aliased(before.tops, [*found.path, *(entry or ())])
    splices = append_to_key(text, found.mapping, thread, record, RESPONSE.names)
    after = apply_edit(before, Edit(splices, _with_item(found.mapping, thread, record)), what=claim)
    return _added(before, after, path_at(after.tops, found.mapping.at)[-1].entry(thread))


def apply_edit(before: ParsedText, edit: Edit, *, what: str) -> ParsedText:
    """Return a text with an edit made, after making sure that it says what is meant."""
    text, _ = amended(before.text, before.tops, edit, what=what)
    return parse_edited(text)


def amended(text: str, tops: Sequence[Tree], edit: Edit, *, what: str) -> tuple[str, list[Tree]]:
    """Return a text with an edit made and its tree, which says what is meant and nothing else.

    All comments are still there then.
    """
    after = apply_splices(text, edit.splices)
    expected = [*(content(top, edit.meant) for top in tops), *edit.more]
    try:
        became = compose(after)
    except (yaml.YAMLError, RecursionError):
        became = []
    comments = sorted(all_comments(text, tops)), sorted(all_comments(after, became))
    if [content(top) for top in became] != expected or comments[0] != comments[1]:
        raise cannot_edit(what)
    return after, became


def parse_edited(text: str) -> ParsedText:
    """Return what a changed text holds. Raises InvalidEditError for the first error in it."""
    try:
        return parse(text)
    except InvalidTextError as error:
        raise InvalidEditError(error.problem) from None


def refuse_aliased(tops: Iterable[Tree], path: Iterable[Tree]) -> None:
    """Raise ClaimcliError where what is to change is said in other places too, by an alias."""
    anchors = {node.anchor for node in path if node.anchor}
    if not anchors:
        return
    shared = sorted(anchors.intersection(name for top in tops for name in alias_names(top)))
    if shared:
        message = f"what is to change has the anchor '&{shared[0]}' and is said elsewhere too"
        raise ClaimcliError(message, BY_HAND, code=ExitCode.UNREADABLE)


def refuse_id_changes(
    before: ParsedText, after: ParsedText, own: Tree | None, new: Tree | None
) -> None:
    """Raise IdChangeError where records beside ``own``, which is ``new`` then, get other ids.

    Answers without an id are numbered, and so one can take the id of another.
    """
    olds, news = _record_ids(before, own), _record_ids(after, new)
    for old, became in zip(olds, news, strict=False):
        if old != became:
            raise IdChangeError(
                f"'{old[1]}' would have the id '{became[1]}' then",
                f"give it one of its own first: claimcli set {old[1]} id=...",
            )
    if len(olds) != len(news):
        raise cannot_edit("the text")


def value_content(value: Value) -> Content:
    """Return what a value says when it is read back."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Mapping):
        return {key: value_content(below) for key, below in value.items()}
    return [value_content(below) for below in value]


def bare_content(tree: Tree) -> Any:
    """Return what a node says, its anchor aside."""
    found = content(tree)
    return found[2] if isinstance(found, tuple) and found[0] == "&" else found


def cannot_edit(what: str) -> ClaimcliError:
    """Return the error of a text in which no place can be found for a change."""
    message = f"'{what}' cannot be changed without more"
    return ClaimcliError(message, BY_HAND, code=ExitCode.UNREADABLE)


def _with_item(mapping: Tree, name: str, item: Value) -> dict[int, Content]:
    """Return what a mapping is to say with one entry more in the list under a key."""
    entry = mapping.entry(name) if mapping.kind == "mapping" else None
    if entry and entry[1].children:
        return {id(entry[1]): [*bare_content(entry[1]), value_content(item)]}
    above = bare_content(mapping) if mapping.kind == "mapping" else {}
    return {id(mapping): {**above, name: [value_content(item)]}}


def _added(before: ParsedText, after: ParsedText, entry: tuple[Tree, Tree] | None) -> EditedText:
    if entry is None:
        raise cannot_edit("the text")
    new = entry[1].children[-1]
    refuse_id_changes(before, after, None, new)
    return edited_text(after, new)


def edited_text(text: ParsedText, node: Tree) -> EditedText:
    """Return a changed text with the record that a node is."""
    record = next((r for r in text.records if is_at(r, node)), None)
    if record is None:
        raise cannot_edit("the record")
    return EditedText(text.text, record, text.readings)


def is_at(record: Record, node: Tree) -> bool:
    """Return whether a record is the one that begins with a node."""
    return record.location.record[:2] == node.at


def _record_ids(text: ParsedText, aside: Tree | None) -> list[tuple[type, str]]:
    """Return kind and id of every record that does not stand in a node."""
    places = {node.at for node in mappings(aside)} if aside else ()
    return [(type(r), r.id) for r in text.records if r.location.record[:2] not in places]
