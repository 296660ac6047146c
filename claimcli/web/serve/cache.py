"""The pages that need the whole dossier, kept in memory until the data changes."""

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock

from msgspec import Struct

MAX_BYTES = 8 * 2**20
"""Bytes of all kept answers; a larger one is not kept."""


class Content(Struct, frozen=True):
    """The content of an answer, its media type, and other headers."""

    content: bytes
    media_type: str
    headers: Mapping[str, str] = {}


Key = tuple[str, ...]


class ContentCache:
    """Keeps contents of one state of the data, the most recently used ones up to a size."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self.max_bytes = max_bytes
        self._lock = Lock()
        self._tag = ""
        self._contents: OrderedDict[Key, Content] = OrderedDict()
        self._bytes = 0

    def get(self, tag: str, key: Key) -> Content | None:
        """Return the content of a key in the state with this tag, if it is kept."""
        with self._lock:
            self._forget_unless(tag)
            if key in self._contents:
                self._contents.move_to_end(key)
            return self._contents.get(key)

    def put(self, tag: str, key: Key, content: Content) -> None:
        """Keep a content, unless the data has changed since ``get`` was called with this tag."""
        with self._lock:
            if tag != self._tag or key in self._contents or len(content.content) > self.max_bytes:
                return
            self._contents[key] = content
            self._bytes += len(content.content)
            while self._bytes > self.max_bytes:
                _, oldest = self._contents.popitem(last=False)
                self._bytes -= len(oldest.content)

    def _forget_unless(self, tag: str) -> None:
        if tag != self._tag:
            self._contents.clear()
            self._tag, self._bytes = tag, 0
