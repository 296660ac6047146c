"""The two readers give pages the same claims; that of the server follows the files."""

import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimcli.core.problems import ClaimcliError
from claimcli.core.query import EVERYTHING, SORTS, Node, Request, Scope
from claimcli.core.query_parser import parse_query
from claimcli.core.records import Issue
from claimcli.dossier.config import Configuration
from claimcli.dossier.index.facets import Facet
from claimcli.dossier.open import LoadOptions, open_dossier
from claimcli.web.index_reader import IndexReader
from claimcli.web.reader import Reader, SiteInfo, WholeReader
from tests.support.dossiers import dossiers
from tests.support.queries import queries

CLAIMS = """
sources: [{id: wire, title: Wire, text: texts/wire.txt}]
claims:
  - {id: a, party: p, statement: One., issue: i, said: 2021, source: wire}
  - {id: b, party: q, statement: Two., issue: i, said: 2022, internal: true}
  - {id: c, party: q, statement: Three., responds_to: [{claim: a, kind: denies}]}
"""


def page_of_claims(reader: Reader, request: Request) -> object:
    """Return what a page shows of a request, or the error."""
    try:
        dossier = reader.read(request)
        shown = [
            (claim, dossier.statuses[claim.id], claim.id in dossier.answered,
             dossier.answers.get(claim.id, ()), dossier.superseded.get(claim.id),
             dossier.party_ids, _text_of_issue(dossier.issues.get(claim.issue or "")),
             *(dossier.sources.get(name) for name in claim.source_ids))
            for claim in dossier.claims
        ]  # fmt: skip
        return shown, reader.count(request.query), reader.facets(request.query)
    except ClaimcliError as error:
        return error.message, error.excerpt


def _text_of_issue(issue: Issue | None) -> object:
    """Return an issue without the place of its first mention, which only a whole dossier has."""
    return issue and (issue.id, issue.question, issue.positions, issue.registered)


@contextmanager
def data_folder(texts: Mapping[str, str]) -> Iterator[Path]:
    with TemporaryDirectory() as name:
        for path, text in texts.items():
            (Path(name) / path).parent.mkdir(parents=True, exist_ok=True)
            (Path(name) / path).write_text(text)
        yield Path(name)


@pytest.mark.slow
@given(
    dossiers(),
    st.lists(
        st.builds(
            Request,
            query=queries() | st.just(EVERYTHING),
            sort=st.sampled_from([*SORTS, "-said", "-issue"]),
            limit=st.none() | st.integers(0, 3),
            offset=st.integers(0, 3),
            parties=st.just(()) | st.just(("kremlin",)),
        ),
        min_size=1,
        max_size=4,
    ),
)
@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
def test_both_readers_give_the_same(texts: dict[str, str], requests: list[Request]) -> None:
    """Claims, their order, statuses, answers, records, counts and facets, and errors."""
    with data_folder(texts) as folder:
        of_server = IndexReader([folder], LoadOptions())
        of_site = WholeReader(open_dossier([folder]), SiteInfo(title="T"), internal=True)

        for request in requests:
            assert page_of_claims(of_server, request) == page_of_claims(of_site, request)


def test_a_site_has_no_internal_claims(tmp_path: Path) -> None:
    """They are neither listed nor counted, and the pages say so."""
    (tmp_path / "a.yaml").write_text(CLAIMS)
    reader = WholeReader(open_dossier([tmp_path]), SiteInfo(title="T"))

    assert [claim.id for claim in reader.read(Request()).claims] == ["a", "c"]
    assert reader.read(Request(query=parse_query("id:b"))).claims == ()
    assert [claim.id for claim in reader.read(Request(limit=1, offset=1)).claims] == ["c"]
    assert reader.count(EVERYTHING) == 2
    assert [(v.value, v.count) for v in reader.facets(EVERYTHING)[0].values] == [("p", 1), ("q", 1)]
    assert reader.info() == SiteInfo(title="T", withheld="1 internal claim is left out")


def ids(reader: Reader, query: str = "") -> list[str]:
    return [claim.id for claim in reader.read(Request(query=parse_query(query))).claims]


@pytest.fixture(params=[False, True], ids=["in memory", "in a file"])
def reader(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> IndexReader:
    """Give a reader of a small dossier, with the index in memory or in a file."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "a.yaml").write_text(CLAIMS)
    (data / "b.yaml").write_text("claims: [{id: d, party: p, statement: Four., issue: j}]\n")
    (data / "texts").mkdir()
    (data / "texts" / "wire.txt").write_text("One.")
    for tick in ("CLOCK_TICK", "COARSE_CLOCK_TICK"):
        monkeypatch.setattr(f"claimcli.dossier.index.stamp.{tick}", -(1 << 62))
    if request.param:
        return IndexReader([data], LoadOptions(cache=lambda: tmp_path / "cache"))
    return IndexReader([data], LoadOptions())


def test_changes_of_files_are_read(reader: IndexReader) -> None:
    """A changed, a new and a removed file change the stamp and the claims."""
    stamps = [reader.stamp()]
    (data,) = reader.paths
    assert ids(reader) == ["a", "b", "c", "d"]
    (data / "b.yaml").write_text("claims: [{id: e, party: r, statement: Five.}]\n")
    stamps.append(reader.stamp())
    assert ids(reader) == ["a", "b", "c", "e"]
    assert (reader.count(EVERYTHING), reader.count(parse_query("party:r"))) == (4, 1)
    (data / "c.yaml").write_text("claims: [{id: f, party: r, statement: Six.}]\n")
    stamps.append(reader.stamp())
    assert (ids(reader), reader.count(parse_query("party:r"))) == (["a", "b", "c", "e", "f"], 2)
    (data / "a.yaml").unlink()
    stamps.append(reader.stamp())
    assert ids(reader) == ["e", "f"]
    assert len(set(stamps)) == 4


def test_files_are_read_once(reader: IndexReader, monkeypatch: pytest.MonkeyPatch) -> None:
    """Further reads use the index that is open; the stamp stays the same."""
    stamp, first = reader.stamp(), ids(reader)
    monkeypatch.setattr("claimcli.dossier.parallel.read_file", lambda _: pytest.fail("read again"))
    assert (ids(reader), reader.stamp()) == (first, stamp)


def test_a_file_that_changed_a_moment_ago_has_a_stamp_for_that_moment(
    reader: IndexReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another change in the same moment could have the same time, so nothing is kept for long."""
    later = reader.stamp()
    monkeypatch.setattr("claimcli.dossier.index.stamp.CLOCK_TICK", 1 << 62)
    monkeypatch.setattr("claimcli.dossier.index.stamp.COARSE_CLOCK_TICK", 1 << 62)
    assert reader.stamp() != later


def test_what_can_be_read_is_shown(reader: IndexReader) -> None:
    """Errors in a file are counted; its other records remain, as do all other files."""
    (data,) = reader.paths
    (data / "b.yaml").write_text("claims: [{id: d, party: p, statement: Four.}, {id: e\n")
    (data / "c.yaml").write_text(
        "claims: [{id: f, statement: Six.}, {id: g, party: p, statement: S}]"
    )

    assert {"a", "b", "c", "g"} <= {*ids(reader)}
    assert reader.info() == SiteInfo(title="Dossier", errors=2)


def test_data_that_is_gone_is_an_error_with_a_stamp(reader: IndexReader) -> None:
    """When it is back, it is read."""
    (data,) = reader.paths
    assert ids(reader) == ["a", "b", "c", "d"]
    shutil.move(data, data.parent / "elsewhere")
    with pytest.raises(ClaimcliError, match="no file or folder"):
        ids(reader)
    with pytest.raises(ClaimcliError, match="no file or folder"):
        reader.stamp()
    assert reader.info() == SiteInfo(title="Dossier", errors=1)
    shutil.move(data.parent / "elsewhere", data)
    assert ids(reader) == ["a", "b", "c", "d"]


def test_an_index_that_is_deleted_or_damaged_is_rebuilt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process can clear the cache at any time."""
    notes: list[str] = []
    (tmp_path / "a.yaml").write_text(CLAIMS)
    cache = tmp_path / "cache"
    reader = IndexReader(
        [tmp_path / "a.yaml"], LoadOptions(cache=lambda: cache, notify=notes.append)
    )
    assert ids(reader) == ["a", "b", "c"]
    shutil.rmtree(cache)
    assert ids(reader) == ["a", "b", "c"]
    reader.connections.close()
    assert ids(reader) == ["a", "b", "c"]
    (index,) = cache.glob("*.sqlite")
    size = index.stat().st_size
    reader.connections.close()
    with index.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))
    assert ids(reader) == ["a", "b", "c"]
    assert notes == ["note: the index was damaged and is rebuilt"]


def test_the_text_of_a_source_that_was_read_belongs_to_the_stamp(reader: IndexReader) -> None:
    """Another file's does not, and to look at a page does not change the stamp."""
    (data,) = reader.paths
    stamp = reader.stamp()
    reader.read(Request(query=parse_query("id:a")))
    assert reader.stamp() == stamp
    (data / "texts" / "other.txt").write_text("Other.")
    assert reader.stamp() == stamp
    (data / "texts" / "wire.txt").write_text("One, changed.")
    changed = reader.stamp()
    assert changed != stamp
    (data / "texts" / "wire.txt").unlink()
    assert reader.stamp() not in (stamp, changed)


def test_title_and_description_are_those_of_the_settings(tmp_path: Path) -> None:
    """Another title is another state; settings that cannot be read change nothing."""
    (tmp_path / "a.yaml").write_text(CLAIMS)
    now: list[Configuration | None] = [Configuration(title="The main", description="A leak.")]

    def configuration() -> Configuration:
        if now[0] is None:
            raise ClaimcliError("claimcli.toml:1: this is not TOML")
        return now[0]

    reader = IndexReader([tmp_path / "a.yaml"], LoadOptions(), settings=configuration)
    stamp = reader.stamp()
    assert reader.info() == SiteInfo(title="The main", description="A leak.")
    now[0] = None
    assert (reader.info().title, reader.stamp()) == ("The main", stamp)
    now[0] = Configuration()
    assert (reader.info().title, reader.stamp() == stamp) == ("Dossier", False)


def test_threads_share_a_reader(reader: IndexReader) -> None:
    """Each gets its own answers while files change, from whole and narrow reads."""
    (data,) = reader.paths
    expected = {"party:p": {"a", "d"}, "issue:i": {"a", "b", "c"}, "Two": {"b"}}
    wrong: list[object] = []

    def ask(query: str, scope: Scope) -> None:
        for _ in range(20):
            request = Request(query=parse_query(query), scope=scope)
            shown = {claim.id for claim in reader.read(request).claims}
            number = reader.count(request.query)
            if (shown, number) != (expected[query], len(shown)):
                wrong.append((query, shown, number))

    threads = [
        threading.Thread(target=ask, args=(query, scope))
        for query in expected
        for scope in (Scope.ALL, Scope.CLAIMS)
    ]
    for thread in threads:
        thread.start()
    for number in range(10):
        (data / "other.yaml").write_text(f"parties: [{{id: r{number}}}]\n")
    for thread in threads:
        thread.join()
    assert wrong == []


def test_counts_and_facets_are_kept_until_the_data_changes(
    reader: IndexReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are those of one query and one state."""
    calls: list[Node] = []

    def facets_of(_: object, query: Node) -> tuple[Facet, ...]:
        calls.append(query)
        return ()

    monkeypatch.setattr("claimcli.web.index_reader.facets_of", facets_of)
    state = reader.current()
    asked: Callable[[str], object] = lambda text: state.facets(parse_query(text))  # noqa: E731
    assert (asked("party:p"), asked("party:p"), asked("party:q")) == ((), (), ())
    assert calls == [parse_query("party:p"), parse_query("party:q")]
