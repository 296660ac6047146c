"""Extensions under four semantics, compared with another solver, definitions and one another."""

import json
import time
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcli.analysis.argumentation.extensions import Semantics, extensions
from claimcli.analysis.argumentation.framework import Framework, Label, framework, grounded
from claimcli.analysis.argumentation.solver_formats import WRITERS, read_framework
from claimcli.core.problems import ClaimcliError
from tests.support.cli import TEST_DATA

pytest.importorskip("pysat", reason="the extra is not installed")

FRAMEWORKS = TEST_DATA / "datasets" / "frameworks" / "small.jsonl"


def solve(given: Framework, semantics: Semantics) -> list[list[int]]:
    return sorted(extensions(given, semantics, clock=time.monotonic).all())


def numbered(count: int, attacks: Iterable[tuple[int, int]]) -> Framework:
    return framework([f"a{n}" for n in range(count)], attacks)


@pytest.mark.slow
@pytest.mark.skipif(
    not FRAMEWORKS.exists(), reason="CLAIMCLI_TEST_DATA names no folder with frameworks"
)
@pytest.mark.parametrize("semantics", Semantics)
def test_extensions_equal_those_of_another_solver(semantics: Semantics) -> None:
    """On 4,000 small frameworks from that solver's tests."""
    rows = [json.loads(line) for line in FRAMEWORKS.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == 4_000
    wrong = [
        row["id"]
        for row in rows
        if solve(numbered(row["n"], map(tuple, row["attacks"])), semantics)
        != sorted(sorted(one) for one in row[semantics])
    ]
    assert wrong == []


def frameworks(most: int = 6) -> st.SearchStrategy[Framework]:
    def built(count: int) -> st.SearchStrategy[Framework]:
        numbers = st.integers(0, count - 1)
        pairs = st.lists(st.tuples(numbers, numbers), max_size=2 * count)
        return pairs.map(lambda attacks: numbered(count, attacks))

    return st.integers(1, most).flatmap(built)


def by_definition(given: Framework) -> list[set[int]]:
    """Return the complete extensions by trying all sets of arguments."""
    numbers = range(len(given.arguments))
    attacks = set(given.attacks)
    complete = []
    for size in range(len(given.arguments) + 1):
        for chosen in map(set, combinations(numbers, size)):
            if any((a, b) in attacks for a in chosen for b in chosen):
                continue
            defended = {
                a
                for a in numbers
                if all(any((c, b) in attacks for c in chosen) for b in numbers if (b, a) in attacks)
            }
            if defended == chosen:
                complete.append(chosen)
    return complete


@given(frameworks())
def test_extensions_follow_their_definitions(given_: Framework) -> None:
    complete = by_definition(given_)
    attacked = [{b for a, b in given_.attacks if a in one} for one in complete]
    everything = set(range(len(given_.arguments)))

    assert solve(given_, Semantics.COMPLETE) == sorted(map(sorted, complete))
    assert solve(given_, Semantics.GROUNDED) == [sorted(set.intersection(*complete))]
    assert solve(given_, Semantics.PREFERRED) == sorted(
        sorted(one) for one in complete if not any(one < other for other in complete)
    )
    assert solve(given_, Semantics.STABLE) == sorted(
        sorted(one) for one, out in zip(complete, attacked, strict=True) if one | out == everything
    )


@given(frameworks(), st.randoms(use_true_random=False), st.sampled_from(Semantics))
def test_names_and_order_do_not_matter(given_: Framework, random, semantics: Semantics) -> None:
    """The same arguments are accepted if they are renamed and listed in another order."""
    order = list(range(len(given_.arguments)))
    random.shuffle(order)
    place = {old: new for new, old in enumerate(order)}
    other = framework(
        [f"x{old}" for old in order], [(place[a], place[b]) for a, b in given_.attacks]
    )
    renamed = sorted(sorted(order[n] for n in one) for one in solve(other, semantics))

    assert renamed == solve(given_, semantics)


@given(frameworks())
def test_a_framework_survives_each_format(given_: Framework) -> None:
    """A framework that is written and read back is the same."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        for format_, write in WRITERS.items():
            path = Path(folder, f"f.{format_}")
            path.write_text(write(given_), encoding="utf-8")
            read = read_framework(path)
            assert list(read.attacks) == list(given_.attacks)
            names = (
                read.arguments if format_ != "af" else [f"a{int(n) - 1}" for n in read.arguments]
            )
            assert list(names) == list(given_.arguments)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.apx", "arg(a).\natt(a,b).\n", "2: no argument 'b'"),
        ("a.apx", "arg(a).\nfoo(a).\n", "2: 'foo(a).' is neither arg(a). nor att(a,b)."),
        ("a.apx", "arg(a,b).\n", "1: 'arg(a,b).' is neither arg(a). nor att(a,b)."),
        ("a.tgf", "a\n#\na b\n", "3: no argument 'b'"),
        ("a.tgf", "a\n#\na\n", "3: 'a' has no target"),
        ("a.af", "1 2\n", "1: the first line is not 'p af N'"),
        ("a.af", "p af 2\n1 3\n", "2: no argument '3'"),
        ("a.af", "p af 2\n1 2 3\n", "2: expected two numbers: attacker and attacked"),
        ("a.af", "p af 9999999999\n", "1: the first line is not 'p af N'"),
        ("a.af", "# nothing\n", "1: the line 'p af N' is missing"),
    ],
)
def test_an_invalid_file_is_reported_with_the_line(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ClaimcliError) as error:
        read_framework(path)

    assert error.value.message == f"{path}:{message}"


def test_comments_and_labels_are_skipped(tmp_path: Path) -> None:
    """Attacks may precede their arguments; several facts may be on a line; tgf labels are skipped."""
    for name, text in (
        ("a.apx", "% attacks first\natt(a,b). att(b,a).\narg(a). arg(b).\n"),
        ("a.tgf", "a The first\nb The second\n#\na b attacks\n\nb a\n"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
        read = read_framework(tmp_path / name)
        assert (list(read.arguments), list(read.attacks)) == (["a", "b"], [(0, 1), (1, 0)])


def test_a_long_chain_is_labelled_without_recursion() -> None:
    """The first argument is in, the next out, and so on."""
    labels = grounded(numbered(100_001, ((n, n + 1) for n in range(100_000))))

    assert labels[::2] == bytearray([Label.IN]) * 50_001
    assert labels[1::2] == bytearray([Label.OUT]) * 50_000


def test_the_search_ends_after_the_timeout() -> None:
    """A clock that jumps ahead ends the search with an error."""
    times = iter(range(0, 1_000, 10))
    many = numbered(40, [(n, n ^ 1) for n in range(40)])
    with pytest.raises(ClaimcliError) as error:
        extensions(many, Semantics.COMPLETE, clock=lambda: next(times), timeout=25)

    assert error.value.message == "not all extensions were found in 25 seconds"


def test_parts_are_solved_separately() -> None:
    """Sixty pairs that attack one another have 3 ** 60 complete extensions, counted without listing."""
    many = numbered(120, [(n, n ^ 1) for n in range(120)])

    assert extensions(many, Semantics.COMPLETE, clock=time.monotonic).count == 3**60
