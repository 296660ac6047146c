"""Tasks for contributors: ``python -m nox -l`` lists them, ``python -m nox -s NAME`` runs one.

Sessions run in the environment that nox is installed in (see CONTRIBUTING.md) and install nothing.
Arguments after ``--`` are passed on: ``python -m nox -s test -- tests/checks -x``.
"""

import sys

import nox

nox.options.default_venv_backend = "none"
nox.options.sessions = ["lint", "types", "quick"]


def python(session: nox.Session, *arguments: str) -> None:
    """Run this Python with arguments; the session fails if it does."""
    session.run(sys.executable, *arguments)


@nox.session
def test(session: nox.Session) -> None:
    """Run all tests."""
    python(session, "-m", "pytest", *session.posargs)


@nox.session
def quick(session: nox.Session) -> None:
    """Run the tests that take less than a minute in total."""
    python(session, "-m", "pytest", "-m", "quick", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and format; ``-- --fix`` corrects both."""
    fix = "--fix" in session.posargs
    python(session, "-m", "ruff", "check", *(["--fix"] if fix else []))
    python(session, "-m", "ruff", "format", *([] if fix else ["--check"]))


@nox.session
def types(session: nox.Session) -> None:
    """Check types."""
    python(session, "-m", "mypy", *session.posargs)


@nox.session
def coverage(session: nox.Session) -> None:
    """Run all tests, measure branch coverage, fail below the minimum in pyproject.toml."""
    python(session, "-m", "coverage", "erase")
    python(session, "-m", "coverage", "run", "-m", "pytest", *session.posargs)
    python(session, "-m", "coverage", "combine", "--quiet")
    python(session, "-m", "coverage", "report")


@nox.session
def bench(session: nox.Session) -> None:
    """Run one benchmark, ``-- startup --runs 5``; without arguments, startup."""
    name, *options = session.posargs or ["startup"]
    python(session, f"bench/{name.removesuffix('.py')}.py", *options)


@nox.session
def docs(session: nox.Session) -> None:
    """Draw the pictures, write the reference, and test all documents."""
    python(session, "docs/draw_layers.py")
    python(session, "docs/draw_pictures.py")
    python(session, "docs/generate.py")
    python(session, "-m", "pytest", "tests/test_docs.py", "tests/test_documents.py")


@nox.session
def lock(session: nox.Session) -> None:
    """Write both lock files from pyproject.toml (needs uv; ``-- --upgrade`` for new versions)."""
    compile_ = ("uv", "pip", "compile", "--universal", "--generate-hashes", "--no-header")
    for arguments in (
        ("--extra", "dev", "-o", "requirements.lock"),
        ("--group", "action", "-c", "requirements.lock", "-o", "action.lock"),
    ):
        session.run(
            *compile_,
            "--no-annotate",
            "pyproject.toml",
            *arguments,
            *session.posargs,
            external=True,
        )
