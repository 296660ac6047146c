"""Rules about references that form a cycle, short and very long."""

from collections.abc import Callable

import pytest

from claimcli.checks import registry
from claimcli.core.records import Answer, Claim, Dossier, Location
from claimcli.core.response_kinds import Kind

Find = Callable[..., list[tuple[str, int]]]
HERE = Location.create("t.yaml", (1, 1, 1, 2), {})


def test_three_answers_in_a_cycle(found: Find) -> None:
    """A cycle is one problem, at its first claim by id; claims that lead into it are left out."""
    text = """\
claims:
- {id: c, party: p, statement: s, responds_to: a}
- {id: b, party: q, statement: t, responds_to: c}
- {id: a, party: r, statement: u, responds_to: b}
- {id: d, party: r, statement: v, responds_to: b}
"""

    assert found("response-cycle", text) == [("answers form a cycle through 'a', 'b', 'c'", 4)]


def test_claim_that_answers_itself(found: Find) -> None:
    """A claim that answers itself is a cycle, and not also reported by response-to-self."""
    text = "claims:\n- {id: a, party: p, statement: s, responds_to: a}\n"

    assert found("response-cycle", text) == [("answers form a cycle through 'a'", 2)]
    assert found("response-to-self", text) == []


def test_two_cycles(found: Find) -> None:
    """Two cycles without a common claim are two problems."""
    text = """\
claims:
- {id: a, party: p, statement: s, responds_to: b}
- {id: b, party: q, statement: t, responds_to: a}
- {id: x, party: p, statement: u, responds_to: [y, a]}
- {id: y, party: q, statement: v, responds_to: x}
"""

    assert [line for _, line in found("response-cycle", text)] == [2, 4]


def test_cycles_of_other_references(found: Find) -> None:
    """Cycles of restatements, successors and members are reported at their fields."""
    text = """\
parties:
- {id: p, part_of: q}
- {id: q, part_of: p}
claims:
- {id: a, party: p, statement: s, restates: b}
- {id: b, party: p, statement: t, restates: a, supersedes: b}
"""

    assert found("circular-reference", text) == [
        ("'part_of' forms a cycle through 'p', 'q'", 2),
        ("'restates' forms a cycle through 'a', 'b'", 5),
        ("'supersedes' forms a cycle through 'b'", 6),
    ]


def test_reports_derived_from_each_other(found: Find) -> None:
    """A cycle of reports is reported; a chain that ends at an origin is not."""
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


def cycle(size: int) -> Dossier:
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
def test_cycle_of_fifty_thousand_claims() -> None:
    """A very long cycle does not exhaust the stack, and the message names the first claims."""
    dossier = cycle(50_000)
    found = [
        str(problem.message)
        for name in ("response-cycle", "circular-reference", "duplicate-statement")
        for problem in (registry.rule(name).check or iter)(dossier)
    ]

    names = "'c00000', 'c00001', 'c00002', 'c00003', 'c00004' and 49995 more"
    assert found == [
        f"answers form a cycle through {names}",
        f"'restates' forms a cycle through {names}",
    ]
