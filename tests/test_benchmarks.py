"""The benchmarks start: what they import from the package and from each other exists."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.cli import ROOT

SCRIPTS = [p for p in sorted((ROOT / "bench").glob("*.py")) if "__main__" in p.read_text("utf-8")]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_a_benchmark_shows_its_help(script: Path) -> None:
    """The first line of the help says what it measures."""
    done = subprocess.run(
        [sys.executable, "-W", "error", script, "--help"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"usage: {script.name} [-h]")


def test_warnings_are_compared_with_the_tags_of_quotes(tmp_path: Path) -> None:
    """A warning of the other kind is a false alarm; a quote without a label does not count."""
    (tmp_path / "text.txt").write_text(
        'The gate did not open at noon.\nThe lock closed at dusk.\n\n"It is safe," said Ann Bell.\n'
    )
    quotes = {"open at noon": "polarity", "lock closed": "polarity", "gate did": "harmless",
              "is safe": "polarity, speaker", "at dusk": "", "unsaid": "speaker"}  # fmt: skip
    claims = [
        f"- {{id: q{n}, party: p, speaker: Tom Hale, statement: S., tags: [{tags}], "
        f'source: {{id: t, quote: "{quote}"}}}}'
        for n, (quote, tags) in enumerate(quotes.items())
    ]
    (tmp_path / "a.yaml").write_text(
        "sources: [{id: t, title: T, text: text.txt}]\nclaims:\n" + "\n".join(claims)
    )
    script = ROOT / "bench" / "quote_warnings.py"
    done = subprocess.run(
        [sys.executable, script, "--data", tmp_path], capture_output=True, encoding="utf-8"
    )

    assert done.stdout == (
        "5 labelled quotes, 1 of them harmless\n"
        "polarity  precision 0.50  recall 0.33  F1 0.40  (1 hits, 2 misses, 1 false alarms)\n"
        '  miss         q1: "lock closed"\n'
        '  miss         q3: "is safe"\n'
        '  false alarm  q2: "gate did" ("not" is just after it, in the same clause)\n'
        "speaker   precision 1.00  recall 0.50  F1 0.67  (1 hits, 1 misses, 0 false alarms)\n"
        '  miss         q5: "unsaid"\n'
        '  not found    q5: "unsaid"\n'
    )


def test_match_finds_more_than_full_text_search_and_its_scores_are_probabilities() -> None:
    """On the hand-written queries, in the dossiers that need not be generated."""
    script = ROOT / "bench" / "match.py"
    done = subprocess.run(
        [sys.executable, script, "--distractors"], capture_output=True, encoding="utf-8"
    )

    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "762 queries, 509 with an answer, 466 not used for the fit"
    assert lines[-1] == "0 values miss their limit"
