"""Which claims a document that a user's template wrote shows to its readers."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape

from msgspec import Struct

from claimcli.core.records import Claim
from claimcli.core.text.phrases import Phrase, PhraseFinder, words_of_text
from claimcli.formats.templates.protocol import FilledTemplate

LEAST_BYTES = 16
"""Length of a statement, in bytes of letters, below which finding its words proves nothing."""
LEAST_WORDS = 5
"""Number of words that are enough of a statement that was cut, if no other begins with them."""


class ShownClaims(Struct, frozen=True):
    """The ids of the claims whose answers must be shown, and of those that a reader can see.

    ``stated`` are all claims of which the document may contain something; ``mentioned`` are those
    whose id or statement is visible in it.
    """

    stated: tuple[str, ...]
    mentioned: frozenset[str]


def shown_claims(filled: FilledTemplate, form: str, claims: Iterable[Claim]) -> ShownClaims:
    """Return the claims that a document shows.

    The template's own record of the statements and ids that it used is compared with the text: a
    statement in the text counts although it was not recorded, unless it is short or part of a
    recorded one; a recorded id or statement counts as visible only if it is in the text.
    """
    statements = {claim.id: words_of_text(claim.statement) for claim in claims}
    openings = Counter(words[:LEAST_WORDS] for words in set(statements.values()))
    finder = PhraseFinder({*statements.values(), *openings} - {()})
    recorded = {id_: statements[id_] for id_ in filled.stated if id_ in statements}
    inside = {phrase for words in recorded.values() for phrase in finder.find(words)}
    readable = filled.text if form == "text" else _without_markup(filled.text)
    visible = _phrases(finder, readable)
    in_text = _phrases(finder, filled.text) | visible
    found = (
        id_
        for id_, words in statements.items()
        if words in in_text - inside and len("".join(words).encode()) >= LEAST_BYTES
    )
    stated = (*filled.stated, *found)
    enough = {opening for opening, number in openings.items() if number == 1} & visible
    ids = {*_ids(readable), *_ids(unescape(readable))}
    mentioned = {
        *(name for name in filled.named if _id_key(name) in ids),
        *(name for name in stated if _is_visible(statements.get(name, ()), visible, enough)),
    }
    return ShownClaims(stated, frozenset(mentioned))


def _phrases(finder: PhraseFinder, text: str) -> set[Phrase]:
    """Return the phrases in a text as written, and in the text with entities replaced."""
    return {p for t in {text, unescape(text)} for p in finder.find(words_of_text(t))}


def _is_visible(words: Phrase, visible: set[Phrase], enough: set[Phrase]) -> bool:
    """Return whether a statement, or enough of its beginning, is visible.

    A statement without letters and digits cannot be searched and counts as visible.
    """
    return not words or words in visible or words[:LEAST_WORDS] in enough


_INVISIBLE = re.compile(r"(?is)<!--.*?(?:-->|\Z)|<(script|style|template)\b.*?(?:</\1\s*>|\Z)")
_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
_LINK = re.compile(r"""\bhref\s*=\s*["']?([^"'\s>]*)""", re.IGNORECASE)


def _without_markup(text: str) -> str:
    """Return HTML or markdown without comments and tags, but with the addresses of links."""
    return _TAG.sub(lambda tag: f" {' '.join(_LINK.findall(tag[0]))} ", _INVISIBLE.sub(" ", text))


_ID = re.compile(r"[a-z0-9][a-z0-9._/-]*")


def _ids(text: str) -> Iterator[str]:
    """Yield every word of a text that can be an id, without the marks at its end."""
    plain = re.sub(r"\\(?=[^\w\s])", "", text).casefold()
    return (_id_key(word) for word in _ID.findall(plain))


def _id_key(name: str) -> str:
    return name.casefold().rstrip("._-/")
