"""What is loaded from the index for a request."""

from collections.abc import Callable

from claimcli.core.query import Request, Scope
from claimcli.core.records import Dossier


def test_the_speakers_of_all_claims_are_named_if_requested(
    dossier_of: Callable[..., Dossier],
) -> None:
    """Each speaker once, also those whose words are relayed, whatever claims are selected."""
    text = """
claims:
  - {id: a, party: p, speaker: Zoe, statement: A.}
  - {id: b, party: p, speaker: Ann, statement: B., reports: {speaker: Bo}}
  - {id: c, party: p, speaker: Ann, statement: C., reports: {speaker: Zoe}}
  - {id: d, party: p, statement: D.}
"""
    request = Request(limit=0, scope=Scope.CLAIMS, speakers=True)

    assert dossier_of(text, request=request).speakers == ("Ann", "Zoe", "Bo")
    assert dossier_of(text, request=Request(limit=0)).speakers is None
