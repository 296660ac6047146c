"""The hook for pre-commit and the action for GitHub: what they run, and with what."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from claimcli.cli import command_names
from tests.support.cli import ROOT, claimcli

HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: dict[str, Any] = {step.get("name", step.get("id")): step for step in ACTION["runs"]["steps"]}
CHECK, CHANGES, INSTALL = "Check the dossier", "Show what changes", "Install claimcli"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Give a folder with a dossier that has a warning."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.yaml").write_text("claims:\n- {id: a, party: p, statement: s}\n")
    return tmp_path


def run(step: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a step's script as GitHub does: ``bash -e -o pipefail`` on a file."""
    script = cwd / "step.sh"
    script.write_text(STEPS[step]["run"], encoding="utf-8")
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script],
        cwd=cwd,
        env={**os.environ, "CLAIMCLI": str(Path(sys.executable).with_name("claimcli")), **env},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    script.unlink()
    return done


def stub(folder: Path) -> str:
    """Return a tool that writes down what it is called with, a line an argument."""
    tool = folder / "stub"
    tool.write_text('#!/bin/sh\nprintf "%s\\n" "$@" >> called\necho "- one more claim"\n')
    tool.chmod(0o755)
    return str(tool)


def test_the_hook_checks_the_whole_dossier_once(project: Path) -> None:
    """It runs when a file changes that can matter, with no names of files."""
    hook = next(hook for hook in HOOKS if hook["id"] == "claimcli-check")
    command, *arguments = hook["entry"].split()

    assert (hook["id"], hook["language"], hook["pass_filenames"]) == (
        "claimcli-check",
        "python",
        False,
    )
    assert command == "claimcli"
    assert claimcli(*arguments, cwd=project).returncode == 1
    assert claimcli(*arguments, "--data", "data", cwd=project).returncode == 1
    for name in ("data/a.yaml", "data/b/c.yml", "claimcli.toml", "data/texts/a.txt"):
        assert re.search(hook["files"], name)
    for name in ("main.py", "yaml", "xclaimcli.toml"):
        assert not re.search(hook["files"], name)


def test_the_hook_that_formats_writes_and_then_has_nothing_to_do(project: Path) -> None:
    """A hook fails where files change, which the first run does."""
    hook = next(hook for hook in HOOKS if hook["id"] == "claimcli-fmt")
    _, *arguments = hook["entry"].split()
    said = [claimcli(*arguments, cwd=project).stderr for _ in range(2)]

    assert (hook["language"], hook["pass_filenames"]) == ("python", False)
    assert said == [
        "formatted data/a.yaml\n1 file formatted, 0 unchanged\n",
        "0 files formatted, 1 unchanged\n",
    ]
    assert re.search(hook["files"], "data/b/c.yml")


def test_nothing_from_outside_is_part_of_a_script() -> None:
    """Inputs and names of branches reach the scripts in variables; actions are pinned to commits."""
    for step in STEPS.values():
        assert "${{" not in step.get("run", "")
        if "uses" in step:
            assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", step["uses"])
    used = set(re.findall(r"inputs\.([\w-]+)", str(STEPS)))
    assert used == set(ACTION["inputs"])
    assert all(given["description"] for given in ACTION["inputs"].values())


@pytest.mark.parametrize(("data", "lines"), [("", 1), ("data", 1), ("data\nmore\n", 2)])
def test_the_action_ends_as_check_does(data: str, lines: int, project: Path) -> None:
    """With one where there are warnings, each on a line with its place."""
    (project / "more").mkdir()
    (project / "more" / "b.yaml").write_text("claims:\n- {id: b, party: p, statement: s}\n")
    done = run(CHECK, project, DATA=data)

    warnings = [line for line in done.stdout.splitlines() if "cites no source" in line]
    assert (done.returncode, len(warnings)) == (1, lines)
    (project / "data" / "a.yaml").write_text("claims:\n")
    assert run(CHECK, project, DATA="data").returncode == 0


@pytest.mark.parametrize("data", ["$(touch ran)", "`touch ran`", "x; touch ran", "-h", "a b"])
def test_the_action_runs_nothing_that_it_is_given(data: str, project: Path) -> None:
    done = run(CHECK, project, DATA=data)

    assert done.returncode == 3
    assert f"no file or folder '{data}'" in done.stderr
    assert not (project / "ran").exists()


def test_the_summary_shows_what_changes(tmp_path: Path) -> None:
    """On a pull request: the base is fetched, and the accounts are compared with it."""
    origin, here = tmp_path / "origin", tmp_path / "here"
    _git(tmp_path, "init", "-q", "-b", "main", "origin")
    _git(origin, "commit", "-q", "--allow-empty", "-m", "x")
    _git(origin, "branch", "a/base;touch${IFS}ran")
    _git(tmp_path, "clone", "-q", "--single-branch", "origin", "here")
    summary = tmp_path / "summary"
    done = run(
        CHANGES,
        here,
        CLAIMCLI=stub(tmp_path),
        DATA="d 1\nd2",
        BASE="a/base;touch${IFS}ran",
        GITHUB_STEP_SUMMARY=str(summary),
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert (here / "called").read_text().splitlines() == [
        "changes", "--help",
        "changes", "--data=d 1", "--data=d2", "--format", "md", "origin/a/base;touch${IFS}ran",
    ]  # fmt: skip
    assert summary.read_text() == "- one more claim\n"
    assert not (here / "ran").exists()


def test_a_version_without_that_command_shows_nothing(project: Path) -> None:
    summary = project / "summary"
    done = run(
        CHANGES, project, CLAIMCLI="false", DATA="", BASE="main", GITHUB_STEP_SUMMARY=str(summary)
    )

    assert (done.returncode, summary.exists()) == (0, False)


@pytest.mark.skipif("changes" not in command_names(), reason="there is no such command yet")
def test_what_changes_is_shown_by_the_tool_itself(tmp_path: Path) -> None:
    origin, here = tmp_path / "origin", tmp_path / "here"
    _git(tmp_path, "init", "-q", "-b", "main", "origin")
    (origin / "data").mkdir()
    (origin / "data" / "a.yaml").write_text("claims:\n- {id: a, party: p, statement: One.}\n")
    _git(origin, "add", "-A")
    _git(origin, "commit", "-q", "-m", "x")
    _git(tmp_path, "clone", "-q", "origin", "here")
    (here / "data" / "a.yaml").write_text("claims:\n- {id: a, party: p, statement: Other.}\n")
    summary = tmp_path / "summary"
    done = run(CHANGES, here, DATA="", BASE="main", GITHUB_STEP_SUMMARY=str(summary))

    assert done.returncode == 0, done.stderr
    assert "Other." in summary.read_text()


@pytest.mark.parametrize("version", ["1; touch ran", "1 @ https://example.org", "-r x", "$(x)"])
def test_a_version_that_is_none_is_refused(version: str, tmp_path: Path) -> None:
    done = _install(tmp_path, VERSION=version, SHA256="0" * 64)

    assert (done.returncode, "'version' is no version" in done.stdout) == (2, True)


@pytest.mark.parametrize("checksum", ["", "0" * 63, "sha256:" + "0" * 64, "0" * 64 + " -r x"])
def test_a_version_without_its_checksum_is_refused(checksum: str, tmp_path: Path) -> None:
    done = _install(tmp_path, VERSION="1.2.3", SHA256=checksum)

    assert (done.returncode, done.stdout) == (2, "::error::'version' needs 'sha256'\n")


def test_the_action_installs_only_packages_with_a_checksum(tmp_path: Path) -> None:
    """What it needs comes from its lock file, as wheels; itself is built without fetching more."""
    assert _install(tmp_path, VERSION="", SHA256="").returncode == 0

    start = "-m pip install --quiet --disable-pip-version-check --no-deps"
    hashed = f"{start} --require-hashes --only-binary :all: --requirement"
    lock = f"{hashed} {ROOT}/action.lock"
    called = tmp_path / "called"
    assert called.read_text().splitlines() == [
        f"-m venv {tmp_path}/claimcli", lock, f"{start} --no-index --no-build-isolation {ROOT}",
        "-m pip check",
    ]  # fmt: skip
    called.unlink()

    assert _install(tmp_path, VERSION="1.2.3", SHA256="a" * 64).returncode == 0
    assert called.read_text().splitlines() == [
        f"-m venv {tmp_path}/claimcli", lock, f"{hashed} {tmp_path}/claimcli.lock", "-m pip check",
    ]  # fmt: skip
    written = (tmp_path / "claimcli.lock").read_text()
    assert written == f"claimcli==1.2.3 --hash=sha256:{'a' * 64}\n"
    assert (tmp_path / "env").read_text() == f"CLAIMCLI={tmp_path}/claimcli/bin/claimcli\n" * 2


def test_the_lock_file_of_the_action_has_what_the_project_needs() -> None:
    """All dependencies and the build tool, in the versions of the other lock file, with checksums."""
    action, every = _locked("action.lock"), _locked("requirements.lock")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = [*project["project"]["dependencies"], *project["build-system"]["requires"]]

    assert {re.split("[^a-z0-9-]", name)[0] for name in needed} <= action.keys()
    assert project["dependency-groups"]["action"] == project["build-system"]["requires"]
    assert {name: every[name] for name in action} == action
    assert all("--hash=sha256:" in text for text in action.values())


def _locked(name: str) -> dict[str, str]:
    """Return the entries of a lock file by the name of the package."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", "")
    return {line.partition("==")[0]: line for line in text.splitlines()}


def _install(folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the step that installs, with a Python that writes down its calls, a line each."""
    python = folder / "python"
    python.write_text(
        '#!/bin/sh\necho "$@" >> "$RUNNER_TEMP/called"\n'
        'if [ "$2" = venv ]; then mkdir -p "$3/bin" && cp "$0" "$3/bin/python"; fi\n'
    )
    python.chmod(0o755)
    files = {"PYTHON": python, "RUNNER_TEMP": folder, "GITHUB_ENV": folder / "env", "HERE": ROOT}
    return run(INSTALL, folder, **{name: str(path) for name, path in files.items()}, **env)


def test_the_scripts_are_as_shellcheck_wants_them(tmp_path: Path) -> None:
    checker = shutil.which("shellcheck")
    if not checker:
        pytest.skip("there is no shellcheck")
    scripts = [step["run"] for step in STEPS.values() if "run" in step]
    scripts.append((ROOT / "claimcli/cli/completion/shells/claimcli.bash").read_text("utf-8"))
    for script in scripts:
        done = subprocess.run(
            [checker, "-s", "bash", "-"],
            input=script,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert (done.returncode, done.stdout) == (0, "")


def _git(folder: Path, *arguments: str) -> None:
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    own |= {
        f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    subprocess.run(["git", *arguments], cwd=folder, check=True, env={**os.environ, **own})
