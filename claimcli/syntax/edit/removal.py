"""Splices that remove nodes of a text, and the lists and mappings that become empty."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

from claimcli.syntax.edit.entries import remove_entry
from claimcli.syntax.edit.flow import remove_parts
from claimcli.syntax.edit.lists import dash_before, remove_item
from claimcli.syntax.edit.splices import (
    Splice,
    column,
    comments_between,
    insert_below,
    line_end,
    line_start,
)
from claimcli.syntax.edit.tree import Content, Tree, content
from claimcli.syntax.events import LINE_BREAK

Path = Sequence[Tree]
"""The nodes from the root of a document down to one of its nodes."""

_BLANK_LINES = re.compile(r"(?:[ \t]*(?:\r\n|[\n\r]))*")


class Removal:
    """The splices that remove nodes, given by their paths.

    ``records`` are nodes, by ``id()``, that are removed with the comments inside and behind them;
    other comments stay, and the last list of a document stays as ``[]``. ``expected`` is the
    content of nodes after all edits, by ``id()``: at first of those edited otherwise, then also of
    those that lose something. ``comments`` are those removed.
    """

    def __init__(
        self,
        text: str,
        paths: Iterable[Path],
        records: Collection[int],
        expected: Mapping[int, Content] = MappingProxyType({}),
    ) -> None:
        self.text = text
        self.records = records
        self.splices: list[Splice] = []
        self.expected = dict(expected)
        self.comments: list[str] = []
        self.gone = _with_emptied(paths)
        above = {id(path[-2]): path[:-1] for path in self.gone.values()}
        for path in sorted(above.values(), key=len, reverse=True):
            if not any(id(node) in self.gone for node in path):
                self._reduce(path)

    def _reduce(self, path: Path) -> None:
        """Remove some of the values of a mapping or a list."""
        node = path[-1]
        parts = _parts(node)
        numbers = [n for n, (_, value) in enumerate(parts) if id(value) in self.gone]
        self.expected[id(node)] = self._rest(node)
        if node.flow:
            self.splices += remove_parts(self.text, parts, numbers)
            for value in (parts[n][1] for n in numbers if id(parts[n][1]) in self.records):
                self.comments += comments_between(self.text, [value], value.start, value.end)
        elif node.kind == "sequence":
            if len(numbers) == len(parts):
                key = next(key for key, value in path[-2].entries if value is node)
                colon = self.text.index(":", key.end) + 1
                self.splices.append((colon, colon, " []"))
            self._remove_items(node, numbers)
        else:
            for key, value in (parts[n] for n in numbers):
                self._remove_entry(node, key, value)

    def _rest(self, node: Tree) -> Content:
        rest = [(key, value) for key, value in _parts(node) if id(value) not in self.gone]
        if node.kind == "mapping":
            return {key.text: content(value, self.expected) for key, value in rest}
        return [content(value, self.expected) for _, value in rest]

    def _remove_entry(self, mapping: Tree, key: Tree, value: Tree) -> None:
        if value.flow or not any(id(item) in self.records for item in value.children):
            self.splices += remove_entry(self.text, mapping, key.text)
            return
        is_first = key is mapping.children[0]
        end = line_end(self.text, key.end)
        comment = self.text.find("#", key.end, end)
        lines = _lines(self.text, line_start(self.text, key.start), end, blanks_above=not is_first)
        self.splices.append(lines if comment < 0 else (key.start, comment, ""))
        self._remove_items(value, range(len(value.children)), keep_above=is_first)

    def _remove_items(
        self, items: Tree, numbers: Sequence[int], *, keep_above: bool = False
    ) -> None:
        """Remove items of a block list, each with the empty lines below it.

        Those at the end of the list are removed with the empty lines above, unless ``keep_above``.
        """
        kept = set(range(len(items.children))).difference(numbers)
        last = max(kept, default=-1)
        for number in numbers:
            item = items.children[number]
            if id(item) in self.records:
                above = number > last and not keep_above
                self.splices.append(self._remove_record(item, blanks_above=above))
            else:
                self.splices += remove_item(self.text, items, number)

    def _remove_record(self, item: Tree, *, blanks_above: bool) -> Splice:
        dash = dash_before(self.text, item)
        start = line_start(self.text, dash)
        end, _, _ = insert_below(self.text, item.end, (), deeper_than=column(self.text, dash))
        self.comments += comments_between(self.text, [item], dash, end)
        return _lines(self.text, start, end, blanks_above=blanks_above)


def _lines(text: str, start: int, end: int, *, blanks_above: bool) -> Splice:
    """Remove lines with the empty lines above or below them.

    Those below stay if there is a comment directly above, which would otherwise seem to be about
    what follows.
    """
    at_end = end >= len(text)
    match = LINE_BREAK.match(text, end)
    end = match.end() if match else end
    if blanks_above or at_end:
        start = len(text[:start].rstrip(" \t\n\r"))
        above = LINE_BREAK.match(text, start)
        return (start if at_end or not above else above.end(), end, "")
    above_line = text[line_start(text, max(start - 1, 0)) : start]
    if not above_line.lstrip().startswith("#") and (blank := _BLANK_LINES.match(text, end)):
        end = blank.end()
    return (start, end, "")


def _parts(node: Tree) -> list[tuple[Tree, Tree]]:
    return node.entries if node.kind == "mapping" else [(item, item) for item in node.children]


def _with_emptied(paths: Iterable[Path]) -> dict[int, Path]:
    """Return the paths of some nodes, and of those that contain nothing else, by ``id(node)``.

    The first value of a document is left out if all are there.
    """
    gone = {id(path[-1]): path for path in paths}
    todo = list(gone.values())
    roots = {}
    while todo:
        above = todo.pop()[:-1]
        if not all(id(value) in gone for _, value in _parts(above[-1])):
            continue
        if len(above) == 1:
            roots[id(above[0])] = above[0]
        elif id(above[-1]) not in gone:
            gone[id(above[-1])] = above
            todo.append(above)
    for root in roots.values():
        del gone[id(root.entries[0][1])]
    return gone
