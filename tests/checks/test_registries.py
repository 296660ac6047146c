"""Rules about what is mentioned and not registered, and claims without a source."""

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


def test_what_is_only_mentioned_is_reported_at_its_first_mention(found: Find) -> None:
    """Each unregistered party, issue and event is one problem, however often it is mentioned."""
    assert found("unregistered-party", MENTIONS) == [("party 'waterwork' is not registered", 8)]
    assert found("unregistered-issue", MENTIONS) == [("issue 'leaks' is not registered", 8)]
    assert found("unregistered-event", MENTIONS) == [("event 'bursts' is not registered", 8)]


def test_a_mistyped_id_gets_the_registered_one(dossier_of: Callable[[str], Dossier]) -> None:
    """The way out is the id that was probably meant."""
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


def test_near_matches_are_looked_for_a_few_times_only(
    dossier_of: Callable[[str], Dossier],
) -> None:
    """Of very many unregistered parties only the first get a suggestion: each is a search."""
    many = "".join(f"- {{id: c{n}, party: waterwork{n}, statement: s}}\n" for n in range(100))
    dossier = dossier_of(f"parties: [{{id: waterworks}}]\nclaims:\n{many}")
    found = list((registry.rule("unregistered-party").check or iter)(dossier))

    assert len(found) == 100
    assert sum("did you mean" in problem.help for problem in found) == 20


def test_every_claim_and_answer_needs_a_source(found: Find) -> None:
    """An answer that cites nothing is reported at its statement, like any claim."""
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
