"""A small git repository, untouched by whatever git is set to elsewhere."""

import os
import subprocess
from pathlib import Path

from tests.support.cli import claimcli

SETTINGS = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_AUTHOR_DATE": "2022-01-01T00:00:00Z",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_COMMITTER_DATE": "2022-01-01T00:00:00Z",
}


class Repository:
    """A repository in a folder, with data in ``data/``."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)
        self.git("init", "-q", "-b", "main", *arguments)

    def git(self, *arguments: str) -> str:
        settings = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
        done = subprocess.run(
            ["git", "-C", self.folder, *arguments],
            env={**settings, **SETTINGS},
            capture_output=True,
            check=True,
            encoding="utf-8",
        )
        return done.stdout.strip()

    def write(self, path: str, text: str | bytes) -> None:
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode() if isinstance(text, str) else text)

    def commit(self, files: dict[str, str] | None = None, message: str = "more") -> str:
        for path, text in (files or {}).items():
            self.write(path, text)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")

    def changes(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run ``claimcli changes`` in the folder."""
        return claimcli("changes", *arguments, cwd=self.folder, env=SETTINGS)


def claim(name: str, more: str = "") -> str:
    return f"claims: [{{id: {name}, party: waterworks, statement: Statement {name}.{more}}}]\n"


def answer(name: str, to: str) -> str:
    return (
        f"claims:\n  - {{id: {name}, party: residents, statement: No,"
        f" responds_to: {{claim: {to}, kind: denies}}}}\n"
    )


def rows(shown: str) -> list[list[str]]:
    return [line.split("\t") for line in shown.splitlines()[1:]]


def told(repository: Repository, *arguments: str) -> list[tuple[str, str, str]]:
    """Return what `changes` tells: change, id and field."""
    done = repository.changes(*arguments)
    assert done.returncode == 0, done.stderr
    return [(row[0], row[2], row[5]) for row in rows(done.stdout)]
