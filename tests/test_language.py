"""The project's text is plain English, and a name means one thing."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.support.cli import ROOT

PHRASES = {
    r"held against|hold(?:s|ing)? \w+ against": "compared with, checked against",
    r"\b(?:is|are|was|were) (?-i:none)\b(?! of| %)": "is invalid, is missing, there is no ...",
    r"\bc[ao]mes? of\b(?! age)": "the result of",
    r"\bwhoever\b": "callers, users",
    r"\bparted by\b": "separated by",
    r"\bways? out\b": "hint",
    r"\bfor want of\b": "without",
    r"\bmend(?:s|ed|ing|able)?\b": "fix",
    r"\banew\b": "again",
    r"\bbeside (?:the|it|a|an|them|this|that|each|other|what|its|peers)\b": "next to, as well as",
    r"\b(?:that|it|they|what|which) stands?\b": "is, occurs",
    r"\bstands? (?:in|at|on|there|under|below|above|alone|so)\b": "is, occurs",
    r"\bwhat is to (?:be|change)\b": "a noun",
    r"\blet no\b|\bmade? much of\b|\bto be had\b": "an ordinary verb",
    r"\bsave for\b": "except",
    r"\ba party's own words are its own\b|\bof whom\b|\btold of\b|\btells of\b": "reports",
}
"""Phrases that need a second reading, as regular expressions, and what to write instead."""
PATTERNS = (
    "claimcli/**/*.py", "claimcli/**/*.txt", "claimcli/**/*.j2", "tests/**/*.py", "bench/*",
    "docs/**/*.md", "docs/**/*.py", "*.md", "noxfile.py", "pyproject.toml", "action.yml",
)  # fmt: skip
TEXTS = sorted(
    path
    for pattern in PATTERNS
    for path in ROOT.glob(pattern)
    if path.is_file() and path != Path(__file__) and "__pycache__" not in path.parts
)
SOURCES = sorted((ROOT / "claimcli").rglob("*.py"))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_phrase_needs_a_second_reading(path: Path) -> None:
    """Docstrings, comments, messages and pages avoid the phrases that readers stumble over."""
    text = re.sub(r'\s*\n[\s#"]*', " ", path.read_text(encoding="utf-8"))

    found = {
        match.group(): better
        for phrase, better in PHRASES.items()
        for match in re.finditer(phrase, text, re.IGNORECASE)
    }

    assert found == {}


def test_no_two_classes_have_the_same_name() -> None:
    """Two different things never share a name."""
    names = Counter(
        node.name
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    )

    assert [name for name, count in names.items() if count > 1] == []


def test_no_module_is_named_by_a_gerund() -> None:
    """A module is named by a noun or by its command, not by an activity such as 'loading'."""
    names = {path.stem for path in SOURCES}

    nouns = {
        "briefing",
        "standing",
        "escaping",
        "spacing",
        "tracking",
        "circular_reporting",
        "packing",
    }
    assert {name for name in names if name.endswith("ing")} <= nouns
