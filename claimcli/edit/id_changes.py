"""Records renamed and removed in YAML text, with the references to them; everything else stays."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from claimcli.core.problems import ClaimcliError
from claimcli.core.records import Claim
from claimcli.core.schema import CITATION, RESPONSE
from claimcli.edit.anchors import refuse_aliased, shared_anchor
from claimcli.edit.mentions import Mention, Name, Path, mentions
from claimcli.edit.record_edits import (
    EditedText,
    ParsedText,
    append_record,
    cannot_edit,
    check_edit,
    content_with,
    parse,
)
from claimcli.edit.references import is_citation, name_of, names_by_place, owner, paths_of
from claimcli.syntax.edit.entries import replace_text, set_entry
from claimcli.syntax.edit.removal import Removal
from claimcli.syntax.edit.splices import Splice, apply_splices, comments_between, line_end
from claimcli.syntax.edit.tree import Content, alias_targets, content, nodes, without_anchor


class IdChanges(Struct, frozen=True):
    """The records to rename, with their new ids, and those to remove.

    Derived ids follow from their parts; only that of ``given`` is replaced by a written one. Claims
    that are ``separate`` were answers nested in removed ones; they get new ids and no longer
    answer anything.
    """

    renamed: Mapping[Name, str] = {}
    removed: frozenset[Name] = frozenset()
    separate: frozenset[Name] = frozenset()
    given: Name | None = None


class _Edited(Struct, frozen=True):
    """An edited text, the records that were in it before, and the claims to add to it."""

    parsed: ParsedText
    kept: list[Name]
    separate: list[dict[str, Content]]

    def new_ids(self) -> Iterator[tuple[Name, str]]:
        """Yield the records that have other ids after the edit, with these."""
        records = [name_of(record) for record in self.parsed.records]
        if [kind for kind, _ in self.kept] != [kind for kind, _ in records]:
            raise cannot_edit("the text")
        pairs = zip(self.kept, records, strict=True)
        yield from ((old, new) for old, (_, new) in pairs if old[1] != new)


def change_ids(text: str, changes: IdChanges) -> EditedText:
    """Rename and remove records, and change or remove the references to them.

    Raises ClaimcliError if a record would lose a reference that it needs, if the id of another
    record would change, and as :mod:`claimcli.edit.record_edits` does.
    """
    edited = _edit(parse(text), changes)
    if any(changes.renamed.get(old) != new for old, new in edited.new_ids()):
        raise cannot_edit("the text")
    result = EditedText(edited.parsed.text, None, edited.parsed.readings)
    for claim in edited.separate:
        result = replace(append_record(result.text, "claim", claim), record=None)
    return result


def with_derived_ids(text: str, changes: IdChanges) -> IdChanges:
    """Return changes with the derived ids that change with them in a text. Raises ClaimcliError."""
    more = dict(_edit(parse(text), changes).new_ids())
    return replace(changes, renamed={**changes.renamed, **more})


def _edit(before: ParsedText, changes: IdChanges) -> _Edited:
    """Return the edited text before separate claims are added to it."""
    found = [*mentions(before.trees, changes.renamed.keys() | changes.removed)]
    records, separate = paths_of(before, changes.removed), paths_of(before, changes.separate)
    gone, apart = _ends(records), _ends(separate)
    inside = [one for one in found if _is_below(one.path, apart)]
    _, moved = _changes(before, inside, [], changes)
    left = [one for one in found if not _is_below(one.path, gone)]
    splices, removal = _changes(before, left, records, changes)
    text = apply_splices(before.text, [*splices, *removal.splices])
    documents = content_with(before, removal.expected)
    after = check_edit(before, text, documents, what="the text", removed=removal.comments)
    places = {node.at for path in records for node in nodes(path[-1]) if node.kind == "mapping"}
    kept = [name for place, name in names_by_place(before).items() if place not in places]
    claims = [_separate_claim(before, path, moved.expected, changes) for path in separate]
    return _Edited(after, kept, claims)


def _ends(paths: Iterable[Path]) -> set[int]:
    return {id(path[-1]) for path in paths}


def _is_below(path: Path, ends: Container[int]) -> bool:
    return any(id(node) in ends for node in path)


def _changes(
    before: ParsedText, found: Sequence[Mention], records: Sequence[Path], changes: IdChanges
) -> tuple[list[Splice], Removal]:
    """Return the splices that write new ids, and the removal of records and references.

    ``found`` are the places that name what changes; the removal has the content after both.
    """
    splices, expected = _renaming(before, found, changes)
    unlinked = [one for one in found if one.name in changes.removed]
    paths = [*records, *(one.unlinked for one in unlinked)]
    _refuse_shared(before, paths)
    listed = {id(path[-1]) for path in records if not is_citation(path)}
    removal = Removal(before.text, paths, listed, expected)
    for one in unlinked:
        if one.required and (one.path[-2].kind != "sequence" or id(one.path[-2]) in removal.gone):
            kind, name = owner(names_by_place(before), one.path)
            message = f"{kind} '{name}' would have no '{one.field}'"
            raise ClaimcliError(message, f"remove it too, or change its '{one.field}' first")
    return splices, removal


def _renaming(
    before: ParsedText, found: Iterable[Mention], changes: IdChanges
) -> tuple[list[Splice], dict[int, Content]]:
    """Return the splices that write new ids, and the new content of nodes, by ``id(node)``."""
    text, splices = before.text, []
    expected: dict[int, Content] = {}
    renamed = {id(one.node): one for one in found if one.name in changes.renamed}
    repeated = _aliases(before, renamed)
    for number, one in renamed.items():
        if number not in repeated:
            flow = any(node.flow for node in one.path[:-1])
            expected[number] = changes.renamed[one.name]
            splices.append(replace_text(text, one.node, expected[number], flow=flow))
    for path in paths_of(before, {changes.given}) if changes.given else ():
        mapping, new = path[-1], changes.renamed.get(changes.given or ("", ""), "")
        if mapping.entry("id") is None:
            order = CITATION.names if is_citation(path) else RESPONSE.names
            splices += set_entry(text, mapping, "id", new, order)
            expected[id(mapping)] = {**without_anchor(content(mapping, expected)), "id": new}
    return splices, expected


def _aliases(before: ParsedText, renamed: Container[int]) -> set[int]:
    """Return the aliases of nodes that are renamed, which thereby are too, by ``id(alias)``.

    Raises ClaimcliError if such a node has another alias, which must not change.
    """
    trees = before.trees if "*" in before.text else ()
    targets = {alias: node for tree in trees for alias, node in alias_targets(tree).items()}
    aliases = {alias: node for alias, node in targets.items() if id(node) in renamed}
    for alias, node in aliases.items():
        if alias not in renamed:
            raise shared_anchor(node.anchor)
    return {*aliases}


def _refuse_shared(before: ParsedText, paths: Sequence[Path]) -> None:
    """Raise ClaimcliError if an alias that stays repeats a node that is to be changed."""
    if paths and "*" in before.text:
        gone = {id(node) for path in paths for node in nodes(path[-1])}
        among = (node for node in before.nodes() if id(node) not in gone)
        refuse_aliased(among, [node for path in paths for node in (*path, *nodes(path[-1]))])


def _separate_claim(
    before: ParsedText, path: Path, expected: Mapping[int, Content], changes: IdChanges
) -> dict[str, Content]:
    """Return a nested answer as a claim. Raises ClaimcliError if its list has comments."""
    node = path[-1]
    claim = next(record for record in before.records if record.location.record[:2] == node.at)
    thread = path[-2]
    key = next(key for key, value in path[-3].entries if value is thread)
    if comments_between(before.text, [thread], key.end, line_end(before.text, thread.end)):
        hint = "remove it too, or move it by hand"
        raise ClaimcliError(f"the comments in '{claim.id}' would be lost", hint)
    new = changes.renamed.get(name_of(claim), claim.id)
    fields = {**without_anchor(content(node, expected)), "id": new}
    if isinstance(claim, Claim) and claim.issue and ("issue", claim.issue) not in changes.removed:
        fields.setdefault("issue", claim.issue)
    return {name: fields[name] for name in RESPONSE.names if fields.get(name) and name != "kind"}
