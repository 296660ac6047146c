"""A briefing of 1,000 claims as PDF and Word, compared with the same one as HTML.

    python bench/documents.py [--claims 1000] [--parties 12] [--issues 40] [--runs 3]

Each pair of party and issue is a cell of the table of positions. Footnotes cost a PDF the most
time, since Typst lays out a page again for each. The commands run in turn. Needs the extras `pdf`
and `word`. Exit code 1 if a document takes more than 10 times as long as the HTML.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from measure import medians

TOOL = str(Path(sys.executable).with_name("claimcli"))
FORMATS = ("html", "typ", "pdf", "docx")
LIMIT = 10


def dossier(claims: int, parties: int, issues: int) -> Iterator[str]:
    """Yield a dossier, in which two of five claims deny the claim before them."""
    yield "claims:\n"
    for n in range(claims):
        issue = n * issues // claims
        answer = f", responds_to: {{claim: c{n - 1}, kind: denies}}" if n % 5 in (2, 3) else ""
        position = f", position: answer {n % 3}" if n % 4 == 0 else ""
        yield (
            f"- {{id: c{n}, party: party-{n % parties}, issue: issue-{issue},"
            f" said: {2010 + n % 13},"
            f" statement: Statement {n} says that it was as it had been said to be on that day,"
            f" source: {{title: Report {n // 3}, published: {2010 + n % 13},"
            f" url: 'https://example.org/{n // 3}', quote: as said {n}}}{position}{answer}}}\n"
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=1000)
    parser.add_argument("--parties", type=int, default=12)
    parser.add_argument("--issues", type=int, default=40)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder, "data")
        data.mkdir()
        text = "".join(dossier(given.claims, given.parties, given.issues))
        (data / "claims.yaml").write_text(text, encoding="utf-8")
        export = [TOOL, "--data", str(data), "export", "--force", "-o"]
        commands = {form: [*export, str(Path(folder, f"briefing.{form}"))] for form in FORMATS}
        times = medians(commands, runs=given.runs, env={"XDG_CACHE_HOME": folder}, patience=300)
        sizes = {form: Path(folder, f"briefing.{form}").stat().st_size for form in FORMATS}
    for form in FORMATS:
        ratio = times[form] / times["html"]
        print(f"{form:5} {times[form]:6.2f} s  {sizes[form] / 1e6:5.1f} MB  {ratio:4.1f} x HTML")
    return int(max(times.values()) > LIMIT * times["html"])


if __name__ == "__main__":
    sys.exit(main())
