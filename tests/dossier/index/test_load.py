"""What is loaded from the index for a request."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import asdict

from claimcli.core.query import Request, Scope
from claimcli.core.records import Dossier
from claimcli.dossier.index.load import load, load_batches
from tests.support.dossiers import dossiers
from tests.support.indexed import indexed


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


def _loaded(
    texts: dict[str, str], request: Request, *, by_issue: bool, size: int
) -> tuple[Dossier, list[Dossier]]:
    """Load the same request at once and in batches."""
    with indexed(texts) as (db, path_of):
        batches = load_batches(db, request, path_of, by_issue=by_issue, size=size)
        return load(db, request, path_of), list(batches)


@given(
    dossiers(),
    st.sampled_from((Scope.CLAIMS, Scope.ANSWERS)),
    st.sampled_from(("said", "-said", "file")),
    st.integers(1, 5),
)
def test_batches_have_the_same_claims_in_the_same_order_as_the_whole(
    texts: dict[str, str], scope: Scope, sort: str, size: int
) -> None:
    """What belongs to a claim, such as its answers and sources, is in its batch."""
    request = Request(scope=scope, sort=sort, opposition=True)
    whole, batches = _loaded(texts, request, by_issue=False, size=size)

    assert [claim for batch in batches for claim in batch.claims] == [*whole.claims]
    assert all(len(batch.claims) == size for batch in batches[:-1])
    for batch in batches:
        for claim in batch.claims:
            assert batch.statuses[claim.id] == whole.statuses[claim.id]
            assert batch.answers.get(claim.id) == whole.answers.get(claim.id)
            assert (claim.id in batch.answered) == (claim.id in whole.answered)
            for source in claim.source_ids:
                assert batch.sources.get(source) == whole.sources.get(source)
        parts = asdict(batch)
        for name in ("by_id", "statuses", "superseded", "issues", "events", "opposition"):
            assert parts[name].items() <= asdict(whole)[name].items(), name
        for name in ("parties", "internal", "errors", "unread", "cut_texts"):
            assert parts[name] == asdict(whole)[name], name


@given(dossiers(), st.integers(1, 5))
def test_all_claims_on_an_issue_can_be_in_one_batch(texts: dict[str, str], size: int) -> None:
    """Then the order is that of the issues; claims without an issue come last."""
    request = Request(sort="issue")
    whole, batches = _loaded(texts, request, by_issue=True, size=size)
    issues = [{claim.issue for claim in batch.claims if claim.issue} for batch in batches]

    assert [claim for batch in batches for claim in batch.claims] == [*whole.claims]
    assert sum(map(len, issues)) == len(set[str]().union(*issues))


@pytest.mark.parametrize("scope", [Scope.THREADS, Scope.ISSUES, Scope.ALL])
def test_what_can_be_as_large_as_the_dossier_is_not_loaded_in_batches(scope: Scope) -> None:
    with pytest.raises(ValueError, match="cannot be loaded in batches"):
        _loaded({"a.yaml": "claims: []"}, Request(scope=scope), by_issue=False, size=1)
