"""The manuals of the rules, their examples, and the registry of rules."""

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
"""Rules whose manual may say why it has no example."""


@pytest.fixture
def folder_with_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Change to a folder with the text file that the manuals mention."""
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "conference.txt").write_bytes(b"The main was found sound.\n")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_manual(rule: registry.Rule) -> None:
    """A rule has a summary of one sentence, a reason, and a severity."""
    first, _, rest = rule.documentation.partition("\n\n")

    assert rule.summary == first
    assert rule.summary.endswith(".")
    assert rest.strip()
    assert rule.severity in Severity


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_manual_has_examples(rule: registry.Rule) -> None:
    """A manual has a bad and a good example, except for rules that cannot have any."""
    both = bool(rule.bad) and bool(rule.good)

    assert both or rule.name in NO_EXAMPLE


@pytest.mark.usefixtures("folder_with_text")
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_bad_example(rule: registry.Rule, dossier_of: Callable[[str], Dossier]) -> None:
    """A bad example breaks its rule, with the rule's severity."""
    text = rule.bad
    broken = [p for p in registry.run_rules(dossier_of(text)) if p.rule == rule.name]

    assert {problem.severity for problem in broken} == ({rule.severity} if text else set())


@pytest.mark.usefixtures("folder_with_text")
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_good_example(rule: registry.Rule, dossier_of: Callable[[str], Dossier]) -> None:
    """A good example keeps its rule and has no errors."""
    found = registry.run_rules(dossier_of(rule.good))

    assert [p for p in found if p.rule == rule.name or p.severity is Severity.ERROR] == []


def test_folder_is_the_registry() -> None:
    """Each file is a rule with the file's name; rules are sorted by name."""
    folder = Path(rules.__file__).parent
    names = sorted(path.stem.replace("_", "-") for path in folder.glob("[!_]*.py"))

    assert [rule.name for rule in RULES] == names


def test_rule_by_name() -> None:
    """A rule is returned by its name."""
    assert registry.rule("long-quote").severity is Severity.WARNING


def test_unknown_rule() -> None:
    """An unknown name is an error whose hint suggests a similar name."""
    with pytest.raises(
        ClaimcliError, match="no rule 'long-quotes'; did you mean 'long-quote'"
    ) as e:
        registry.rule("long-quotes")

    assert e.value.hint == "did you mean 'long-quote'?"


def test_problems_are_sorted_by_location(dossier_of: Callable[[str], Dossier]) -> None:
    """Problems of the reader and of the rules are sorted together by location."""
    found = registry.run_rules(dossier_of("claims:\n- {id: a, party: p, statement: s, zzz: 1}\n"))

    assert [(p.rule, p.span.column) for p in found] == [
        ("unregistered-party", 18),
        ("unsourced-claim", 32),
        ("unknown-key", 35),
    ]


def test_selected_rules(dossier_of: Callable[[str], Dossier]) -> None:
    """Only the given rules are applied, in addition to the reader's problems."""
    dossier = dossier_of("claims:\n- {id: a, party: p, statement: s}\n")

    assert [p.rule for p in registry.run_rules(dossier, [registry.rule("unsourced-claim")])] == [
        "unsourced-claim"
    ]


def test_fields_of_a_problem(dossier_of: Callable[[str], Dossier]) -> None:
    """A problem has a message, a location, a severity and a hint."""
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
