"""From an empty folder to a diff of the user's own two claims, with four commands."""

import sys
from pathlib import Path

from tests.support.terminal import conversation

COMMAND = f"{sys.executable} -m claimcli"


def test_four_commands_lead_to_the_first_diff(tmp_path: Path) -> None:
    """``init``, ``add``, ``rebut`` and ``diff`` on a terminal, each asking for what it needs."""
    output, code = conversation(f"{COMMAND} init", [], cwd=tmp_path)
    assert (code, "claimcli add" in output, "claimcli rebut CLAIM" in output) == (0, True, True), (
        output
    )

    output, code = conversation(
        f"{COMMAND} add",
        [
            ("what is said: ", "The main was inspected in March.\n"),
            ("who says it: ", "waterworks\n"),
            ("its id [main-inspected-march]: ", "\n"),
            ("on which issue (enter for none): ", "state-of-main\n"),
            ("source, an id or a title (enter for none): ", "Press conference\n"),
            ("quote, the words in the source (enter for none): ", "inspected in March\n"),
        ],
        cwd=tmp_path,
    )
    assert (code, output.splitlines()[-1]) == (0, "main-inspected-march"), output

    output, code = conversation(
        f"{COMMAND} rebut main-inspected-march",
        [
            ("what is said: ", "Nobody looked at it in March.\n"),
            ("who says it: ", "residents\n"),
            ("source, an id or a title (enter for none): ", "\n"),
        ],
        cwd=tmp_path,
    )
    assert (code, output.splitlines()[-1]) == (0, "main-inspected-march/residents"), output

    output, code = conversation(f"{COMMAND} diff waterworks residents", [], cwd=tmp_path)
    assert code == 0
    for words in (
        "contested: denies",
        "The main was inspected in March.",
        '"inspected in March"',
        "Nobody looked at it in March.",
        "no source on file",
    ):
        assert words in output, output

    output, code = conversation(f"{COMMAND} check", [], cwd=tmp_path)
    assert (code, ": 0 errors, " in output) == (1, True), output
