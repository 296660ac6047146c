"""Reading only what differs, and what a status hangs on, says what reading everything says."""

import json
import re
from collections.abc import Collection, Iterator
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcli.analysis.changes import ChangeKind, Changes, changes, select_changes
from claimcli.dossier.reader import Reading, read_text
from claimcli.history.compare import compare
from claimcli.history.snapshots import Snapshot
from tests.conftest import dossier_from

World = dict[str, str]


def snapshot(label: str, texts: World, read: list[str]) -> Snapshot:
    """A state that is held in memory; what is read of it is noted."""

    def reading(path: str) -> Iterator[Reading]:
        read.append(path)
        return read_text(texts[path])

    def search(words: Collection[str], paths: Collection[str]) -> set[str]:
        pattern = re.compile(rf"(?<![a-z0-9])(?:{'|'.join(map(re.escape, words))})(?![a-z0-9])")
        return {path for path in paths if "\\" in texts[path] or pattern.search(texts[path])}

    return Snapshot(label, texts, reading, str, search)


def lazily(before: World, after: World) -> tuple[Changes, list[str]]:
    read: list[str] = []
    found = compare(snapshot("old", before, read), snapshot("new", after, read))
    return found.changes, read


def wholly(before: World, after: World) -> Changes:
    return changes(dossier_from(before), dossier_from(after))


IDS = tuple(f"k{n}" for n in range(14))


def claim(random: Random, name: str) -> str:
    """One claim that may hold a position, and may refer to another."""
    kind = random.choice(("denies", "qualifies", "confirms"))
    other = random.choice(IDS)
    reference = random.choice((
        {}, {}, {"restates": other}, {"supersedes": other},
        *[{"responds_to": [{"claim": other, "kind": kind}]}] * 4,
    ))  # fmt: skip
    may = {
        "issue": f"w{random.randrange(5)}",
        "position": random.choice(("yes", "no")),
        "about": random.choice(("2021", "2022")),
        "withdrawn": "2022",
    }
    kept = {
        field: may[field]
        for field, chance in (("issue", 35), ("position", 45), ("about", 15), ("withdrawn", 5))
        if random.randrange(100) < chance
    }
    statement = random.choice(("Yes.", "No.", "Maybe."))
    record = {"id": name, "party": random.choice("pqr"), "statement": statement}
    return json.dumps({"claims": [{**record, **kept, **reference}]})


def edited(random: Random, text: str) -> str:
    record = json.loads(text)["claims"][0]
    field = random.choice(("statement", "party", "position", "issue", "note"))
    return json.dumps({"claims": [{**record, field: random.choice("pqr")}]})


@pytest.mark.slow
@given(st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_what_is_read_is_enough(random: Random) -> None:
    """Whatever one or two files hold afterwards, the changes are those of the whole dossiers."""
    before = {f"{name}.yaml": claim(random, name) for name in IDS if random.randrange(7)}
    after = dict(before)
    for name in random.sample(IDS, random.choice((1, 1, 2))):
        path = f"{name}.yaml"
        become = random.choice(("gone", "edited", "another", "another"))
        if become == "another" or path not in before:
            after[path] = claim(random, name)
        elif become == "edited":
            after[path] = edited(random, before[path])
        else:
            del after[path]

    found, _ = lazily(before, after)

    assert found == wholly(before, after)


def test_where_no_relation_changes_nothing_else_is_read() -> None:
    """Another wording or another date of a claim changes nobody's status."""
    before = {f"{n}.yaml": f"claims: [{{id: c{n}, party: p, statement: S}}]" for n in range(100)}
    after = {**before, "7.yaml": "claims: [{id: c7, party: p, statement: T, said: 2022}]"}

    found, read = lazily(before, after)

    assert read == ["7.yaml", "7.yaml"]
    assert [entry.id for entry in found.entries] == ["c7"]


def test_of_other_files_only_those_are_read_that_a_status_hangs_on() -> None:
    """An answer in one file makes a claim in another contested, which must be read for it."""
    before = {f"{n}.yaml": f"claims: [{{id: c{n}, party: p, statement: S}}]" for n in range(100)}
    answer = "claims: [{id: no, party: q, statement: N, responds_to: {claim: c7, kind: denies}}]"

    found, read = lazily(before, {**before, "new.yaml": answer})

    assert read == ["new.yaml", "7.yaml"]
    assert [(entry.kind, entry.id) for entry in found.entries] == [
        (ChangeKind.NEW, "no"),
        (ChangeKind.CHANGED, "c7"),
    ]


def test_what_a_reworded_answer_answers_is_read() -> None:
    """So it is told as a change of the party whose claim it answers, in whatever file that is."""
    before = {
        "a.yaml": "claims: [{id: a, party: w, statement: S, issue: i}]",
        "b.yaml": "claims: [{id: b, party: r, statement: N, issue: i, responds_to: a}]",
    }
    found, _ = lazily(before, {**before, "b.yaml": before["b.yaml"].replace(": N", ": M")})

    assert [entry.id for entry in select_changes(found, parties=["w"]).entries] == ["b"]


def test_a_file_that_only_moved_is_not_read() -> None:
    text = "claims: [{id: c, party: p, statement: S}]"

    found, read = lazily({"a.yaml": text, "b.yaml": "issues: []"}, {"b/c.yaml": text})

    assert (found.entries, read) == ((), ["b.yaml"])
