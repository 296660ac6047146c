"""Rules about references that run in a circle, short and very long."""

from collections.abc import Callable

from claimcli.checks import registry
from claimcli.core.records import Answer, Claim, Dossier, Location
from claimcli.core.schema import Kind

Find = Callable[..., list[tuple[str, int]]]
HERE = Location("t.yaml", (1, 1, 1, 2))


def test_three_answers_in_a_circle_are_one_problem(found: Find) -> None:
    """The circle is reported once, at its first claim by id, with what leads into it left out."""
    text = """\
claims:
- {id: c, party: p, statement: s, responds_to: a}
- {id: b, party: q, statement: t, responds_to: c}
- {id: a, party: r, statement: u, responds_to: b}
- {id: d, party: r, statement: v, responds_to: b}
"""

    assert found("response-cycle", text) == [("answers run in a circle through 'a', 'b', 'c'", 4)]


def test_a_claim_that_answers_itself_is_a_circle(found: Find) -> None:
    """One claim is circle enough, and is no second problem of answering one's own claim."""
    text = "claims:\n- {id: a, party: p, statement: s, responds_to: a}\n"

    assert found("response-cycle", text) == [("answers run in a circle through 'a'", 2)]
    assert found("response-to-self", text) == []


def test_two_circles_are_two_problems(found: Find) -> None:
    """Circles that share nothing are reported each."""
    text = """\
claims:
- {id: a, party: p, statement: s, responds_to: b}
- {id: b, party: q, statement: t, responds_to: a}
- {id: x, party: p, statement: u, responds_to: [y, a]}
- {id: y, party: q, statement: v, responds_to: x}
"""

    assert [line for _, line in found("response-cycle", text)] == [2, 4]


def test_every_reference_that_may_not_run_in_a_circle_is_looked_at(found: Find) -> None:
    """Restatements, successors and members, each at its own field."""
    text = """\
parties:
- {id: p, part_of: q}
- {id: q, part_of: p}
claims:
- {id: a, party: p, statement: s, restates: b}
- {id: b, party: p, statement: t, restates: a, supersedes: b}
"""

    assert found("circular-reference", text) == [
        ("'part_of' runs in a circle through 'p', 'q'", 2),
        ("'restates' runs in a circle through 'a', 'b'", 5),
        ("'supersedes' runs in a circle through 'b'", 6),
    ]


def test_reports_that_are_one_another_s_origin_are_told(found: Find) -> None:
    """A circle of reports is a warning; a chain to one origin, however long, is none."""
    text = """\
sources:
- {id: s, title: S, derived_from: [t, u]}
- {id: t, title: T}
- {id: u, title: U, derived_from: [s]}
- {id: v, title: V, derived_from: [s]}
"""

    assert found("circular-reporting", text) == [
        ("each is derived from another of them: 's', 'u'", 2)
    ]


def circle(size: int) -> Dossier:
    """Return claims each of which answers and restates the next, built without the reader."""
    claims = tuple(
        Claim(
            id=f"c{n:05}",
            parties=(f"p{n % 2}",),
            statement=f"S{n}.",
            location=HERE,
            restates=f"c{(n + 1) % size:05}",
            responds_to=(Answer(claim=f"c{(n + 1) % size:05}", kind=Kind.DENIES, location=HERE),),
        )
        for n in range(size)
    )
    return Dossier(claims=claims, by_id={claim.id: claim for claim in claims})


def test_a_circle_of_fifty_thousand_is_one_short_problem() -> None:
    """No depth of references exhausts a rule, and the message stays one line."""
    dossier = circle(50_000)
    found = [
        str(problem.message)
        for name in ("response-cycle", "circular-reference", "duplicate-statement")
        for problem in (registry.rule(name).check or iter)(dossier)
    ]

    names = "'c00000', 'c00001', 'c00002', 'c00003', 'c00004' and 49995 more"
    assert found == [
        f"answers run in a circle through {names}",
        f"'restates' runs in a circle through {names}",
    ]
