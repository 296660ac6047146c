"""A claim as an entry of a list of references."""

from collections.abc import Callable

from claimcli.analysis.findings import as_verification
from claimcli.core.records import Dossier
from claimcli.web.parts import Views
from claimcli.web.reference import reference


def referenced(dossier: Dossier, name: str) -> str:
    claim = dossier.by_id[name]
    return reference(dossier, claim, Views(dossier).claim(claim), as_verification([]))


def test_a_reference_says_who_says_what_where_and_who_says_otherwise(
    dossier_of: Callable[..., Dossier],
) -> None:
    """Speaker, party, whose words, date, statement, sources with locators, status, id."""
    dossier = dossier_of("""
parties: [{id: port, name: Port Office}, {id: union, name: Union}, {id: town, name: Town}]
sources: [{id: talk, title: A talk, published: 2023-05-02}]
claims:
  - {id: fair, party: [port, town], speaker: Ann Harris, said: 2023-05-01,
     reports: {party: union, speaker: Bo Lind}, statement: "The fees\\n are fair.",
     sources: [{id: talk, locator: p. 3}, {title: Minutes, quote: fair}]}
  - {id: unfair, party: union, statement: They are not., responds_to: {claim: fair, kind: denies}}
""")

    assert referenced(dossier, "fair") == (
        "Ann Harris, for Port Office and Town, relaying Bo Lind (Union), 1 May 2023: “The fees are "
        "fair.” In: A talk, 2 May 2023, p. 3; Minutes. Contested: Union denies. [fair]"
    )
    assert referenced(dossier, "unfair") == ("Union: “They are not.” Contested. [unfair]")
