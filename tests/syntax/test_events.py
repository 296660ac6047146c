"""Lines and characters of YAML text are those of YAML 1.2."""

from collections.abc import Callable

import pytest

from claimcli.checks.registry import check_dossier
from claimcli.core.records import Dossier
from claimcli.dossier.reader import read_text
from claimcli.edit.autofix import apply_fixes
from claimcli.edit.excerpt import extract_record
from claimcli.formats.check import concise
from claimcli.syntax.events import lines_with_ends

SEPARATORS = ["\x85", "\u2028", "\u2029"]
TEXT = (
    "# pasted{0}from elsewhere\nclaims:\n- id: a\n  party: p\n"
    '  statement: "One.{0} Two.{0}{0}Three."\n  note: plain{0}text\n'
    "- {{id: b, party: p, statement: B., said: bad}}\n"
)


@pytest.mark.parametrize("separator", [*SEPARATORS, "".join(SEPARATORS)])
def test_only_line_feeds_and_returns_end_lines(
    separator: str, dossier_of: Callable[[str], Dossier]
) -> None:
    """So line numbers are those of editors and git, and the characters stay in the texts."""
    dossier = dossier_of(TEXT.format(separator))

    assert concise(check_dossier(dossier, dossier.problems)).startswith("t.yaml:7:42: error: ")
    assert [claim.location.record[0] for claim in dossier.by_id.values()] == [3, 7]
    first = dossier.by_id["a"]
    assert first.statement == f"One.{separator} Two.{separator}{separator}Three."
    assert first.note == f"plain{separator}text"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_kind_of_line_end_counts_once(end: str, dossier_of: Callable[[str], Dossier]) -> None:
    dossier = dossier_of(TEXT.format("\u2028").replace("\n", end))

    assert [(p.rule, p.span.line) for p in dossier.problems] == [("bad-date", 7)]


def test_a_syntax_error_below_a_separator_has_the_line_of_editors() -> None:
    (reading,) = read_text('a: x\u2028y\nb: "c" d\n---\n\u2029: e\n\n- f\n')

    assert [(p.span.line, p.span.column, p.unread) for p in reading.problems if p.unread] == [
        (2, 8, (2, 2)),
        (6, 1, (6, 0)),
    ]


def test_characters_for_private_use_are_kept() -> None:
    """They replace the separators while the text is parsed, except those that it contains."""
    private = "".join(map(chr, range(0xE000, 0xE010)))
    (reading,) = read_text(f"claims: [{{id: a, party: p, statement: 'x\u2028{private}'}}]")

    assert reading.records[0].statement == f"x\u2028{private}"


def test_edits_are_made_at_the_counted_lines(dossier_of: Callable[[str], Dossier]) -> None:
    text = TEXT.format("\u2028").replace("said: bad", "said: 30 December 2021")
    (problem,) = dossier_of(text).problems

    assert problem.fix is not None
    assert apply_fixes(text, [problem.fix]) == text.replace("30 December 2021", "2021-12-30")
    assert extract_record(text.replace("30 December 2021", "2021"), "claim", "b").line == 7


def test_lines_keep_their_ends() -> None:
    assert lines_with_ends("a\r\nb\u2028c\r\rd\n\ne") == [
        "a\r\n", "b\u2028c\r", "\r", "d\n", "\n", "e",
    ]  # fmt: skip
