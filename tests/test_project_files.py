"""Files for contributors: the workflow, the issue forms, the tasks."""

import ast
import re
import tomllib
from typing import Any

import pytest
import yaml

from tests.support.cli import ROOT

WORKFLOW = ROOT / ".github" / "workflows" / "ci.yml"
ACTIONS = [".github/workflows/ci.yml", ".github/workflows/release.yml", "action.yml"]
FORMS = sorted(ROOT.glob(".github/ISSUE_TEMPLATE/[!c]*.yml"))
ELEMENTS = {"markdown", "textarea", "input", "dropdown", "checkboxes"}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_ci_runs_every_supported_python() -> None:
    """The versions are those that pyproject.toml promises."""
    project = tomllib.loads(read("pyproject.toml"))["project"]
    promised = re.findall(r":: (3\.\d+)", "\n".join(project["classifiers"]))
    jobs: dict[str, Any] = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]

    assert jobs["newest"]["strategy"]["matrix"]["python"] == promised
    assert project["requires-python"] == f">={promised[0]}"


@pytest.mark.parametrize("name", ACTIONS)
def test_actions_are_pinned_by_commit(name: str) -> None:
    """A tag can be moved to other code, a commit cannot."""
    used = re.findall(r"uses: (\S+)", read(name))

    assert used
    assert [action for action in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", action)] == []


@pytest.mark.parametrize("form", FORMS, ids=lambda path: path.stem)
def test_issue_forms_have_what_the_code_host_requires(form: Any) -> None:
    """A name, a description, and elements of known types with distinct ids and a label."""
    data = yaml.safe_load(form.read_text(encoding="utf-8"))
    fields = [element for element in data["body"] if element["type"] != "markdown"]

    assert data["name"]
    assert data["description"]
    assert {element["type"] for element in data["body"]} <= ELEMENTS
    assert len({field["id"] for field in fields}) == len(fields) > 0
    assert all(field["attributes"]["label"] for field in fields)


def test_contributing_names_the_tasks_that_there_are() -> None:
    """Each session of the task runner is in the table, and no other."""
    functions = ast.parse(read("noxfile.py")).body
    sessions = {f.name for f in functions if isinstance(f, ast.FunctionDef) and f.decorator_list}

    assert set(re.findall(r"nox -s (\w+)", read("CONTRIBUTING.md"))) == sessions
