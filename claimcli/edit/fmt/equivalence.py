"""What a text says, whatever it looks like."""

from collections import Counter
from hashlib import blake2b
from typing import Any

import msgspec
from msgspec import Struct

from claimcli.core.placeless import placeless
from claimcli.core.problems import Problem
from claimcli.dossier.reader import read_text
from claimcli.edit.fmt.styled_nodes import CannotFormatError
from claimcli.syntax.edit.values import is_always_text
from claimcli.syntax.nodes import MappingNode, Node, ScalarNode
from claimcli.syntax.parser import parse_entries

_UNREADABLE = frozenset(
    {"yaml-syntax", "too-large", "too-deep", "too-many-problems", "explicit-tag", "duplicate-key"}
)


class Meaning(Struct):
    """The entries of a text by their sections: claims in any order, all else in its order.

    ``first`` is what the first record of each kind and id says, which is the one that counts.
    """

    claims: Counter[bytes]
    others: dict[str, list[bytes]]
    first: dict[tuple[str, str], bytes]


def meaning(text: str) -> Meaning:
    """Return what a text says: of each entry a hash of it with the keys of mappings in any order.

    A text without quotation marks that other readers of YAML take for something else than a text is
    another than the same within quotation marks. Raises CannotFormatError where not all of the
    text can be read.
    """
    found = Meaning(Counter(), {}, {})
    for entry in parse_entries(text, ""):
        if isinstance(entry, Problem):
            if entry.rule in _UNREADABLE:
                raise CannotFormatError(f"{entry.message} [{entry.rule}]", entry.span)
            continue
        section, listed = entry.section.text, entry.listed
        digest = _digest([listed, _plain(entry.node)])
        if section == "claims":
            found.claims[digest] += 1
        else:
            found.others.setdefault(section, []).append(digest)
    for reading in read_text(text):
        for record in reading.records:
            name = (type(record).__name__, record.id)
            if name not in found.first:
                found.first[name] = _digest(placeless(record))
    return found


def _digest(value: Any) -> bytes:
    return blake2b(msgspec.json.encode(value), digest_size=16).digest()


def _plain(node: Node) -> Any:
    if isinstance(node, ScalarNode):
        return [node.text] if node.plain and not is_always_text(node.text) else node.text
    if isinstance(node, MappingNode):
        entries = sorted(((key.text, value) for key, value in node.entries), key=lambda e: e[0])
        return {"mapping": [[key, _plain(value)] for key, value in entries]}
    return {"list": [_plain(item) for item in node.items]}
