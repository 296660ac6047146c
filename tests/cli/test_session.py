"""Queries on the command line: with flags, on every reading command, and their errors."""

import json
from pathlib import Path

import pytest

from tests.support.cli import claimcli


def _ids(*arguments: str) -> list[str]:
    done = claimcli("--sample", "call", "list", "--format", "json", *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return [record["id"] for record in json.loads(done.stdout)]


@pytest.mark.parametrize(
    ("flags", "query"),
    [
        ("--party kremlin", "party:kremlin"),
        ("--party kremlin --party nato", "party:kremlin OR party:nato"),
        ("--speaker Psaki", "speaker:psaki"),
        ("--issue sanctions", "issue:sanctions"),
        ("--source kremlin-readout", "source:kremlin-readout"),
        ("--status contested", "status:contested"),
        ("--since 2021-12-31", "when:>=2021-12-31"),
        ("--until 2021-12-30", "when:<=2021-12-30"),
        ("--party kremlin --issue sanctions", "party:kremlin issue:sanctions"),
    ],
)
def test_a_flag_is_a_short_condition(flags: str, query: str) -> None:
    found = _ids(*flags.split())

    assert found == _ids(query)
    assert 0 < len(found) < len(_ids())


def test_flags_and_query_must_both_match() -> None:
    both = _ids("--party", "kremlin", "weapons OR sanctions")

    assert both
    assert set(both) == set(_ids("weapons OR sanctions")) & set(_ids("party:kremlin"))


def test_a_query_may_be_several_arguments() -> None:
    """One that begins with a dash and names a field is a condition, not an option."""
    assert _ids("sanctions", "OR", "weapons") == _ids("sanctions OR weapons")
    assert _ids("party:kremlin", "-issue:sanctions") == _ids("party:kremlin -issue:sanctions")
    assert _ids("-party:kremlin", "--limit", "2") == _ids("NOT party:kremlin", "--limit", "2")
    assert _ids("--", "-sanctions") == _ids("NOT sanctions")


def test_sort_and_limit_apply_to_a_query() -> None:
    found = _ids("party:kremlin", "--sort", "-id")

    assert found == sorted(found, reverse=True)
    assert _ids("party:kremlin", "--sort", "-id", "--limit", "3") == found[:3]


@pytest.mark.parametrize(
    "command", ["diff kremlin white-house", "export", "parties", "issues", "sources"]
)
def test_every_reading_command_takes_a_query(command: str, tmp_path: Path) -> None:
    """If no claim matches, the output has no claims."""
    run = ["--sample", "call", *command.split(), "--format", "json"]
    if command == "export":
        run[-1] = "md"
    whole = claimcli(*run, cwd=tmp_path).stdout
    part = claimcli(*run, "issue:sanctions", cwd=tmp_path)
    none = claimcli(*run, "issue:sanctions party:nato", cwd=tmp_path)

    assert part.returncode == none.returncode == 0
    assert len({whole, part.stdout, none.stdout}) == 3
    assert "grave-error" not in none.stdout
    assert command not in ("export", "diff kremlin white-house") or "grave-error" in part.stdout


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (
            "party:kremlin stauts:x",
            "no field 'stauts'; did you mean 'status'?\n"
            "  party:kremlin stauts:x\n"
            "                ^^^^^^",
        ),
        (
            "sanctions (party:kremlin",
            "this '(' is never closed; add ')', or quote it\n"
            "  sanctions (party:kremlin\n"
            "            ^",
        ),
        (
            "sanctions OR",
            "the query ends where a condition is expected; add one\n  sanctions OR\n              ^",
        ),
        (
            "a party:kremlim",
            "no party 'kremlim'; did you mean 'kremlin'?\n  a party:kremlim\n    ^^^^^^^^^^^^^",
        ),
    ],
)
def test_an_error_is_marked_in_the_query(query: str, message: str) -> None:
    done = claimcli("--sample", "call", "list", query)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"error: {message}\n"


def test_a_query_cannot_write_to_the_terminal() -> None:
    done = claimcli("--sample", "call", "list", "party:\x1b[31mred\x07")

    assert done.returncode == 2
    assert "\x1b" not in done.stderr
    assert "\x07" not in done.stderr


@pytest.mark.parametrize("query", ["(" * 5000, "a OR " * 5000 + "a", "x" * 20_000, '"' * 999])
def test_a_query_has_limits(query: str) -> None:
    done = claimcli("--sample", "call", "list", query)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: ")
    assert len(done.stderr) < 1000
