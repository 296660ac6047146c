"""Parser from YAML text to documents whose nodes have their comments.

Comments are collected between the events, so this cannot share the walk of ``syntax.parser``.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any

import yaml

from claimcli.core.problems import Span
from claimcli.edit.fmt.comments import Comments
from claimcli.edit.fmt.styled_nodes import (
    Alias,
    CannotFormatError,
    Collection,
    Node,
    Slot,
    StyledScalar,
    YamlDocument,
)
from claimcli.syntax.events import parse_events
from claimcli.syntax.parser import MAX_DEPTH, MAX_DIRECTIVES

FinishRecord = Callable[[Slot, str, bool], None]
"""Called for each record when it is complete, so that only one is in memory: with its slot, its
section, and whether its keys may be sorted."""


def parse_documents(text: str, finish: FinishRecord) -> tuple[list[YamlDocument], Counter[str]]:
    """Return the documents of a text, and how often it has each comment.

    Raises CannotFormatError for valid syntax that is not supported, and yaml.YAMLError.
    """
    parser = _CommentParser(text, finish)
    parser.stream()
    return parser.documents, parser.comments.seen


class _CommentParser:
    def __init__(self, text: str, finish: FinishRecord) -> None:
        if text.count("\n%TAG") > MAX_DIRECTIVES:
            raise CannotFormatError(f"more than {MAX_DIRECTIVES} directives", Span(""))
        if text.startswith("\ufeff"):
            raise CannotFormatError("there is a second byte order mark", Span(""))
        self.next: Callable[[], Any] = parse_events(text)
        self.comments = Comments(text)
        self.finish = finish
        self.documents: list[YamlDocument] = []
        self.anchors = 0
        self.names: set[str] = set()

    def stream(self) -> None:
        while (event := self._event()) is not None:
            kind = type(event)
            if kind is yaml.DocumentStartEvent:
                self._document(event)
            elif kind is yaml.StreamEndEvent:
                self._rest()

    def _event(self) -> Any:
        event = self.next()
        if event is not None:
            self.comments.pass_to(event.start_mark.index)
        return event

    def _rest(self) -> None:
        """Add the comments after the last document to it."""
        if not self.documents:
            self.documents.append(YamlDocument(explicit=False))
        self.documents[-1].foot += self.comments.take()

    def _document(self, start: Any) -> None:
        if start.version or start.tags:
            raise _cannot_format("there is a directive", start)
        comments, anchors = self.comments, self.anchors
        self.names.clear()
        comments.skip_to(start.end_mark.index)
        document = YamlDocument(start.explicit)
        if start.explicit:
            above = self.documents[-1].foot if self.documents else document.before
            above += comments.take()
        self.documents.append(document)
        owner = Slot(document, beside=document.beside)
        comments.slot = owner
        self._top(self._event(), owner, document)
        end = self._event()
        comments.skip_to(end.end_mark.index)
        document.before += owner.lead
        document.anchored = self.anchors > anchors
        comments.slot = Slot(document, beside=document.foot)

    def _top(self, event: Any, owner: Slot, document: YamlDocument) -> None:
        bare = not (event.anchor or getattr(event, "tag", None))
        if bare and type(event) is yaml.MappingStartEvent:
            document.top = self._collection(event, owner, 1)
        elif not bare or type(event) is not yaml.ScalarEvent or event.value or event.style:
            raise _cannot_format("the top level is not a plain mapping", event)

    def _node(self, event: Any, slot: Slot, depth: int) -> Node:
        """Return the node that an event begins; ``slot`` is the place for it."""
        end, name = event.end_mark.index, event.anchor
        if type(event) is yaml.AliasEvent:
            if name not in self.names:
                raise _cannot_format(f"no anchor '&{name}'", event)
            self.anchors += 1
            self._settle(slot)
            self.comments.skip_to(end)
            return Alias(name)
        if type(event) is yaml.ScalarEvent:
            return self._text(event, slot)
        return self._collection(event, slot, depth)

    def _settle(self, slot: Slot) -> None:
        """Add the comments between a key and its value to its slot."""
        if self.comments.waiting:
            slot.lead += self.comments.take()

    def _past_anchor(self, event: Any) -> None:
        if event.tag is not None:
            raise _cannot_format("there is a tag", event)
        if event.anchor is not None:
            self.anchors += 1
            self.names.add(event.anchor)
            self.comments.skip_to(event.start_mark.index + 1 + len(event.anchor))

    def _text(self, event: Any, slot: Slot) -> StyledScalar:
        self._past_anchor(event)
        end = event.end_mark.index
        comments = self.comments
        if event.anchor is not None:
            comments.pass_to(comments.value_start(comments.at, end))
        self._settle(slot)
        if event.style in ("|", ">"):
            comments.header(max(comments.at, event.start_mark.index), end)
        comments.skip_to(end)
        return StyledScalar(event.value, event.style or "", event.anchor)

    def _collection(self, event: Any, slot: Slot, depth: int, section: str = "") -> Collection:
        """Return a collection; ``section`` is the top-level key of a list of records."""
        self._past_anchor(event)
        if depth > MAX_DEPTH:
            raise _cannot_format(f"nested more than {MAX_DEPTH} deep", event)
        collection = Collection(
            [], type(event) is yaml.MappingStartEvent, bool(event.flow_style), event.anchor
        )
        self._begin(event, collection, slot)
        seen: set[str] = set()
        anchors = self.anchors
        while type(inner := self._event()) not in _ENDS:
            self._finish_last(collection, section, anchors)
            anchors = self.anchors
            child = Slot(Alias(""), lead=self.comments.take())
            self.comments.slot = child
            if collection.keyed:
                self._entry(inner, child, depth, seen)
            else:
                child.node = self._node(inner, child, depth + 1)
            collection.slots.append(child)
            self.comments.slot = child
        self._finish_last(collection, section, anchors)
        self._end(event, inner, collection, slot)
        return collection

    def _finish_last(self, collection: Collection, section: str, anchors: int) -> None:
        """Finish the last record, now that all its comments are known.

        ``anchors`` is the number of anchors before it.
        """
        if section and collection.slots and not collection.keyed:
            self.finish(collection.slots[-1], section, self.anchors == anchors)

    def _begin(self, event: Any, collection: Collection, slot: Slot) -> None:
        opening = event.end_mark.index
        mark = opening > self.comments.at and self.comments.text[opening - 1] in "[{-"
        self.comments.pass_to(opening - mark)
        if collection.flow:
            self._settle(slot)
            self.comments.skip_to(opening)

    def _end(self, start: Any, end: Any, collection: Collection, slot: Slot) -> None:
        if collection.flow:
            collection.foot = self.comments.take()
            self.comments.skip_to(end.end_mark.index)
            self.comments.slot = slot
        else:
            first = start.end_mark if start.anchor else start.start_mark
            collection.foot = self.comments.take_foot(first.column, end.start_mark.column)

    def _entry(self, event: Any, slot: Slot, depth: int, seen: set[str]) -> None:
        end = event.end_mark.index
        if type(event) is not yaml.ScalarEvent or event.anchor or event.style in ("|", ">"):
            raise _cannot_format("a key is not plain text", event)
        self._past_anchor(event)
        if event.value in seen:
            raise _cannot_format(f"the key '{event.value}' appears twice", event)
        if not event.value and not event.style:
            raise _cannot_format("a key is missing", event)
        seen.add(event.value)
        self.comments.skip_to(end)
        slot.key = StyledScalar(event.value, event.style or "")
        value = self._event()
        if depth == 1 and type(value) is yaml.SequenceStartEvent:
            slot.node = self._collection(value, slot, depth + 1, section=event.value)
        else:
            slot.node = self._node(value, slot, depth + 1)


_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


def _cannot_format(reason: str, event: Any) -> CannotFormatError:
    first = event.start_mark
    line, column = first.line + 1, first.column + 1
    return CannotFormatError(reason, Span("", line, column, line, column + 1))
