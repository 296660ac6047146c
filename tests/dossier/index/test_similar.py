"""The search for claims whose words are similar to those of a text."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest

from claimcli.core.query_parser import parse_query
from claimcli.dossier.index import cache, similar, similar_table, stamp
from claimcli.dossier.index.similar import SimilarSearch
from claimcli.dossier.index.similar_table import fill, spaced
from claimcli.dossier.index.where import TRUE, condition
from claimcli.dossier.open import LoadOptions, read_index
from tests.support.indexed import indexed, similar_terms

WATER = """
issues: [{id: spring, question: Is the spring polluted?}]
sources: [{id: report, title: The annual report on wells, published: 2022}]
claims:
  - {id: safe, party: council, statement: The water of the river is safe to drink., said: 2022,
     source: report}
  - {id: unsafe, party: residents, statement: Nobody should drink the water., said: 2022}
  - {id: bridge, party: council, statement: The bridge was closed for a week., said: 2022,
     source: {id: report, quote: we closed the crossing}}
  - {id: wells, party: residents, statement: Two were dug., said: 2022, issue: spring}
"""


def found(
    text: str, *, yaml: str = WATER, query: str = "", but: str = "", limit: int = 5
) -> list[str]:
    with indexed({"a.yaml": yaml}) as (db, _):
        within = condition(db, parse_query(query)) if query else TRUE
        results = SimilarSearch(db).search(text, limit=limit, within=within, but=but)
        return [one.id for one in results]


def test_the_most_similar_claim_is_first() -> None:
    """Words count in any inflection, case and with or without accents."""
    assert found("The river's waters are safe for drinking") == ["safe", "unsafe"]
    assert found("CLOSING BRIDGES") == ["bridge"]
    assert found("Is the bridgé closed?") == ["bridge"]


def test_quotes_questions_and_titles_count_less() -> None:
    """They find a claim whose statement has none of the words."""
    assert found("the crossing") == ["bridge"]
    assert found("a polluted spring") == ["wells"]
    assert found("annual report") == ["bridge", "safe"]
    assert found("report on the bridge") == ["bridge", "safe"]


def test_stop_words_find_nothing_unless_there_are_no_others() -> None:
    """Words such as "the" would find almost every claim."""
    assert found("the was of to xylophone") == []
    assert found("should the", limit=1) == ["unsafe"]


def test_addresses_are_no_words() -> None:
    """Neither are the signs of names and tags."""
    assert found("https://bridge.example/closed bridge@water.example") == []
    assert found("@bridge #closed") == ["bridge"]


def test_a_query_narrows_what_is_searched() -> None:
    """The score of a claim does not depend on it."""
    assert found("drinking water", query="party:residents") == ["unsafe"]
    assert found("drinking water", but="safe") == ["unsafe"]
    assert found("drinking water", limit=1) == ["unsafe"]
    with indexed({"a.yaml": WATER}) as (db, _):
        within = condition(db, parse_query("party:residents"))
        search = SimilarSearch(db)
        (narrowed,) = search.search("drinking water", limit=1, within=within)
        assert search.search("drinking water", limit=1) == (narrowed,)


def test_the_statement_itself_has_the_best_score() -> None:
    """A text of which the claim has only some words has less."""
    with indexed({"a.yaml": WATER}) as (db, _):
        search = SimilarSearch(db)
        (same, *_) = search.search("The water of the river is safe to drink.", limit=5)
        (less, *_) = search.search("The water of the lake is fit to swim in.", limit=5)
    assert same.id == "safe"
    assert same.score > 0.9 > 0.5 > less.score > 0


def test_shared_words_are_named_by_their_place() -> None:
    """The text has them in any inflection."""
    with indexed({"a.yaml": WATER}) as (db, _):
        (one,) = SimilarSearch(db).search("drinks from rivers", limit=1)
    statement = "The water of the river is safe to drink."
    assert [statement[start:end] for start, end in one.shared] == ["river", "drink"]


CHINESE = """
claims:
  - {id: water, party: p, statement: 自来水是安全的。, said: 2022}
  - {id: bridge, party: p, statement: 大桥已经关闭。, said: 2022}
  - {id: thai, party: p, statement: น้ำประปาปลอดภัย, said: 2022}
  - {id: hindi, party: p, statement: नदी का पानी साफ है।, said: 2022}
"""


def test_scripts_without_spaces_are_searched_by_pairs_of_letters() -> None:
    """A word in the middle of a clause finds it."""
    assert found("大桥关闭了吗", yaml=CHINESE) == ["bridge"]
    assert found("水安全", yaml=CHINESE) == ["water"]
    assert found("ประปา", yaml=CHINESE) == ["thai"]
    assert found("पानी", yaml=CHINESE) == ["hindi"]
    assert spaced("a大桥b关") == "a 大桥 b 关 "
    with indexed({"a.yaml": CHINESE}) as (db, _):
        (one, *_) = SimilarSearch(db).search("大桥关闭了吗", limit=1)
    assert ["大桥已经关闭。"[start:end] for start, end in one.shared] == ["大桥", "关闭"]


def test_texts_without_a_word_find_nothing() -> None:
    """Signs are not searched for, and none has a meaning in the search."""
    assert found("") == found("?! *") == found('"') == []
    assert found('bridge" OR "water NEAR(') == ["bridge", "unsafe", "safe"]
    assert found("anything", yaml="claims: []") == []


def test_the_first_words_of_a_long_text_are_searched_for() -> None:
    """The time to search is bounded, whatever the text."""
    assert found(f"bridge {'x' * similar.MAX_TEXT} water") == ["bridge"]
    assert found(f"{' '.join(f'w{n}' for n in range(similar.MAX_WORDS))} water") == []
    assert found(f"{'a' * 4_000} bridge {'+' * 900}") == ["bridge"]


def test_frequent_words_are_compared_within_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """If every word is frequent, claims with two of the three rarest are ranked."""
    claims = "\n".join(
        f"  - {{id: c{n}, party: p, statement: {' '.join(words)}, said: 2022}}"
        for n, words in enumerate((w, x) for w in ("red", "green", "blue") for x in ("car", "bus"))
    )
    monkeypatch.setattr(similar, "MAX_RANKED", 1)
    assert found("a blue bus", yaml=f"claims:\n{claims}") == ["c5"]
    assert found("a blue", yaml=f"claims:\n{claims}", limit=1) == ["c4"]


def _write(folder: Path, text: str) -> Path:
    (folder / "data").mkdir()
    (folder / "data" / "a.yaml").write_text(text, encoding="utf-8")
    return folder / "data"


def _settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust the times of files that were just written."""
    monkeypatch.setattr(stamp, "CLOCK_TICK", 0)
    monkeypatch.setattr(stamp, "COARSE_CLOCK_TICK", 0)


def _search(db: sqlite3.Connection, *_: object) -> list[str]:
    return [one.id for one in SimilarSearch(db).search("drinking water", limit=5)]


def _schemas(db: sqlite3.Connection, *_: object) -> tuple[str, str]:
    return fill(db), fill(db)


def test_the_table_is_kept_in_the_index(tmp_path: Path) -> None:
    """The second search finds it there."""
    data = _write(tmp_path, WATER)
    options = LoadOptions(cache=lambda: tmp_path / "cache")

    assert read_index([data], _search, options) == ["unsafe", "safe"]
    (index,) = (tmp_path / "cache").glob("*.sqlite")
    assert _tables(index) == {"_similar"}
    assert read_index([data], _search, options) == ["unsafe", "safe"]


def test_the_table_of_a_large_dossier_is_filled_in_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other processes can write in between; a search that was stopped is continued."""
    _settled(monkeypatch)
    monkeypatch.setattr(similar_table, "_BATCH", 2)
    data = _write(tmp_path, WATER)
    options = LoadOptions(cache=lambda: tmp_path / "cache")
    notes: list[str] = []

    def stop(note: str) -> None:
        notes.append(note)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_index([data], lambda db, _: fill(db, stop), options)
    assert read_index([data], lambda db, _: fill(db, notes.append), options) == "main"
    assert notes == ["note: the search for similar claims is prepared, once for this index"] * 2
    assert read_index([data], similar_terms, options) == read_index([data], similar_terms)


def test_a_table_that_is_filled_in_part_is_not_continued_after_a_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The part has the words of statements before the change."""
    _settled(monkeypatch)
    monkeypatch.setattr(similar_table, "_BATCH", 2)
    monkeypatch.setattr(cache, "REBUILD_SHARE", 0)
    data = _write(tmp_path, WATER)
    options = LoadOptions(cache=lambda: tmp_path / "cache")

    def stop(_: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_index([data], lambda db, _: fill(db, stop), options)
    changed = WATER.replace("drink the water", "swim in the pond")
    (data / "a.yaml").write_text(changed, encoding="utf-8")
    assert read_index([data], _search, options) == ["safe"]
    assert read_index([data], similar_terms, options) == read_index([data], similar_terms)


ISSUES = "issues: [{id: spring, question: Is it polluted?}, {id: river, question: Is it dirty?}]"
CLAIM = "claims: [{id: a, party: council, statement: The well is deep., said: 2022, issue: spring}]"
ANSWER = """
claims:
- {id: b, party: residents, statement: Nobody dug it., said: 2022,
   responds_to: {claim: a, kind: denies}}
"""


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("claim.yaml", "deep", "shallow"),
        ("claim.yaml", "issue: spring", "issue: river"),
        ("issues.yaml", "polluted", "clean"),
        ("answer.yaml", ANSWER, "claims: []"),
    ],
)
def test_the_table_is_updated_with_the_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, before: str, after: str
) -> None:
    """Claims in other files can have the changed question, and the issue of the changed claim."""
    _settled(monkeypatch)
    monkeypatch.setattr(cache, "REBUILD_SHARE", 0)
    texts = {"issues.yaml": ISSUES, "claim.yaml": CLAIM, "answer.yaml": ANSWER}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    options = LoadOptions(cache=lambda: tmp_path / "cache")
    old = read_index([tmp_path], similar_terms, options)

    (tmp_path / path).write_text(texts[path].replace(before, after), encoding="utf-8")

    new = read_index([tmp_path], similar_terms)
    assert new != old
    assert read_index([tmp_path], similar_terms, options) == new


def test_an_index_that_cannot_be_written_is_searched_with_a_private_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process may be writing to it."""
    _settled(monkeypatch)
    monkeypatch.setattr(cache, "LOCK_TIMEOUT", 0)
    data = _write(tmp_path, WATER)
    options = LoadOptions(cache=lambda: tmp_path / "cache")
    read_index([data], lambda *_: None, options)
    (index,) = (tmp_path / "cache").glob("*.sqlite")
    with sqlite3.connect(index, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        assert read_index([data], _schemas, options) == ("temp", "temp")
        assert read_index([data], _search, options) == ["unsafe", "safe"]
        other.execute("ROLLBACK")
    other.close()
    assert _tables(index) == set()


def test_two_processes_fill_the_table_in_turns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A search waits for as long as another one makes progress, and then continues."""
    _settled(monkeypatch)
    monkeypatch.setattr(cache, "LOCK_TIMEOUT", 0)
    monkeypatch.setattr(similar_table, "_BATCH", 1)
    monkeypatch.setattr(similar_table, "_MOST_WAITS", 0)
    data = _write(tmp_path, WATER)
    options = LoadOptions(cache=lambda: tmp_path / "cache")
    read_index([data], lambda *_: None, options)
    (index,) = (tmp_path / "cache").glob("*.sqlite")
    fill_part, turns = similar_table._fill_part, iter((True, True))

    def fill_part_while_locked(db: sqlite3.Connection) -> int:
        if not next(turns, False):
            return fill_part(db)
        with closing(sqlite3.connect(index, isolation_level=None)) as other:
            other.create_function("spaced", 1, spaced)
            fill_part(other)
            other.execute("BEGIN IMMEDIATE")
            return fill_part(db)

    monkeypatch.setattr(similar_table, "_fill_part", fill_part_while_locked)
    assert read_index([data], _schemas, options) == ("main", "main")
    assert read_index([data], similar_terms, options) == read_index([data], similar_terms)


def _tables(index: Path) -> Iterable[str]:
    with sqlite3.connect(index) as db:
        rows = db.execute("SELECT name FROM sqlite_schema WHERE name = '_similar'").fetchall()
    db.close()
    return {name for (name,) in rows}
