"""Rules about references that form a circle, short and very long."""

from collections.abc import Callable

import pytest

from claimcli.checks import registry
from claimcli.core.records import Answer, Claim, Dossier, Location
from claimcli.core.schema import Kind

Find = Callable[..., list[tuple[str, int]]]
HERE = Location("t.yaml", (1, 1, 1, 2))


def test_three_answers_in_a_circle(found: Find) -> None:
    """A circle is one problem, at its first claim by id; claims that lead into it are left out."""
    text = """\
claims:
- {id: c, party: p, statement: s, responds_to: a}
- {id: b, party: q, statement: t, responds_to: c}
- {id: a, party: r, statement: u, responds_to: b}
- {id: d, party: r, statement: v, responds_to: b}
"""

    assert found("response-cycle", text) == [("answers form a circle through 'a', 'b', 'c'", 4)]


def test_claim_that_answers_itself(found: Find) -> None:
    """A claim that answers itself is a circle, and not also reported by response-to-self."""
    text = "claims:\n- {id: a, party: p, statement: s, responds_to: a}\n"

    assert found("response-cycle", text) == [("answers form a circle through 'a'", 2)]
    assert found("response-to-self", text) == []


def test_two_circles(found: Find) -> None:
    """Two circles without a common claim are two problems."""
    text = """\
claims:
- {id: a, party: p, statement: s, responds_to: b}
- {id: b, party: q, statement: t, responds_to: a}
- {id: x, party: p, statement: u, responds_to: [y, a]}
- {id: y, party: q, statement: v, responds_to: x}
"""

    assert [line for _, line in found("response-cycle", text)] == [2, 4]


def test_circles_of_other_references(found: Find) -> None:
    """Circles of restatements, successors and members are reported at their fields."""
    text = """\
parties:
- {id: p, part_of: q}
- {id: q, part_of: p}
claims:
- {id: a, party: p, statement: s, restates: b}
- {id: b, party: p, statement: t, restates: a, supersedes: b}
"""

    assert found("circular-reference", text) == [
        ("'part_of' forms a circle through 'p', 'q'", 2),
        ("'restates' forms a circle through 'a', 'b'", 5),
        ("'supersedes' forms a circle through 'b'", 6),
    ]


def test_reports_derived_from_each_other(found: Find) -> None:
    """A circle of reports is reported; a chain that ends at an origin is not."""
    text = """\
sources:
- {id: s, title: S, derived_from: [t, u]}
- {id: t, title: T}
- {id: u, title: U, derived_from: [s]}
- {id: v, title: V, derived_from: [s]}
"""

    assert found("circular-reporting", text) == [
        ("these sources are derived from each other: 's', 'u'", 2)
    ]


def circle(size: int) -> Dossier:
    """Return claims each of which answers and restates the next."""
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


@pytest.mark.slow
def test_circle_of_fifty_thousand_claims() -> None:
    """A very long circle does not exhaust the stack, and the message names the first claims."""
    dossier = circle(50_000)
    found = [
        str(problem.message)
        for name in ("response-cycle", "circular-reference", "duplicate-statement")
        for problem in (registry.rule(name).check or iter)(dossier)
    ]

    names = "'c00000', 'c00001', 'c00002', 'c00003', 'c00004' and 49995 more"
    assert found == [
        f"answers form a circle through {names}",
        f"'restates' forms a circle through {names}",
    ]
