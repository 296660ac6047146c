"""Fields without a value."""

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
def test_a_claim_without_a_party_is_reported(
    party: str, problems: list[tuple[str, str]], dossier_of: Callable[[str], Dossier]
) -> None:
    """A claim with an empty list of parties cannot be read, and is reported."""
    dossier = dossier_of(f"claims:\n- id: a\n  statement: s\n  party: {party}\n")

    assert [(p.rule, p.message) for p in dossier.problems] == problems
    assert len(dossier.claims) == (0 if problems else 1)


def test_empty_lists_of_sources_and_tags_are_valid(dossier_of: Callable[[str], Dossier]) -> None:
    assert (
        dossier_of("claims: [{id: a, party: p, statement: s, sources: [], tags: []}]").problems
        == ()
    )


def test_an_empty_text_in_a_list_is_reported(dossier_of: Callable[[str], Dossier]) -> None:
    """In quotation marks too; the other texts of the list are read."""
    dossier = dossier_of("claims: [{id: a, party: p, statement: s, tags: ['', bridge]}]")

    assert [problem.message for problem in dossier.problems] == ["an entry of 'tags' is empty"]
    assert dossier.claims[0].tags == ("bridge",)
