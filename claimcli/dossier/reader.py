"""YAML text to records and problems, one record at a time, every problem of a file in one run.

Which file it is does not matter here: all places have the path "" until they leave the index.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from claimcli.core.problems import Problem, Span
from claimcli.core.records import Answer, Citation, Claim, Event, Issue, Kind, Party, Record, Source
from claimcli.core.text.suggestions import did_you_mean
from claimcli.dossier import field_parsers, specifications
from claimcli.dossier.field_parsers import Fields, Report, key_meant, read_fields, require
from claimcli.dossier.shapes import Spec
from claimcli.syntax.nodes import MappingNode, Node, SectionEntry, describe
from claimcli.syntax.parser import MAX_PROBLEMS, read_entries, too_many_problems

MAX_BYTES = 64 * 1024 * 1024
PIECE = 1_000
"""Records of a file after which what was read so far is passed on, to keep memory bounded."""


class Reading(Struct):
    """Some of what one file holds: its records in the order of the file, and its problems.

    ``unread`` counts the records that could not be read.
    """

    records: list[Record]
    problems: list[Problem]
    unread: int = 0


def read_file(path: Path) -> Iterator[Reading]:
    """Read one file, piece by piece. Never raises for what it holds."""
    found = _text_of(path)
    if isinstance(found, Problem):
        yield Reading([], [found], 1)
    else:
        yield from read_text(found)


def read_bytes(data: bytes) -> Iterator[Reading]:
    """Read the bytes of one file, piece by piece. Never raises for what they are."""
    found = decoded(data)
    if isinstance(found, Problem):
        yield Reading([], [found], 1)
    else:
        yield from read_text(found)


def _text_of(path: Path) -> str | Problem:
    data = bytes_of(path)
    return data if isinstance(data, Problem) else decoded(data)


def bytes_of(path: Path) -> bytes | Problem:
    """Return what a file holds, or why it is not to be read: a device, or more than can be."""
    try:
        return unfit(path) or path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return _whole("unreadable-file", f"cannot be read: {reason}", "look at its permissions")


def unfit(path: Path) -> Problem | None:
    """Return why a file is not to be read, if that is so before it is. Raises OSError."""
    if path.stat().st_size > MAX_BYTES:
        return _too_large()
    if not path.is_file():
        return _whole(
            "unreadable-file",
            "this is no file that can be read",
            "look at its permissions, or move it away",
        )
    return None


def decoded(data: bytes) -> str | Problem:
    """Return the text of a file's bytes without a byte order mark, or why it has none."""
    if len(data) > MAX_BYTES:
        return _too_large()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return not_utf8(data, error.start)


def read_text(text: str) -> Iterator[Reading]:
    """Read the YAML text of one file, piece by piece."""
    report = Report("", [])
    reading = Reading([], report.problems)
    problems = 0
    for entry in read_entries(text, ""):
        if isinstance(entry, Problem):
            report.problems.append(entry)
        else:
            _entry(entry, reading, report)
        if problems + len(report.problems) > MAX_PROBLEMS:
            report.problems.append(too_many_problems(report.problems[-1].span))
            break
        if len(reading.records) >= PIECE:
            problems += len(report.problems)
            yield _counted(reading)
            report.problems = []
            reading = Reading([], report.problems)
    yield _counted(reading)


def _counted(reading: Reading) -> Reading:
    reading.unread += sum(problem.rule in _UNREAD_RULES for problem in reading.problems)
    return reading


_UNREAD_RULES = frozenset({"yaml-syntax", "too-large", "too-deep", "too-many-problems"})
"""Rules that stand for records nobody has counted; each counts as one."""


def _too_large() -> Problem:
    return _whole("too-large", "the file is larger than 64 MiB", "split it")


def _whole(rule: str, message: str, way_out: str) -> Problem:
    return Problem(rule, message, Span(""), help=way_out)


def not_utf8(data: bytes, at: int) -> Problem:
    """Return the problem of a file whose bytes are no UTF-8 from a place on."""
    line = data.count(b"\n", 0, at) + 1
    start = data.rfind(b"\n", 0, at) + 1
    column = len(data[start:at].decode("utf-8-sig", "replace")) + 1
    return Problem(
        "not-utf8",
        f"the byte 0x{data[at]:02x} is no UTF-8",
        Span("", line, column, line, column + 1),
        help="save the file as UTF-8",
    )


def _entry(entry: SectionEntry, reading: Reading, report: Report) -> None:
    section = entry.section.text
    read = _SECTIONS.get(section)
    if read is None:
        way_out = did_you_mean(section, _SECTIONS, f"the keys here are {', '.join(_SECTIONS)}")
        place = entry.section.place
        fix = report.exchange(place, section, key_meant(section, _SECTIONS))
        report.add("unknown-key", f"no key '{section}' here", place, way_out, fix=fix)
        return
    if not entry.listed:
        if field_parsers.is_nothing(entry.node):
            return
        message = f"'{section}' takes a list, not {describe(entry.node)}"
        report.add("wrong-type", message, entry.node.place, "begin each record with '- '")
        reading.unread += 1
        return
    if not isinstance(entry.node, MappingNode):
        message = f"an entry of '{section}' is {describe(entry.node)}, not a record"
        report.add("wrong-type", message, entry.node.place, "write it as 'key: value' lines")
        reading.unread += 1
        return
    read(entry.node, reading, report)


def _registry(what: str, build: Callable[..., Record], spec: Spec) -> Any:
    """Return a function that reads records of one registry."""

    def read(node: MappingNode, reading: Reading, report: Report) -> None:
        found = read_fields(node, spec, report)
        if require(found, spec.required, _called(what, found), report):
            reading.records.append(build(location=found.location, **found.values))
        else:
            reading.unread += 1

    return read


def _called(what: str, found: Fields) -> str:
    return f"{what} '{found.values['id']}'" if "id" in found.values else f"this {what}"


_ELSEWHERE = {"kind": "a claim that stands alone says it as 'responds_to: {claim: ..., kind: ...}'"}


def _claim(node: MappingNode, reading: Reading, report: Report) -> None:
    found = read_fields(node, specifications.CLAIM, report, hints=_ELSEWHERE)
    if require(found, specifications.CLAIM.required, _called("claim", found), report):
        _keep(found, reading, report)
    else:
        _lose(found, reading, report)


def _lose(found: Fields, reading: Reading, report: Report) -> None:
    """Count a claim that cannot be read, and say what is wrong with the answers lost with it."""
    reading.unread += 1
    answered = f" to '{found.values['id']}'" if "id" in found.values else ""
    for name in ("rebuttals", "responses"):
        thread = found.values.get(name)
        for item in thread.items if thread else ():
            below = _answer_fields(item, name, f"this answer{answered}", reading, report)
            if below:
                _lose(below[0], reading, report)


def _keep(found: Fields, reading: Reading, report: Report, inherited: str | None = None) -> None:
    """Make the claim whose fields these are, then the ones that stand under it."""
    values = dict(found.values)
    threads = {name: values.pop(name, None) for name in ("rebuttals", "responses")}
    values["parties"] = values.pop("party")
    values["citations"] = _citations(values, reading)
    values.setdefault("issue", inherited)
    claim = Claim(location=found.location, **values)
    reading.records.append(claim)
    taken: set[str] = set()
    for name, thread in threads.items():
        for item in thread.items if thread else ():
            _nested(item, name, claim, taken, reading, report)


def _nested(  # noqa: PLR0913, PLR0917 - where it stands, and where it goes
    node: Node, name: str, parent: Claim, taken: set[str], reading: Reading, report: Report
) -> None:
    read = _answer_fields(node, name, f"this answer to '{parent.id}'", reading, report)
    if read is None:
        return
    found, complete = read
    if not complete:
        _lose(found, reading, report)
        return
    kind = Kind(found.values.pop("kind", Kind.DENIES))
    _check_list(kind, name, found, report)
    found.values.setdefault("id", _derived_id(f"{parent.id}/{found.values['party'][0]}", taken))
    answer = Answer(claim=parent.id, kind=kind, location=found.location)
    found.values["responds_to"] = (answer, *found.values.get("responds_to", ()))
    _keep(found, reading, report, parent.issue)


def _answer_fields(
    node: Node, name: str, called: str, reading: Reading, report: Report
) -> tuple[Fields, bool] | None:
    """Return the fields of an answer and whether it can be kept; None, counted, for no mapping."""
    if not isinstance(node, MappingNode):
        message = f"an entry of '{name}' is {describe(node)}, not a claim"
        report.add("wrong-type", message, node.place, "write it as 'key: value' lines")
        reading.unread += 1
        return None
    spec = specifications.REBUTTAL if name == "rebuttals" else specifications.RESPONSE
    found = read_fields(node, spec, report)
    complete = require(found, spec.required, called, report)
    lacks = any(f in found.present and f not in found.values for f in ("kind", "id"))
    return found, complete and not lacks


def _check_list(kind: Kind, name: str, found: Fields, report: Report) -> None:
    belongs = "rebuttals" if kind.opposes else "responses"
    if belongs != name:
        effect = "opposes" if kind.opposes else "does not oppose"
        place = found.location.place("kind")
        message = f"'{kind}' {effect} and stands in '{name}'"
        report.add("misplaced-kind", message, place, f"move this answer to '{belongs}'")


def _derived_id(stem: str, taken: set[str]) -> str:
    candidate, count = stem, 1
    while candidate in taken:
        count += 1
        candidate = f"{stem}-{count}"
    taken.add(candidate)
    return candidate


def _citations(values: dict[str, Any], reading: Reading) -> tuple[Citation, ...]:
    """Make the citations of a claim, and a source of each that is written in it."""
    taken: set[str] = set()
    cited = (*values.pop("source", ()), *values.pop("sources", ()))
    return tuple(_cite(found, values["id"], taken, reading) for found in cited)


def _cite(found: Fields, claim: str, taken: set[str], reading: Reading) -> Citation:
    quoting = {name: found.values[name] for name in specifications.QUOTING if name in found.values}
    about_source = {
        name: found.values[name] for name in specifications.SOURCE if name in found.values
    }
    if "title" in about_source:
        about_source.setdefault("id", _derived_id(f"{claim}/source", taken))
        reading.records.append(Source(location=found.location, **about_source))
    return Citation(source=about_source["id"], location=found.location, **quoting)


_SECTIONS: dict[str, Callable[[MappingNode, Reading, Report], None]] = {
    "parties": _registry("party", Party, specifications.PARTY),
    "sources": _registry("source", Source, specifications.SOURCE),
    "issues": _registry("issue", Issue, specifications.ISSUE),
    "events": _registry("event", Event, specifications.EVENT),
    "claims": _claim,
}
