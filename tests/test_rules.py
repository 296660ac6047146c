"""Every rule's manual is true: its bad example breaks it, its good one does not."""

import textwrap
from pathlib import Path

import pytest

from claimcli import checks
from claimcli.checks import Rule
from claimcli.opening import open_dossier
from claimcli.problems import Severity

WITHOUT_EXAMPLES = {"not-utf8", "unreadable-file", "too-large", "too-deep", "too-many-problems"}
"""Rules whose breach no manual can show; tests of reading hold them."""


def example(rule: Rule, heading: str) -> str:
    """Return the indented block after a heading of a rule's manual, "" where there is none."""
    _, found, rest = rule.documentation.partition(f"\n{heading}:\n")
    block = []
    for line in rest.lstrip("\n").split("\n") if found else ():
        if line and not line.startswith("    "):
            break
        block.append(line)
    return textwrap.dedent("\n".join(block))


def found_in(text: str, folder: Path) -> list[tuple[str, Severity]]:
    (folder / "texts").mkdir()
    (folder / "texts" / "conference.txt").write_text("The main was found sound.\n")
    (folder / "example.yaml").write_text(text, encoding="utf-8")
    return [(p.rule, p.severity) for p in checks.run(open_dossier([folder]))]


RULES = checks.rules()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_manual_says_what_must_hold(rule: Rule) -> None:
    """A manual begins with one sentence and gives a reason after it."""
    summary, blank, reason = rule.documentation.split("\n")[:3]

    assert summary.endswith(".")
    assert (blank, rule.summary) == ("", summary)
    assert reason


@pytest.mark.parametrize(
    "rule", [r for r in RULES if r.name not in WITHOUT_EXAMPLES], ids=lambda rule: rule.name
)
def test_the_examples_are_true(rule: Rule, tmp_path: Path) -> None:
    """The bad example has the rule's problem, the good one has no such problem and no error."""
    for heading in ("Bad", "Good"):
        (tmp_path / heading).mkdir()
    bad = found_in(example(rule, "Bad"), tmp_path / "Bad")
    good = found_in(example(rule, "Good"), tmp_path / "Good")

    assert (rule.name, rule.severity) in bad
    assert rule.name not in {name for name, _ in good}
    assert Severity.ERROR not in {severity for _, severity in good}


def test_reading_names_no_rule_without_a_manual(tmp_path: Path) -> None:
    """Every rule that the gallery of errors shows has a module with its manual."""
    gallery = Path(__file__).parent / "errors"
    shown = {problem.rule for problem in open_dossier([gallery]).problems}

    assert shown <= {rule.name for rule in RULES}
    assert len(shown) >= 14


def test_a_circle_of_fifty_thousand_is_found_without_recursion(tmp_path: Path) -> None:
    """Answers in a circle of any length are one problem."""
    claims = "".join(
        f"- {{id: c{n}, party: p{n}, statement: S{n}., responds_to: c{(n + 1) % 50_000}}}\n"
        for n in range(50_000)
    )
    (tmp_path / "circle.yaml").write_text(f"claims:\n{claims}")
    dossier = open_dossier([tmp_path])
    rule = next(rule for rule in RULES if rule.name == "response-cycle")

    assert len(checks.run(dossier, [rule])) == 1


def test_a_claim_that_answers_itself_is_a_circle(tmp_path: Path) -> None:
    """One claim is enough for a circle."""
    text = "claims: [{id: a, party: p, statement: One., responds_to: a}]"

    assert ("response-cycle", Severity.ERROR) in found_in(text, tmp_path)
