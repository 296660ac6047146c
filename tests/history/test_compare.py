"""Comparing two states gives the same changes whether all files or only the needed ones are read."""

import json
import re
from collections.abc import Collection, Iterator
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcli.analysis.changes import ChangeKind, Changes, changes, select_changes
from claimcli.dossier.reader import RecordBatch, read_text
from claimcli.history.compare import compare
from claimcli.history.snapshots import Snapshot
from tests.conftest import dossier_from

World = dict[str, str]


def snapshot(label: str, texts: World, read: list[str]) -> Snapshot:
    """Return a state in memory that appends the path of each file it reads to ``read``."""

    def read_file(path: str) -> Iterator[RecordBatch]:
        read.append(path)
        return read_text(texts[path])

    def search(ids: Collection[str], paths: Collection[str]) -> set[str]:
        pattern = re.compile(rf"(?<![a-z0-9])(?:{'|'.join(map(re.escape, ids))})(?![a-z0-9])")
        return {path for path in paths if "\\" in texts[path] or pattern.search(texts[path])}

    return Snapshot(label, texts, read_file, str, search)


def compare_partly(before: World, after: World) -> tuple[Changes, list[str]]:
    read: list[str] = []
    found = compare(snapshot("old", before, read), snapshot("new", after, read))
    return found.changes, read


def compare_fully(before: World, after: World) -> Changes:
    return changes(dossier_from(before), dossier_from(after))


IDS = tuple(f"k{n}" for n in range(14))


def claim(random: Random, name: str) -> str:
    """Return a claim that may take a position and may refer to another claim."""
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


def registries(random: Random) -> World:
    """Return the party trees and the compatible positions, each in a file."""
    parents = {name: random.choice((None, None, "top", "q")) for name in "pqr"}
    parties = [{"id": n, **({"part_of": p} if p and p != n else {})} for n, p in parents.items()]
    issues = [
        {"id": f"w{n}", "question": "Q?", **random.choice(({}, {"compatible": [["yes", "no"]]}))}
        for n in range(5)
    ]
    return {
        "parties.yaml": json.dumps({"parties": parties}),
        "issues.yaml": json.dumps({"issues": issues}),
    }


def edited(random: Random, text: str) -> str:
    record = json.loads(text)["claims"][0]
    field = random.choice(("statement", "party", "position", "issue", "note"))
    return json.dumps({"claims": [{**record, field: random.choice("pqr")}]})


@pytest.mark.slow
@given(st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_enough_files_are_read(random: Random) -> None:
    """After any edit of one or two files, the changes are those between the whole dossiers."""
    before = {f"{name}.yaml": claim(random, name) for name in IDS if random.randrange(7)}
    before |= registries(random)
    after = dict(before)
    if not random.randrange(3):
        after |= registries(random)
    for name in random.sample(IDS, random.choice((1, 1, 2))):
        path = f"{name}.yaml"
        become = random.choice(("gone", "edited", "another", "another"))
        if become == "another" or path not in before:
            after[path] = claim(random, name)
        elif become == "edited":
            after[path] = edited(random, before[path])
        else:
            del after[path]

    found, _ = compare_partly(before, after)

    assert found == compare_fully(before, after)


def test_a_changed_text_needs_no_other_file() -> None:
    """A new wording or date of a claim changes no status."""
    before = {f"{n}.yaml": f"claims: [{{id: c{n}, party: p, statement: S}}]" for n in range(100)}
    after = {**before, "7.yaml": "claims: [{id: c7, party: p, statement: T, said: 2022}]"}

    found, read = compare_partly(before, after)

    assert read == ["7.yaml", "7.yaml"]
    assert [entry.id for entry in found.entries] == ["c7"]


def test_only_files_that_determine_a_status_are_read() -> None:
    """An answer makes a claim in another file contested, so that file is read."""
    before = {f"{n}.yaml": f"claims: [{{id: c{n}, party: p, statement: S}}]" for n in range(100)}
    answer = "claims: [{id: no, party: q, statement: N, responds_to: {claim: c7, kind: denies}}]"

    found, read = compare_partly(before, {**before, "new.yaml": answer})

    assert read == ["new.yaml", "7.yaml"]
    assert [(entry.kind, entry.id) for entry in found.entries] == [
        (ChangeKind.NEW, "no"),
        (ChangeKind.CHANGED, "c7"),
    ]


def test_the_claim_that_an_edited_answer_answers_is_read() -> None:
    """The change is then reported with the party whose claim it answers."""
    before = {
        "a.yaml": "claims: [{id: a, party: w, statement: S, issue: i}]",
        "b.yaml": "claims: [{id: b, party: r, statement: N, issue: i, responds_to: a}]",
    }
    found, _ = compare_partly(before, {**before, "b.yaml": before["b.yaml"].replace(": N", ": M")})

    assert [entry.id for entry in select_changes(found, parties=["w"]).entries] == ["b"]


def test_a_file_that_only_moved_is_not_read() -> None:
    text = "claims: [{id: c, party: p, statement: S}]"

    found, read = compare_partly({"a.yaml": text, "b.yaml": "issues: []"}, {"b/c.yaml": text})

    assert (found.entries, read) == ((), ["b.yaml"])
