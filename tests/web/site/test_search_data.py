"""The query language of a static site's search is that of the command line."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from claimcli.core.query import Request
from claimcli.core.records import Dossier
from claimcli.dossier.open import open_dossier
from claimcli.web.asset_files import ASSETS
from claimcli.web.links import ServerLinks
from claimcli.web.reader import SiteInfo, WholeReader
from claimcli.web.routes import PATHS
from claimcli.web.site.search_data import search_data
from tests.web.site.make_queries import HARBOUR, QUERIES, answer

ROWS: list[dict[str, Any]] = json.loads(QUERIES.read_text(encoding="utf-8"))
NODE = shutil.which("node")


@pytest.fixture(scope="module")
def reader() -> WholeReader:
    return WholeReader(open_dossier([HARBOUR]), SiteInfo(title="The harbour"))


@pytest.fixture(scope="module")
def claims_js(reader: WholeReader, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("data") / "claims.js"
    path.write_bytes(search_data(reader, ServerLinks(PATHS)))
    return path


def run(queries: list[str], claims_js: Path) -> list[dict[str, Any]]:
    """Return what the script answers to queries."""
    script = claims_js.with_name("query.js")
    script.write_bytes(ASSETS["query.js"](None))  # type: ignore[arg-type]  # it needs no reader
    command = [str(NODE), str(QUERIES.with_name("run_queries.js")), str(script), str(claims_js)]
    done = subprocess.run(
        command, input=json.dumps(queries).encode(), capture_output=True, check=True
    )
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def test_queries_json_has_what_the_index_answers(reader: WholeReader) -> None:
    """Each query finds these ids in this order, or has this error at this place."""

    def select(request: Request) -> Dossier:
        return reader.read(request)

    assert [{"query": row["query"], **answer(select, row["query"])} for row in ROWS] == ROWS
    assert len(ROWS) >= 300


@pytest.mark.skipif(not NODE, reason="node is not installed")
def test_the_script_answers_each_query_in_the_same_way(claims_js: Path) -> None:
    """The same ids or the same error with the same place; patterns are refused."""
    answers = run([row["query"] for row in ROWS], claims_js)

    for row, given in zip(ROWS, answers, strict=True):
        expected = {key: row[key] for key in ("ids", "error", "hint", "at") if key in row}
        refused = "does not support patterns" in given.get("error", "")
        assert given == expected or (refused and "/" in row["query"]), row["query"]
        assert refused or "pattern" not in row, row["query"]


def test_the_data_has_nothing_of_internal_records_nor_of_the_users_folders(tmp_path: Path) -> None:
    """No id, name or text that only an internal record has; paths begin in the dossier's folder."""
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "a.yaml").write_text("""
claims:
  - {id: public, party: mill, statement: It is clean.}
  - {id: secret-claim, party: town, speaker: Secret Speaker, statement: Secret words.,
     issue: secret-issue, position: secret position, tags: [secret-tag], internal: true,
     responds_to: [{claim: public, kind: denies}], source: {title: Secret title, quote: secret quote}}
""")

    reader = WholeReader(open_dossier([tmp_path]), SiteInfo(title="The mill"))
    data = search_data(reader, ServerLinks(PATHS)).decode()

    assert "It is clean." in data
    assert "secret" not in data.lower()
    assert str(tmp_path) not in data
    assert '"claims/a.yaml"' in data
