"""Fields that are there and hold nothing."""

from collections.abc import Callable

import pytest

from claimcli.core.records import Dossier


@pytest.mark.parametrize(
    ("party", "problems"),
    [
        ("[]", [("wrong-type", "'party' is an empty list")]),
        ("", [("missing-field", "claim 'a' has no 'party'")]),
        ("[p]", []),
    ],
)
def test_a_claim_of_nobody_is_told(
    party: str, problems: list[tuple[str, str]], dossier_of: Callable[[str], Dossier]
) -> None:
    """A claim whose list of parties is empty cannot be read, and says so."""
    dossier = dossier_of(f"claims:\n- id: a\n  statement: s\n  party: {party}\n")

    assert [(p.rule, p.message) for p in dossier.problems] == problems
    assert len(dossier.claims) == (0 if problems else 1)


def test_a_list_of_no_sources_is_none(dossier_of: Callable[[str], Dossier]) -> None:
    assert (
        dossier_of("claims: [{id: a, party: p, statement: s, sources: [], tags: []}]").problems
        == ()
    )
