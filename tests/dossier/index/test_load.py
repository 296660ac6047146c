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


def test_sources_derived_from_those_loaded_can_be_requested(
    dossier_of: Callable[..., Dossier],
) -> None:
    """Origins of the cited sources are loaded always, what is derived from them only then."""
    text = """
sources:
  - {id: wire, title: Wire}
  - {id: paper, title: Paper, derived_from: [wire]}
  - {id: blog, title: Blog, derived_from: [paper]}
  - {id: other, title: Other}
claims: [{id: a, party: p, statement: A., source: paper}]
"""
    narrow = dossier_of(text, request=Request())
    wide = dossier_of(text, request=Request(derived=True))

    assert list(narrow.sources) == ["paper", "wire"]
    assert list(wide.sources) == ["blog", "paper", "wire"]
