"""Several forms of one result, each written to a file of its own."""

import os
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from claimcli.checks.registry import CheckResult
from claimcli.cli.output import write
from claimcli.core.problems import ClaimcliError
from claimcli.core.records import Dossier
from claimcli.core.text.choices import one_of
from claimcli.formats.check import WRITERS


class Report(Struct, frozen=True):
    """A file that a form of what was found is written to."""

    form: str
    path: Path


def reports_of(words: Iterable[str]) -> tuple[Report, ...]:
    """Return the reports that ``FORMAT=FILE`` words ask for.

    Raises ClaimcliError where one is written otherwise, names no form, or a file named before.
    """
    reports: list[Report] = []
    for word in words:
        form, equals, name = word.partition("=")
        if not (equals and name) or name == "-":
            raise ClaimcliError(f"no report '{word}'", "write it as FORMAT=FILE")
        report = Report(one_of(form, WRITERS, "form"), Path(name))
        if os.path.realpath(name) in (os.path.realpath(other.path) for other in reports):
            raise ClaimcliError(f"two reports go to '{name}'", "name another file for one of them")
        reports.append(report)
    return tuple(reports)


def send(reports: Iterable[Report], found: CheckResult) -> None:
    """Write reports, each whole or not at all. Raises ClaimcliError where one cannot be."""
    for report in reports:
        write(WRITERS[report.form](found), report.path)


def spare_texts(reports: Iterable[Report], dossier: Dossier) -> None:
    """Raise ClaimcliError where a report would take the place of a text of the dossier."""
    texts = {
        os.path.realpath(Path(source.location.path).parent / source.text)
        for source in dossier.sources.values()
        if source.text and "\0" not in source.text
    }
    for report in reports:
        if os.path.realpath(report.path) in texts:
            raise ClaimcliError(
                f"'{report.path}' would be a file of the dossier", "write to another folder"
            )
