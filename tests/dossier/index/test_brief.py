"""Brief records have what the timeline, the graph and the standing of claims show."""

import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import partial

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from claimcli.analysis.argumentation.extensions import Semantics, extensions
from claimcli.analysis.graph import graph
from claimcli.analysis.internal import without_internal
from claimcli.analysis.standing import Reasoning, standing
from claimcli.analysis.timeline import timeline
from claimcli.core.query import Request, Scope
from claimcli.core.query_parser import parse_query
from claimcli.core.records import Dossier
from claimcli.core.table import to_json
from claimcli.dossier.index.build import build_in_memory
from claimcli.dossier.index.load import load
from claimcli.dossier.index.rows import FileRows, FileToRead
from claimcli.dossier.parallel import file_rows
from claimcli.dossier.reader import read_text
from claimcli.formats import graph as graph_formats
from claimcli.formats import standing as standing_formats
from claimcli.formats import timeline as timeline_formats
from claimcli.formats import timeline_svg
from tests.support.dossiers import dossiers

queries = st.sampled_from(("", "has:rebuttal", "has:position OR status:contested", "NOT has:said"))


def loaded(
    texts: dict[str, str], query: str, scope: Scope, *, issues: bool = True, sources: bool = True
) -> list[Dossier]:
    """Return the selected part of a dossier, with whole records and with brief ones."""
    paths = sorted(texts)

    def read(files: Iterable[FileToRead]) -> Iterator[FileRows]:
        for file in files:
            yield from file_rows(file.file, read_text(texts[file.path]))

    request = Request(query=parse_query(query), scope=scope, opposition=True)
    with closing(build_in_memory(paths, read)) as db:
        requests = (request, replace(request, brief=True, issues=issues, sources=sources))
        return [load(db, one, lambda file: paths[file - 1]) for one in requests]


@given(dossiers(), queries)
def test_a_timeline_of_brief_records_is_the_same(texts: dict[str, str], query: str) -> None:
    """Also without internal records."""
    for whole, brief in (
        dossiers := loaded(texts, query, Scope.THREADS, issues=False),
        map(without_internal, dossiers),
    ):
        assert timeline(brief).table() == timeline(whole).table()
        assert timeline_svg.svg(timeline(brief)) == timeline_svg.svg(timeline(whole))
        assert brief.withheld == whole.withheld
        written = "".join(timeline_formats.WRITERS["json"](timeline(whole)))
        assert written == to_json(timeline_formats.data(timeline(whole)))


@given(dossiers(), queries)
def test_a_graph_of_brief_records_is_the_same(texts: dict[str, str], query: str) -> None:
    """In all formats, with the lines of the records, and also without internal ones."""
    for whole, brief in (
        dossiers := loaded(texts, query, Scope.THREADS, sources=False),
        map(without_internal, dossiers),
    ):
        for write in graph_formats.WRITERS.values():
            assert "".join(write(graph(brief))) == "".join(write(graph(whole)))
        written = "".join(graph_formats.WRITERS["json"](graph(brief)))
        assert written == to_json(graph_formats.data(graph(whole)))


@given(dossiers(), queries, st.booleans())
def test_standings_of_brief_records_are_the_same(
    texts: dict[str, str], query: str, strike: bool
) -> None:
    """Also without a source and the claims that rest on it alone."""
    whole, brief = loaded(texts, query, Scope.ALL, issues=False, sources=strike)
    solve = partial(extensions, semantics=Semantics.GROUNDED, clock=time.monotonic)
    without = list(whole.sources)[:1] if strike else []
    results = (
        standing(one, Semantics.GROUNDED, Reasoning.SKEPTICAL, solve=solve, without=without)
        for one in (whole, brief)
    )
    expected, result = map(standing_formats.data, results)

    assert list(brief.sources) == list(whole.sources) or not strike
    assert result == expected
