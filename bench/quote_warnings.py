"""Precision and recall of the warnings ``polarity`` and ``speaker`` of ``claimcli verify``.

    python bench/quote_warnings.py [--data bench/warnings]

Reads a dossier whose claims are tagged ``polarity`` (the words around the quote reverse or
restrict it), ``speaker`` (somebody else said it), both, or ``harmless``; other claims are ignored.
For each of the two kinds of warning, a quote

- with the tag and the warning is a hit,
- with the tag and without the warning is a miss,
- without the tag and with the warning is a false alarm, also if it has the other tag: readers who
  are sent to look for a negation do not find the other speaker.

A quote that is not found in its text has no warnings, so it is a miss if it is tagged; it is also
listed as not found. Several warnings of one kind on one quote count once; other kinds do not count.
"""

import argparse
from pathlib import Path

from claimcli.analysis.findings import Finding
from claimcli.analysis.verify import verify
from claimcli.dossier.open import open_dossier

KINDS = ("polarity", "speaker")
LABELS = {*KINDS, "harmless"}


def share(part: int, whole: int) -> float:
    """Return a share of 1, which is 1 if there is nothing to share."""
    return part / whole if whole else 1.0


def labelled(folder: Path) -> list[tuple[Finding, set[str]]]:
    """Return the findings on tagged quotes, with the tags."""
    dossier = open_dossier([folder])
    tags = {claim.id: LABELS.intersection(claim.tags) for claim in dossier.claims}
    return [(f, tags[f.claim]) for f in verify(dossier).findings if tags[f.claim]]


def show(title: str, findings: list[Finding], kind: str) -> None:
    for finding in findings:
        messages = "; ".join(w.message for w in finding.warnings if w.name == kind)
        print(f'  {title:11}  {finding.claim}: "{finding.quote}"{messages and f" ({messages})"}')


def measure(kind: str, quotes: list[tuple[Finding, set[str]]]) -> None:
    warned = {id(f): any(w.name == kind for w in f.warnings) for f, _ in quotes}
    hits = [f for f, tags in quotes if kind in tags and warned[id(f)]]
    misses = [f for f, tags in quotes if kind in tags and not warned[id(f)]]
    alarms = [f for f, tags in quotes if kind not in tags and warned[id(f)]]
    precision = share(len(hits), len(hits) + len(alarms))
    recall = share(len(hits), len(hits) + len(misses))
    f1 = share(2 * len(hits), 2 * len(hits) + len(alarms) + len(misses))
    print(
        f"{kind:9} precision {precision:.2f}  recall {recall:.2f}  F1 {f1:.2f}"
        f"  ({len(hits)} hits, {len(misses)} misses, {len(alarms)} false alarms)"
    )
    show("miss", misses, kind)
    show("false alarm", alarms, kind)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path(__file__).parent / "warnings")
    quotes = labelled(parser.parse_args().data)
    harmless = sum("harmless" in tags for _, tags in quotes)
    print(f"{len(quotes)} labelled quotes, {harmless} of them harmless")
    for kind in KINDS:
        measure(kind, quotes)
    show("not found", [f for f, _ in quotes if not f.verdict.is_found], "")


if __name__ == "__main__":
    main()
