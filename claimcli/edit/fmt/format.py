"""The canonical form of a text, of bytes and of a file: same records, same comments, one style."""

from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec
import yaml
from msgspec import Struct

from claimcli.core.problems import Problem, Span
from claimcli.core.text.yaml_text import is_always_text
from claimcli.core.without_locations import without_locations
from claimcli.dossier.content import decode, read_content
from claimcli.dossier.reader import read_entries
from claimcli.edit.fmt.commented_parser import parse_documents
from claimcli.edit.fmt.comments import BLANK
from claimcli.edit.fmt.document import Reordering, document_lines, format_record
from claimcli.edit.fmt.styled_nodes import CannotFormatError, Slot
from claimcli.syntax.events import LINE_BREAK
from claimcli.syntax.nodes import MappingNode, Node, ScalarNode, SectionEntry
from claimcli.syntax.parser import parse_entries

_UNREADABLE = frozenset(
    {"yaml-syntax", "too-large", "too-deep", "too-many-problems", "explicit-tag", "duplicate-key"}
)


def read_formatted(path: Path, *, keep_order: bool = False) -> tuple[bytes, bytes]:
    """Return the content of a file, and its canonical form. Raises CannotFormatError."""
    data = read_content(path)
    if isinstance(data, Problem):
        raise _cannot_format(data)
    return data, canonical_bytes(data, keep_order=keep_order)


def canonical_bytes(data: bytes, *, keep_order: bool = False) -> bytes:
    """Return the canonical form of the bytes of a file, with its byte order mark if it has one.

    Raises CannotFormatError.
    """
    text = decode(data)
    if isinstance(text, Problem):
        raise _cannot_format(text)
    mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
    return mark + canonical_form(text, keep_order=keep_order).encode()


def _cannot_format(problem: Problem) -> CannotFormatError:
    return CannotFormatError(problem.message, problem.span)


def canonical_form(text: str, *, keep_order: bool = False) -> str:
    """Return the canonical form of a text; ``keep_order`` keeps the order of claims.

    Lines end in CR and LF if the first line does. If two records have the same id and another one
    would become the first, nothing changes its place. Each time it is checked that the form is its
    own canonical form, and has the same comments and the same meaning. Raises CannotFormatError
    if not, and if the text is not valid YAML or uses syntax that claimcli does not read.
    """
    for how in _attempts(keep_order=keep_order):
        formatted, comments = _format(text, how)
        result = formatted.replace("\n", _line_end(text))
        if result == text or _is_equivalent(formatted, comments, how, meaning(text)):
            return result
    raise CannotFormatError("the formatted text would have a different meaning", Span(""))


def is_canonical(text: str, *, keep_order: bool = False) -> bool:
    """Return whether a text is its own canonical form, in less time than to compute that."""
    first, second = _attempts(keep_order=keep_order)
    if _result(text, first) == text:
        return True
    return _result(text, second) == text and canonical_form(text, keep_order=keep_order) == text


def _result(text: str, how: Reordering) -> str:
    """Return a text formatted, with its own line ends, or "" if it cannot be formatted."""
    try:
        return _format(text, how)[0].replace("\n", _line_end(text))
    except CannotFormatError:
        return ""


def _attempts(*, keep_order: bool) -> tuple[Reordering, Reordering]:
    """Return what may be sorted, and what if the first would change the meaning."""
    return Reordering(claims=not keep_order), Reordering(claims=False, rest=False)


def _is_equivalent(formatted: str, comments: Counter[str], how: Reordering, to: "Meaning") -> bool:
    try:
        return _format(formatted, how) == (formatted, comments) and meaning(formatted) == to
    except CannotFormatError:
        return False


def _line_end(text: str) -> str:
    match = LINE_BREAK.search(text)
    return "\r\n" if match and match[0] == "\r\n" else "\n"


def _format(text: str, how: Reordering) -> tuple[str, Counter[str]]:
    """Return a text formatted, with line feeds as line ends, and its comments."""

    def finish(slot: Slot, section: str, free: bool) -> None:  # noqa: FBT001 - called by the parser
        format_record(slot, section, free and how.rest)

    try:
        documents, comments = parse_documents(text, finish)
    except yaml.YAMLError:
        meaning(text)  # raises an error that says what is wrong, and where
        raise CannotFormatError("not valid YAML", Span("")) from None
    lines: list[str] = []
    for number, document in enumerate(documents):
        lines += document_lines(document, how, first=not number)
    while lines and lines[-1] == BLANK:
        lines.pop()
    return "".join(f"{line}\n" for line in lines), comments


class Meaning(Struct):
    """Hashes of the entries of a text by section: claims in any order, others in their order.

    ``first`` has the hash of the first record of each kind and id, which is the one that counts.
    """

    claims: Counter[bytes]
    others: dict[str, list[bytes]]
    first: dict[tuple[str, str], bytes]


def meaning(text: str) -> Meaning:
    """Return the meaning of a text, for comparison: the order of keys does not matter.

    A text without quotation marks that other YAML readers take for a number, date or truth value
    differs from the same text in quotation marks. Raises CannotFormatError if the text cannot be
    read completely.
    """
    result = Meaning(Counter(), {}, {})
    for reading in read_entries(_add_entries(text, result)):
        for problem in reading.problems:
            if problem.rule == "comment-in-text":  # quotation marks would make the loss look meant
                raise CannotFormatError(f"{problem.message} [{problem.rule}]", problem.span)
        for record in reading.records:
            name = (type(record).__name__, record.id)
            if name not in result.first:
                result.first[name] = _digest(without_locations(record))
    return result


def _add_entries(text: str, result: Meaning) -> Iterator[SectionEntry]:
    """Yield the entries of a text, and add their hashes."""
    for entry in parse_entries(text, ""):
        if isinstance(entry, Problem):
            if entry.rule in _UNREADABLE:
                raise CannotFormatError(f"{entry.message} [{entry.rule}]", entry.span)
            continue
        section = entry.section.text
        digest = _digest([entry.listed, _plain(entry.node)])
        if section == "claims":
            result.claims[digest] += 1
        else:
            result.others.setdefault(section, []).append(digest)
        yield entry


def _digest(value: Any) -> bytes:
    return blake2b(msgspec.json.encode(value), digest_size=16).digest()


def _plain(node: Node) -> Any:
    if isinstance(node, ScalarNode):
        return [node.text] if node.plain and not is_always_text(node.text) else node.text
    if isinstance(node, MappingNode):
        entries = sorted(((key.text, value) for key, value in node.entries), key=lambda e: e[0])
        return {"mapping": [[key, _plain(value)] for key, value in entries]}
    return {"list": [_plain(item) for item in node.items]}
