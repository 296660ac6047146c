"""``claimcli rule``: the manual of each rule, and the list of rules."""

import json
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from claimcli.checks import registry
from claimcli.formats import rule as manual
from tests.support.cli import claimcli


def test_a_rule_explains_itself() -> None:
    """Name, severity and whether it can be fixed; what it requires, why, a bad and a good example."""
    done = claimcli("rule", "duplicate-key")

    assert (done.returncode, done.stderr) == (0, "")
    assert (
        done.stdout
        == """\
duplicate-key: error
A key occurs only once in a record.

YAML does not define which of two equal keys counts. The first is used; the other is often a second
source of the claim, or a line that a merge left behind.

Bad:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
        note: Said at noon.
        note: Said again in the evening.

Good:

    claims:
      - id: pipe-was-sound
        party: waterworks
        statement: The main is sound.
        note: Said at noon, and again in the evening.
"""
    )


def test_a_fixable_rule_says_so() -> None:
    assert claimcli("rule", "Bad-Date").stdout.startswith(
        "bad-date: error; check --fix fixes some cases\n"
    )


def test_an_unknown_rule_has_a_suggestion() -> None:
    done = claimcli("rule", "long-quotes")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "error: no rule 'long-quotes'; did you mean 'long-quote'?\n"


def test_the_list_names_all_rules() -> None:
    """Off a terminal as tab-separated lines, and in every table format."""
    lines = claimcli("rule", "--list").stdout.splitlines()
    found = json.loads(claimcli("rule", "-f", "json").stdout)

    assert lines[0] == "rule\tseverity\tfixable\tsummary"
    assert "duplicate-key\terror\t\tA key occurs only once in a record." in lines
    assert [line.split("\t")[0] for line in lines[1:]] == [
        rule.name for rule in registry.all_rules()
    ]
    assert {r["rule"] for r in found if r["fixable"]} == {
        "bad-color", "bad-date", "bad-id", "unknown-claim", "unknown-key", "unknown-kind", "unknown-source",
        "unregistered-event",
    }  # fmt: skip
    for form in ("csv", "jsonl", "yaml", "md", "table"):
        assert claimcli("rule", "--list", "-f", form).stdout.count("duplicate-key") == 1


@pytest.mark.parametrize("rule", registry.all_rules(), ids=lambda rule: rule.name)
def test_the_manual_is_markdown(rule: registry.Rule) -> None:
    """A heading, escaped text with only code as markup, and the examples unchanged."""
    tokens = MarkdownIt("commonmark").parse(manual.markdown(rule))
    blocks = [token.content for token in tokens if token.type == "fence"]

    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1"]
    assert blocks == [f"{example}\n" for example in (rule.bad, rule.good) if example]
    text = "".join(
        child.content if child.type in ("text", "code_inline") else ""
        for token in tokens
        for child in token.children or ()
    )
    assert "".join(rule.summary.replace("``", "").split()) in "".join(text.split())


def test_a_manual_goes_to_a_file(tmp_path: Path) -> None:
    claimcli("rule", "bad-id", "-o", "rule.md", cwd=tmp_path)

    assert (tmp_path / "rule.md").read_text().startswith("# bad-id\n")
