"""Rules about unregistered parties, issues and events, and claims without a source."""

from collections.abc import Callable

from claimcli.checks import registry
from claimcli.core.records import Dossier

Find = Callable[..., list[tuple[str, int]]]

MENTIONS = """\
parties:
- {id: waterworks}
issues:
- {id: leak, question: Does it leak?}
events:
- {id: burst, title: The main bursts}
claims:
- {id: b, party: waterwork, statement: s, issue: leaks, event: bursts, said: 2023}
- {id: a, party: waterwork, statement: t, issue: leaks, event: bursts, said: 2021}
- {id: c, party: waterworks, statement: u, issue: leak, event: burst}
"""


def test_unregistered_records(found: Find) -> None:
    """An unregistered party, issue or event is one problem, located at its first mention."""
    assert found("unregistered-party", MENTIONS) == [("party 'waterwork' is not registered", 8)]
    assert found("unregistered-issue", MENTIONS) == [("issue 'leaks' is not registered", 8)]
    assert found("unregistered-event", MENTIONS) == [("event 'bursts' is not registered", 8)]


def test_hint_suggests_a_registered_id(dossier_of: Callable[[str], Dossier]) -> None:
    """The hint names the registered id that is similar to the mistyped one."""
    helps = {
        problem.rule: problem.help
        for problem in registry.run_rules(dossier_of(MENTIONS))
        if problem.rule.startswith("unregistered-")
    }

    assert helps == {
        "unregistered-party": "did you mean 'waterworks'?",
        "unregistered-issue": "did you mean 'leak'?",
        "unregistered-event": "did you mean 'burst'?",
    }


def test_number_of_suggestions_is_limited(
    dossier_of: Callable[[str], Dossier],
) -> None:
    """Only the first problems have a suggestion, since each one needs a search."""
    many = "".join(f"- {{id: c{n}, party: waterwork{n}, statement: s}}\n" for n in range(100))
    dossier = dossier_of(f"parties: [{{id: waterworks}}]\nclaims:\n{many}")
    found = list((registry.rule("unregistered-party").check or iter)(dossier))

    assert len(found) == 100
    assert sum("did you mean" in problem.help for problem in found) == 20


def test_claims_without_a_source(found: Find) -> None:
    """A claim or answer that cites nothing is reported at its statement."""
    text = """\
claims:
- id: a
  party: p
  statement: s
  source: {title: T}
  rebuttals:
  - party: q
    statement: t
"""

    assert found("unsourced-claim", text) == [("'a/q' cites no source", 8)]


def test_positions_that_the_issue_does_not_declare(found: Find) -> None:
    """Of claims, of answers with the issue of their claim, and of compatible pairs."""
    text = """\
issues:
- {id: leak, question: Does it leak?, positions: [yes, "no", "-3 %"],
   compatible: [[yes, maybe]]}
- {id: open, question: What now?}
claims:
- {id: a, party: p, issue: leak, position: "Yes.", statement: s}
- {id: b, party: p, issue: leak, position: "3 %", statement: t,
   rebuttals: [{party: q, statement: u, position: nope}]}
- {id: c, party: p, issue: open, position: whatever, statement: v}
"""

    assert found("unknown-position", text) == [
        ("'maybe' is not a position of issue 'leak'", 3),
        ("'3 %' is not a position of issue 'leak'", 7),
        ("'nope' is not a position of issue 'leak'", 8),
    ]


def test_a_similar_position_is_suggested(dossier_of: Callable[[str], Dossier]) -> None:
    """Without a similar one all positions are listed; a few problems have a suggestion."""
    text = "issues: [{id: leak, question: Q, positions: [leaking, sound]}]\nclaims:\n"
    claims = ("leakng", "dry", *(f"leakin{n}" for n in range(30)))
    for number, position in enumerate(claims):
        text += f"- {{id: c{number}, party: p, issue: leak, position: {position}, statement: s}}\n"
    problems = list((registry.rule("unknown-position").check or iter)(dossier_of(text)))

    assert [problem.help for problem in problems[:2]] == [
        "did you mean 'leaking'?", "the positions are leaking, sound",
    ]  # fmt: skip
    assert [problem.severity.value for problem in problems[:1]] == ["warning"]
    assert sum("did you mean" in problem.help for problem in problems) == 19
