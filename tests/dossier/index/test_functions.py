"""Patterns in queries: limited in size and time; errors in them do not count as index damage."""

from collections.abc import Callable
from pathlib import Path

import pytest

from claimcli.core.problems import ClaimcliError
from claimcli.core.records import Dossier
from claimcli.dossier.index import functions
from claimcli.dossier.index.functions import Searcher
from tests.support.cli import claimcli

ENDLESS = "^(a|aa)+$"
LONG = "a" * 60 + "!"


@pytest.mark.parametrize(
    "pattern", ["(ab|cd){1000000}", "a{99999999}", "((a{100}){100})", "a{5,2000}", "a{2000,}"]
)
def test_a_pattern_that_would_fill_the_memory_is_rejected(pattern: str) -> None:
    done = claimcli("--sample", "call", "list", f"/{pattern}/")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: the pattern repeats a part more than 1,000 times; ")
    assert f"  /{pattern}/\n  ^^^" in done.stderr


@pytest.mark.parametrize(
    "pattern", ["(?R)?a", "b(?R)", "(a(?1)?)", "(?<n>(?&n))", "(?P>n)(?P<n>a)", "(?+1)(a)", "(?0)a"]
)
def test_a_pattern_that_calls_itself_is_rejected(pattern: str) -> None:
    """Recursion needs memory without limit."""
    done = claimcli("--sample", "call", "list", f"/{pattern}/")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(
        "error: the pattern calls itself, which could fill the memory; "
        "write the parts out as often as they can occur"
    )


@pytest.mark.parametrize(
    "pattern", [r"\(?R", r"[(?R)]", r"(?i)a", "(?-i:a)", "(?:a)", "(?P<n>a)(?P=n)"]
)
def test_other_groups_are_not_calls(pattern: str) -> None:
    """Escaped brackets, flags and references to groups are no recursion."""
    assert functions.compile_pattern(pattern)


def test_a_search_that_fills_the_memory_is_aborted() -> None:
    """The error names the pattern."""

    class Filling:
        def search(self, *_: object, **__: object) -> None:
            raise MemoryError

    searcher = Searcher(60)
    searcher.patterns["(a)*b"] = Filling()

    with pytest.raises(
        ClaimcliError, match=r"'.a..b' takes too much memory; use fewer repetitions"
    ):
        searcher.search("(a)*b", "a")


@pytest.mark.parametrize("pattern", ["(", "[a", "(?a)(?u)x", "a**", "\\"])
def test_an_invalid_pattern_is_reported(pattern: str) -> None:
    with pytest.raises(ClaimcliError, match="the pattern cannot be read"):
        functions.compile_pattern(pattern)


def test_a_slow_pattern_is_aborted(tmp_path: Path) -> None:
    """The error names the pattern, the index is kept, and `sql` has its own time limit."""
    (tmp_path / "a.yaml").write_text(f'claims: [{{id: a, party: p, statement: "{LONG}"}}]\n')
    question = f"select 1 from claims where statement regexp '{ENDLESS}'"
    done = claimcli("--data", "a.yaml", "sql", question, "--timeout", "0.3", cwd=tmp_path)

    assert done.returncode == 2
    assert done.stderr == (
        f"error: the pattern '{ENDLESS}' takes more than 0.3 s; use fewer repetitions\n"
    )


def test_only_search_time_counts() -> None:
    """Two searches take a twentieth of a second each; the hour between them is not counted."""
    times = iter([0.0, 0.05, 3600.0, 3600.05, 7200.0, 7200.05])
    searcher = Searcher(0.2, clock=lambda: next(times))
    assert searcher.search("a", "banana")
    assert searcher.search("a", "banana")
    assert searcher.left == pytest.approx(0.1)
    with pytest.raises(ClaimcliError):
        searcher.search(ENDLESS, LONG)
    with pytest.raises(ClaimcliError):
        searcher.search("a", "banana")
    assert "takes more than 0.2 s" in str(searcher.error)


def test_letter_case_is_ignored_in_all_scripts(
    dossier_of: Callable[..., Dossier], tmp_path: Path
) -> None:
    """Tags, files and scripts without spaces, composed or not."""
    text = "claims: [{id: a, party: p, statement: ÉCOLE学校 と か\u3099っこう, tags: [Élan]}]\n"
    assert dossier_of(text).by_id
    (tmp_path / "DONNÉES.yaml").write_text(text, encoding="utf-8")
    for query in ("tag:éla*", "tag:ÉLAN", "file:données", "école学校", "がっこう", "/ÉCOLE/"):
        done = claimcli("--data", ".", "list", query, "--fields", "id", cwd=tmp_path)
        assert (done.stdout, done.stderr) == ("id\na\n", ""), query
