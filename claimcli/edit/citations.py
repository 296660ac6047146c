"""Citations of a claim replaced by others without losing the quotes in them."""

from collections.abc import Iterator, Mapping, Sequence

from claimcli.core.schema import QUOTING
from claimcli.edit.assignments import Assignment
from claimcli.edit.record_edits import find_record, parse
from claimcli.edit.transaction import file_errors, read_file_text
from claimcli.syntax.edit.tree import content, without_anchor
from claimcli.syntax.edit.values import Value

CITED = ("source", "sources")
_QUOTING = frozenset(field.name for field in QUOTING)


def keep_quotes(
    path: str, claim: str, assignments: Sequence[Assignment]
) -> tuple[list[Assignment], list[str]]:
    """Return assignments to a claim in a file without loss of quotes, and notes on other losses.

    A source that was cited before keeps its citation. If one other source replaces one, it takes
    the fields of its quote. Raises ClaimcliError if the file has errors.
    """
    with file_errors(path):
        mapping = find_record(parse(read_file_text(path)), "claim", claim).mapping
    notes: list[str] = []
    kept = []
    for one in assignments:
        entries = (mapping.entry(name) for name in (one.field, *CITED))
        entry = next(filter(None, entries), None)
        if one.field in CITED and one.sign == "=" and one.value is not None and entry:
            old = _listed(without_anchor(content(entry[1])))
            value, lost = _merged(old, _listed(one.value))
            notes += [f"note: dropped {', '.join(lost)} of the replaced source"] if lost else []
            whole = value if isinstance(one.value, list) else value[0]
            kept.append(Assignment(one.path, one.sign, whole))
        else:
            kept.append(one)
    return kept, notes


def _merged(old: Sequence[Value], new: Sequence[Value]) -> tuple[list[Value], list[str]]:
    """Return new citations with the quotes of old ones, and the fields of these that are lost."""
    before = {_id(cited): cited for cited in old if _id(cited)}
    value = [before.get(_id(cited), cited) if isinstance(cited, str) else cited for cited in new]
    gone = [cited for cited in old if cited not in value]
    added = [number for number, cited in enumerate(value) if cited not in old]
    if len(gone) == 1 == len(added) and isinstance(value[added[0]], str):
        quoting = {name: text for name, text in _fields(gone[0]) if name in _QUOTING}
        if quoting:
            value[added[0]] = {"id": value[added[0]], **quoting}
        gone = [dict(field for field in _fields(gone[0]) if field[0] not in _QUOTING)]
    return value, [f"{name} '{text}'" for cited in gone for name, text in _fields(cited)]


def _fields(cited: Value) -> Iterator[tuple[str, Value]]:
    """Yield the fields of a citation, except the id of its source."""
    if isinstance(cited, Mapping):
        yield from ((name, value) for name, value in cited.items() if name != "id" and value)


def _id(cited: Value) -> str:
    return str(cited.get("id", "")) if isinstance(cited, Mapping) else str(cited)


def _listed(value: Value) -> Sequence[Value]:
    return value if isinstance(value, list | tuple) else [value]
