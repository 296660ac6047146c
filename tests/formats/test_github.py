"""Problems as workflow commands of GitHub."""

from pathlib import Path

import pytest

from claimcli.core.problems import Problem, Severity, Span
from claimcli.formats.github import github


def test_the_most_severe_problem_is_first_and_its_path_is_escaped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Percent signs, commas and colons of a path end no property; the message is one line."""
    monkeypatch.chdir(tmp_path)
    shown = github(
        (
            Problem("a-rule", "first", Span("é 5%,a:b.yaml", 1, 2, 1, 3), Severity.INFO),
            Problem("a-rule", "second", Span("c.yaml", 2, 1, 2, 4), Severity.WARNING, "do\nit"),
            Problem("a-rule", "third: 5%", Span("c.yaml")),
        )
    )

    assert shown == (
        "::error title=a-rule,file=c.yaml,line=1,endLine=1,col=1,endColumn=1::third: 5%25\n"
        "::warning title=a-rule,file=c.yaml,line=2,endLine=2,col=1,endColumn=4::second; do%0Ait\n"
        "::notice title=a-rule,file=é 5%25%2Ca%3Ab.yaml,line=1,endLine=1,col=2,endColumn=3::first\n"
    )
