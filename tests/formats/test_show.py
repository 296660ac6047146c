"""The formats of ``show``."""

from collections.abc import Callable

from claimcli.analysis.show import thread
from claimcli.core.records import Dossier
from claimcli.formats.show import tsv

DossierOf = Callable[[str], Dossier]

RETRACTED = """
parties: [{id: north, name: North}, {id: south, name: South}, {id: west, name: West}]
claims:
  - id: open
    party: north
    statement: The road is open.
    rebuttals:
      - {id: shut, party: south, statement: The road is shut., said: 2020-02}
      - {id: both, party: [south, west], speaker: B. Both, statement: It is not., withdrawn: 2021}
  - {id: partly, party: south, statement: One lane is shut., said: 2020-03, supersedes: shut}
"""


def _lines(dossier: Dossier, name: str) -> list[str]:
    return tsv(dossier, [thread(dossier, dossier.by_id[name])]).splitlines()


def test_answers_that_are_no_longer_given_are_marked(dossier_of: DossierOf) -> None:
    """An answer says that it was withdrawn or superseded, and names all its parties."""
    lines = _lines(dossier_of(RETRACTED), "open")

    assert lines[4:-1] == [
        "status\tanswered",
        "answer\tSouth, 2020-02 denies: The road is shut. [shut] (superseded by partly)",
        "answer\tB. Both (South and West) denies: It is not. [both] (withdrawn 2021)",
    ]


def test_a_superseded_claim_names_the_newer_one(dossier_of: DossierOf) -> None:
    """The claim itself says it too."""
    assert "superseded by\tpartly" in _lines(dossier_of(RETRACTED), "shut")
