"""Search for the claims whose words are most similar to those of a text.

The full-text table gives candidates by BM25 with weighted columns: Robertson and Zaragoza, "The
Probabilistic Relevance Framework: BM25 and Beyond", Foundations and Trends in Information Retrieval
3 (2009). All words of the candidates are then compared with the text, which gives the score and the
order: see :mod:`claimcli.core.text.similarity`.
"""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cache
from itertools import combinations
from pathlib import Path

import msgspec
from msgspec import Struct

from claimcli.core.text.phrases import UNSPACED
from claimcli.core.text.similarity import (
    CONTEXT_WEIGHT,
    Overlap,
    most_similar_first,
    overlap_of,
    similarity,
    word_weight,
)
from claimcli.dossier.index.similar_table import (
    GROUPED_DIGITS,
    TABLE,
    TOKENIZER,
    fill,
    spaced,
    texts_of,
)
from claimcli.dossier.index.where import TRUE, Condition

MAX_TEXT = 5_000
"""Characters of a text that are searched for, and of a statement whose words are marked."""
MAX_WORDS = 200
"""Distinct words of a text that are searched for: the first ones."""
MAX_RANKED = 10_000
"""Claims that are ranked by their rarest words; more frequent words only count in addition."""
MAX_KEPT = 2_000
"""Claims whose words are kept for the next search."""
MAX_COMPARED = 100
"""Claims whose words are all compared with those of the text."""
FEW_COMPARED = 20
"""The same for one of many texts."""
_ADDRESS = re.compile(r"(?<!\w)(?:\w++://|www\.)\S+|(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+")
_WORD = re.compile(r"\w+(?:['’]\w+)*")


class SimilarText(Struct, frozen=True):
    """The id of a claim, what its words have in common with those of a text, and the score.

    ``shared`` is the start and end of each word of its statement that the text has, too, in any
    inflection.
    """

    id: str
    overlap: Overlap
    score: float
    shared: tuple[tuple[int, int], ...]


class _Word(Struct, frozen=True):
    """A word of the text: as written, its terms in the table, and the number of claims with it."""

    text: str
    terms: tuple[str, ...]
    claims: int


_ClaimTerms = tuple[set[str], set[str]]


class SimilarSearch:
    """Searches an index; several searches share what is prepared once."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Fill the full-text table if that is needed, and open it."""
        self._db = db
        schema = fill(db)
        self._table = f"{schema}.{TABLE}"
        for statement in _CREATE:
            db.execute(statement.format(schema=schema))
        self._counts: dict[str, int] = {}
        self._kept: dict[int, _ClaimTerms] = {}
        (self._total,) = db.execute(f"SELECT count(*) FROM {self._table}_docsize").fetchone()
        self._stop_terms = frozenset(t for terms in self._terms(_stop_words()) for t in terms)

    def search(
        self,
        text: str,
        *,
        limit: int,
        within: Condition = TRUE,
        but: str = "",
        brief: bool = False,
    ) -> tuple[SimilarText, ...]:
        """Return the claims that are most similar to a text, at most ``limit``.

        ``within`` is a condition on ``claims c``; the claim with the id ``but`` is left out.
        ``brief``: fewer candidates are compared, and shared words are not marked; for many texts.
        """
        words, most = self._words(text), FEW_COMPARED if brief else MAX_COMPARED
        own = self._db.execute("SELECT claim FROM claims WHERE id = ?", (but,)).fetchone()
        keys = [key for key in self._candidates(words, within, most) if (key,) != own]
        ranked = most_similar_first(self._overlaps(words, keys))
        found = self._identical_first(text, ranked, limit)
        wanted = set() if brief else {term for word in words for term in word.terms}
        return tuple(
            SimilarText(name, overlap, similarity(overlap), self._shared(wanted, statement))
            for name, statement, overlap in found
        )

    def _identical_first(
        self, text: str, ranked: Sequence[tuple[int, Overlap]], limit: int
    ) -> list[tuple[str, str, Overlap]]:
        """Return id, statement and overlap of at most ``limit`` claims.

        Stop words do not count for the overlap, so that a claim with "not" can be as similar as one
        without: of the most similar claims, those with all words of the text are first.
        """
        query = "SELECT id, statement FROM claims WHERE claim = ?"
        equal = sum(overlap == ranked[0][1] for _, overlap in ranked)
        listed = ranked[: max(limit, equal)]
        found = [(*self._db.execute(query, (key,)).fetchone(), overlap) for key, overlap in listed]
        if equal > 1:
            own = _WORD.findall(text.lower())
            found.sort(key=lambda one: _WORD.findall(one[1].lower()) != own)
        return found[:limit]

    def _words(self, text: str) -> list[_Word]:
        """Return the distinct words, the rarest first; stop words only if there are no others."""
        plain = spaced(_ADDRESS.sub(" ", text[:MAX_TEXT]))
        texts = list(dict.fromkeys(_WORD.findall(plain.lower())))[:MAX_WORDS]
        pairs = [pair for pair in zip(texts, self._terms(texts), strict=True) if pair[1]]
        telling = [(w, tuple(t for t in own if t not in self._stop_terms)) for w, own in pairs]
        chosen = [pair for pair in telling if pair[1]] or pairs
        words = [_Word(word, own, min(map(self._claims_with, own))) for word, own in chosen]
        return sorted(words, key=lambda word: word.claims)

    def _shared(self, wanted: Set[str], statement: str) -> tuple[tuple[int, int], ...]:
        """Return the places of words of a statement that have a wanted term."""
        if not wanted:
            return ()
        places = list(_places(statement[:MAX_TEXT]))
        terms = self._terms([statement[start:end] for start, end in places])
        shared = (p for p, own in zip(places, terms, strict=True) if not wanted.isdisjoint(own))
        return _joined(shared)

    def _terms(self, texts: Sequence[str]) -> list[tuple[str, ...]]:
        """Return the terms that the tokenizer makes of each text."""
        self._db.execute(_CLEAR)
        rows = [(number, spaced(text), "") for number, text in enumerate(texts)]
        self._db.executemany(f"{_INSERT} VALUES (?, ?, ?)", rows)
        terms: dict[int, list[str]] = defaultdict(list)
        for doc, term in self._db.execute(f"SELECT doc, term FROM {_TERMS} ORDER BY doc, offset"):
            terms[doc].append(term)
        return [tuple(terms[number]) for number in range(len(texts))]

    def _claims_with(self, term: str) -> int:
        """Return the number of claims that have a term."""
        if term not in self._counts:
            row = self._db.execute(f"SELECT doc FROM {_COUNTS} WHERE term = ?", (term,)).fetchone()
            self._counts[term] = int(row[0]) if row else 0
        return self._counts[term]

    def _candidates(self, words: Sequence[_Word], within: Condition, most: int) -> list[int]:
        """Return the keys of the claims to compare: the most relevant by their rarest words."""
        known = [word for word in words if word.claims]
        if within != TRUE:
            query = f"SELECT claim FROM claims c WHERE {within.sql} LIMIT ?"
            rows = self._db.execute(query, (*within.values, most + 1)).fetchall()
            if len(rows) <= most:
                return [key for (key,) in rows]
        if not known:
            return []
        rows = self._db.execute(
            f"SELECT key FROM (SELECT c.claim AS key, bm25({TABLE}, 1, {CONTEXT_WEIGHT}) AS score"
            f" FROM {self._table} CROSS JOIN claims c ON c.claim = {TABLE}.rowid"
            f" WHERE {TABLE} MATCH ? AND ({within.sql}) LIMIT ?) ORDER BY score, key LIMIT ?",
            (_expression(known), *within.values, MAX_RANKED, most),
        ).fetchall()
        return [key for (key,) in rows]

    def _overlaps(self, words: Sequence[_Word], keys: Sequence[int]) -> list[tuple[int, Overlap]]:
        """Return the keys of the claims that share a word with the text, and what they share."""
        terms = dict.fromkeys(term for word in words for term in word.terms)
        weights = {term: word_weight(self._claims_with(term), self._total) for term in terms}
        ignored = self._stop_terms - weights.keys()
        found = []
        for key, (statement, context) in self._terms_of(keys).items():
            if not (weights.keys().isdisjoint(statement) and weights.keys().isdisjoint(context)):
                found.append((key, overlap_of(weights, statement - ignored, context - ignored)))
        return found

    def _terms_of(self, keys: Sequence[int]) -> dict[int, _ClaimTerms]:
        """Return the terms in the statement and in the context of claims, by key."""
        if len(self._kept) > MAX_KEPT:
            self._kept.clear()
        missing = [key for key in keys if key not in self._kept]
        if missing:
            listed = msgspec.json.encode(missing).decode()
            self._db.execute(_CLEAR)
            chosen = texts_of("c.claim IN (SELECT value FROM json_each(?))")
            self._db.execute(f"{_INSERT} {chosen}", (listed,))
            self._kept |= {key: (set(), set()) for key in missing}
            for key, column, term in self._db.execute(f"SELECT doc, col, term FROM {_TERMS}"):
                self._kept[key][column != "statement"].add(term)
        return {key: self._kept[key] for key in keys}


def is_cut(text: str) -> bool:
    """Return whether only the first part of a text is searched for."""
    if len(text) <= 2 * MAX_WORDS:
        return False
    return len(text) >= MAX_TEXT or len({*_WORD.findall(spaced(text).lower())}) > MAX_WORDS


def _expression(words: Sequence[_Word]) -> str:
    """Return the full-text query for the claims to rank, given words from rare to frequent.

    It has any of the rarest words, or, if all are frequent, two of the three rarest.
    """
    quoted = [f'"{word.text}"' for word in words]
    if words[0].claims > MAX_RANKED and len(words) > 1:
        return " OR ".join(f"({a} AND {b})" for a, b in combinations(quoted[:3], 2))
    most, claims = 0, 0
    while most < len(words) and (not most or claims + words[most].claims <= MAX_RANKED):
        claims += words[most].claims
        most += 1
    return " OR ".join(quoted[:most])


def _places(statement: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each word, and of each pair of letters in scripts without spaces."""
    for match in _SHOWN_WORD.finditer(statement):
        if match[1]:
            first, last = match.start(), match.end()
            yield from ((at, min(at + 2, last)) for at in range(first, max(last - 1, first + 1)))
        else:
            yield match.span()


def _joined(places: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return places in order, with those that overlap joined."""
    joined: list[tuple[int, int]] = []
    for start, end in places:
        if joined and start < joined[-1][1]:
            start = joined.pop()[0]
        joined.append((start, end))
    return tuple(joined)


@cache
def _stop_words() -> tuple[str, ...]:
    text = Path(__file__).with_name("stop_words.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return tuple(" ".join(lines).split())


_SHOWN_WORD = re.compile(
    rf"([{UNSPACED}]+)|{GROUPED_DIGITS}|[^\W{UNSPACED}]+(?:['’][^\W{UNSPACED}]+)*"
)
_COUNTS, _SCRATCH, _TERMS = "temp.term_counts", "temp.compared", "temp.compared_terms"
_CLEAR = "INSERT INTO compared (compared) VALUES ('delete-all')"
_INSERT = f"INSERT INTO {_SCRATCH} (rowid, statement, context)"
_CREATE = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {_COUNTS} USING fts5vocab('{{schema}}', '{TABLE}', 'row')",
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {_SCRATCH}"
    f" USING fts5(statement, context, content = '', tokenize = '{TOKENIZER}')",
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {_TERMS} USING fts5vocab('temp', 'compared', 'instance')",
)
