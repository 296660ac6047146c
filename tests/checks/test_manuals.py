"""Every rule has a manual, and what the manual shows is so."""

from collections.abc import Callable
from pathlib import Path

import pytest

from claimcli.checks import registry, rules
from claimcli.core.problems import ClaimcliError, Problem, Severity, Span
from claimcli.core.records import Dossier

RULES = registry.all_rules()
NO_EXAMPLE = {
    "changed-text",
    "not-utf8",
    "too-deep",
    "too-large",
    "too-many-problems",
    "unreadable-file",
}
"""Rules whose manual may say in words why it shows nothing."""


@pytest.fixture
def beside_a_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in a folder with the text that the manuals speak of."""
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "conference.txt").write_bytes(b"The main was found sound.\n")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_has_a_manual(rule: registry.Rule) -> None:
    """It has a one-sentence summary, a reason, and a severity."""
    first, _, rest = rule.documentation.partition("\n\n")

    assert rule.summary == first
    assert rule.summary.endswith(".")
    assert rest.strip()
    assert rule.severity in Severity


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_manual_shows_both_sides(rule: registry.Rule) -> None:
    """It has a bad and a good example, or is a rule that cannot show one."""
    both = bool(rule.bad) and bool(rule.good)

    assert both or rule.name in NO_EXAMPLE


@pytest.mark.usefixtures("beside_a_text")
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_bad_example_breaks_the_rule(
    rule: registry.Rule, dossier_of: Callable[[str], Dossier]
) -> None:
    """The bad example has at least one problem of the rule, with the rule's severity."""
    text = rule.bad
    broken = [p for p in registry.run_rules(dossier_of(text)) if p.rule == rule.name]

    assert {problem.severity for problem in broken} == ({rule.severity} if text else set())


@pytest.mark.usefixtures("beside_a_text")
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_good_example_breaks_nothing(
    rule: registry.Rule, dossier_of: Callable[[str], Dossier]
) -> None:
    """The good example keeps the rule and has no error."""
    found = registry.run_rules(dossier_of(rule.good))

    assert [p for p in found if p.rule == rule.name or p.severity is Severity.ERROR] == []


def test_the_folder_is_the_registry() -> None:
    """Each file is one rule, its name the file's, and they come sorted."""
    folder = Path(rules.__file__).parent
    names = sorted(path.stem.replace("_", "-") for path in folder.glob("[!_]*.py"))

    assert [rule.name for rule in RULES] == names


def test_a_rule_is_found_by_name() -> None:
    """A rule comes back by its name."""
    assert registry.rule("long-quote").severity is Severity.WARNING


def test_an_unknown_rule_offers_a_near_one() -> None:
    """A mistyped name is a wrong call, with the way out."""
    with pytest.raises(
        ClaimcliError, match="no rule 'long-quotes'; did you mean 'long-quote'"
    ) as e:
        registry.rule("long-quotes")

    assert e.value.hint == "did you mean 'long-quote'?"


def test_problems_come_in_order_of_place(dossier_of: Callable[[str], Dossier]) -> None:
    """What the reader met and what the rules find are one list, by place."""
    found = registry.run_rules(dossier_of("claims:\n- {id: a, party: p, statement: s, zzz: 1}\n"))

    assert [(p.rule, p.span.column) for p in found] == [
        ("unregistered-party", 18),
        ("unsourced-claim", 32),
        ("unknown-key", 35),
    ]


def test_chosen_rules_alone_are_applied(dossier_of: Callable[[str], Dossier]) -> None:
    """With rules given, only these are applied beside what the reader met."""
    dossier = dossier_of("claims:\n- {id: a, party: p, statement: s}\n")

    assert [p.rule for p in registry.run_rules(dossier, [registry.rule("unsourced-claim")])] == [
        "unsourced-claim"
    ]


def test_the_data_of_a_problem_is_all_there(dossier_of: Callable[[str], Dossier]) -> None:
    """A problem says what, where, how bad, and the way out."""
    dossier = dossier_of("claims:\n- {id: a, party: p, statement: s}\n")

    assert registry.run_rules(dossier, [registry.rule("unsourced-claim")]) == (
        Problem(
            "unsourced-claim",
            "'a' cites no source",
            Span("t.yaml", 2, 32, 2, 33),
            Severity.WARNING,
            "add 'source:' with an id, or with a title and a date",
        ),
    )
