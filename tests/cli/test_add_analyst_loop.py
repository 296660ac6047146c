"""The analyst's loop: from an article to a briefing with eleven commands, without opening a file."""

import re
from pathlib import Path

from tests.support.cli import claimcli

ARTICLE = """\
Minutes of the council meeting of 4 March 2024

The mayor, Ida Holm, said: "The bridge was closed because two of its cables are damaged."
"It will be open again before the end of May," she added.

Per Lind spoke for the ferry company. "Nobody has shown us a report on the cables," he said.
"A repair of this kind takes at least a year."
"""
MINUTES = ["--source", "minutes", "--said", "2024-03-04"]
COUNCIL = ["-p", "council", "--speaker", "Ida Holm", *MINUTES]
FERRY = ["-p", "ferry", "--speaker", "Per Lind", *MINUTES]
COMMANDS = [
    ["init"],
    ["add", "party", "--id", "council", "--name", "The council", "--kind", "government"],
    ["add", "party", "--id", "ferry", "--name", "The ferry company", "--kind", "company"],
    ["add", "issue", "--id", "reopening", "--question", "When will the bridge be open again?",
     "--position", "in May", "--position", "next year"],
    ["add", "source", "--id", "minutes", "--title", "Minutes of the council", "--published",
     "2024-03-04", "--kind", "primary", "--text", "../minutes.txt"],
    ["add", *COUNCIL, "--id", "damage", "-s", "Two cables of the bridge are damaged.",
     "--quote", "two of its cables are damaged"],
    ["add", *COUNCIL, "--id", "may", "-s", "The bridge will be open again by the end of May.",
     "-i", "reopening", "--position", "in May", "--quote", "before the end of May"],
    ["add", *FERRY, "--id", "year", "-s", "The repair will take at least a year.",
     "-i", "reopening", "--position", "next year", "--quote", "takes at least a year"],
    ["rebut", "damage", *FERRY, "-k", "undermines", "-s", "No report on the cables is known.",
     "--quote", "Nobody has shown us a report on the cables"],
    ["rebut", "may", *FERRY, "-k", "contradicts", "-s", "It will not be open before next year."],
    ["export", "-o", "briefing.md"],
]  # fmt: skip


def test_eleven_commands_lead_from_an_article_to_a_briefing(tmp_path: Path) -> None:
    """Two parties, an issue, a source with text, three claims, two answers; every quote is exact."""
    folder = tmp_path / "bridge"
    folder.mkdir()
    (tmp_path / "minutes.txt").write_text(ARTICLE, encoding="utf-8")
    for command in COMMANDS:
        done = claimcli(*command, cwd=folder)
        assert done.returncode == 0, (command, done.stderr)
    checked, verified, formatted = (
        claimcli(*words, cwd=folder) for words in (["check"], ["verify"], ["fmt", "--check"])
    )
    briefing = (folder / "briefing.md").read_text(encoding="utf-8")

    assert len(COMMANDS) == 11
    assert (checked.stdout, checked.stderr.splitlines()[-1]) == (
        "", "5 claims in 6 files: 0 errors, 0 warnings, 0 info"
    )  # fmt: skip
    assert verified.returncode == 0
    assert re.findall(r"^(\w+)\t([\w/-]+)", verified.stdout, re.MULTILINE)[1:] == [
        ("exact", "damage"), ("exact", "damage/ferry"), ("exact", "may"), ("exact", "year")
    ]  # fmt: skip
    assert formatted.returncode == 0
    for words in (
        "When will the bridge be open again?",
        "next year",
        "two of its cables are damaged",
    ):
        assert words in briefing
