"""From YAML text to records and problems, one record at a time; reports all problems of a file.

The reader does not know the path: all locations have the path "" until they leave the index.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from claimcli.core import schema
from claimcli.core.problems import Problem
from claimcli.core.records import Answer, Citation, Claim, Event, Issue, Party, Record, Source
from claimcli.core.response_kinds import Kind
from claimcli.core.schema import SECTIONS, Field, FieldType, RecordKind
from claimcli.core.text.suggestions import did_you_mean
from claimcli.dossier.content import decode, read_content
from claimcli.dossier.field_parsers import Fields, is_nothing, key_meant, parse_fields, require
from claimcli.dossier.record_parsers import PARSERS
from claimcli.dossier.report import Report
from claimcli.syntax.errors import MAX_PROBLEMS, too_many_problems
from claimcli.syntax.nodes import MappingNode, Node, SectionEntry, describe
from claimcli.syntax.parser import parse_entries

BATCH_SIZE = 1_000
"""Maximum number of records in a batch, to limit the memory used."""
_CLASSES = {"party": Party, "source": Source, "issue": Issue, "event": Event}
_THREADS = tuple(field for field in schema.CLAIM.fields if field.type is FieldType.THREAD)
_QUOTING = frozenset(field.name for field in schema.QUOTING)


class RecordBatch(Struct):
    """Some records of a file, in the order of the file, and problems.

    ``unread`` counts the records that could not be read.
    """

    records: list[Record]
    problems: list[Problem]
    unread: int = 0


def read_file(path: Path) -> Iterator[RecordBatch]:
    """Yield the records of one file in batches; problems are in them, never raised."""
    data = read_content(path)
    yield from [RecordBatch([], [data], 1)] if isinstance(data, Problem) else read_bytes(data)


def read_bytes(data: bytes) -> Iterator[RecordBatch]:
    """Yield the records in the bytes of one file in batches; problems are in them, never raised."""
    text = decode(data)
    yield from [RecordBatch([], [text], 1)] if isinstance(text, Problem) else read_text(text)


def read_text(text: str) -> Iterator[RecordBatch]:
    """Yield the records in the YAML text of one file, in batches."""
    return read_entries(parse_entries(text, ""))


def read_entries(entries: Iterable[SectionEntry | Problem]) -> Iterator[RecordBatch]:
    """Read the entries of one file as the parser yields them, piece by piece."""
    report = Report("", [])
    reading = RecordBatch([], report.problems)
    problems = 0
    for entry in entries:
        if isinstance(entry, Problem):
            report.problems.append(entry)
        else:
            _read_entry(entry, reading, report)
        if problems + len(report.problems) > MAX_PROBLEMS:
            report.problems.append(too_many_problems(report.problems[-1].span))
            break
        if len(reading.records) >= BATCH_SIZE:
            problems += len(report.problems)
            yield _counted(reading)
            report.problems = []
            reading = RecordBatch([], report.problems)
    yield _counted(reading)


def _counted(reading: RecordBatch) -> RecordBatch:
    reading.unread += sum(problem.rule in _UNREAD_RULES for problem in reading.problems)
    return reading


_UNREAD_RULES = frozenset({"yaml-syntax", "too-large", "too-deep", "too-many-problems"})
"""Rules for parts that could not be read; each counts as one record."""


def _read_entry(entry: SectionEntry, reading: RecordBatch, report: Report) -> None:
    section = entry.section.text
    kind = SECTIONS.get(section)
    if kind is None:
        hint = did_you_mean(section, SECTIONS, f"the keys here are {', '.join(SECTIONS)}")
        place = entry.section.place
        fix = report.replacement(place, section, key_meant(section, SECTIONS))
        report.add("unknown-key", f"no key '{section}' here", place, hint, fix=fix)
        return
    if not entry.listed:
        if is_nothing(entry.node):
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
    _read_record(entry.node, kind, reading, report)


_HINTS = {
    "claim": {
        "kind": "a claim that is not nested says it as 'responds_to: {claim: ..., kind: ...}'"
    }
}


def _read_record(node: MappingNode, kind: RecordKind, reading: RecordBatch, report: Report) -> None:
    fields = parse_fields(node, PARSERS[kind.name], report, hints=_HINTS.get(kind.name))
    name = f"{kind.name} '{fields.values['id']}'" if "id" in fields.values else f"this {kind.name}"
    complete = require(fields, kind, name, report)
    if kind is schema.CLAIM:
        (_add_claim if complete else _reject_claim)(fields, reading, report)
    elif complete:
        reading.records.append(_CLASSES[kind.name](location=fields.location, **fields.values))
    else:
        reading.unread += 1


def _reject_claim(fields: Fields, reading: RecordBatch, report: Report) -> None:
    """Count a claim that cannot be read, and report what is wrong with the answers in it."""
    reading.unread += 1
    answered = f" to '{fields.values['id']}'" if "id" in fields.values else ""
    for thread, node in _answers(fields.values):
        answer = _answer_fields(node, thread, f"this answer{answered}", reading, report)
        if answer:
            _reject_claim(answer[0], reading, report)


def _answers(values: dict[str, Any]) -> Iterator[tuple[Field, Node]]:
    """Yield the answers nested in a claim, each with the field that lists it."""
    for field in _THREADS:
        thread = values.get(field.name)
        yield from ((field, node) for node in (thread.items if thread else ()))


def _add_claim(
    fields: Fields, reading: RecordBatch, report: Report, inherited_issue: str | None = None
) -> None:
    """Add a claim with these fields, then the answers nested in it."""
    values = fields.values
    answers = list(_answers(values))
    for field in _THREADS:
        values.pop(field.name, None)
    values["parties"] = values.pop("party")
    values["citations"] = _citations(values, reading)
    values.setdefault("issue", inherited_issue)
    claim = Claim(location=fields.location, **values)
    reading.records.append(claim)
    taken: dict[str, int] = {}
    for field, node in answers:
        _add_answer(node, field, claim, taken, reading, report)


def _add_answer(  # noqa: PLR0913, PLR0917 - where it is, and where it goes
    node: Node,
    thread: Field,
    parent: Claim,
    taken: dict[str, int],
    reading: RecordBatch,
    report: Report,
) -> None:
    answer = _answer_fields(node, thread, f"this answer to '{parent.id}'", reading, report)
    if answer is None:
        return
    fields, complete = answer
    if not complete:
        _reject_claim(fields, reading, report)
        return
    kind = Kind(fields.values.pop("kind", Kind.DENIES))
    _check_thread(kind, thread.name, fields, report)
    fields.values.setdefault("id", derived_id(f"{parent.id}/{fields.values['party'][0]}", taken))
    responds_to = Answer(claim=parent.id, kind=kind, location=fields.location)
    fields.values["responds_to"] = (responds_to, *fields.values.get("responds_to", ()))
    _add_claim(fields, reading, report, parent.issue)


def _answer_fields(
    node: Node, thread: Field, name: str, reading: RecordBatch, report: Report
) -> tuple[Fields, bool] | None:
    """Return the fields of an answer, and whether it can be read; None if it is not a mapping."""
    if not isinstance(node, MappingNode):
        message = f"an entry of '{thread.name}' is {describe(node)}, not a claim"
        report.add("wrong-type", message, node.place, "write it as 'key: value' lines")
        reading.unread += 1
        return None
    fields = parse_fields(node, PARSERS[thread.of], report)
    complete = require(fields, schema.PARTS[thread.of], name, report)
    invalid = any(f in fields.present and f not in fields.values for f in ("kind", "id"))
    return fields, complete and not invalid


def _check_thread(kind: Kind, thread: str, fields: Fields, report: Report) -> None:
    """Report an opposing answer in 'responses', or another one in 'rebuttals'."""
    right = "rebuttals" if kind.opposes else "responses"
    if right != thread:
        effect = "opposes" if kind.opposes else "does not oppose"
        message = f"'{kind}' {effect} and is in '{thread}'"
        place = fields.location.place("kind")
        report.add("misplaced-kind", message, place, f"move this answer to '{right}'")


def derived_id(stem: str, taken: dict[str, int]) -> str:
    """Return an id that is not taken; ``taken`` has each id with the last number added to it."""
    candidate, count = next_id(stem, taken)
    taken[stem] = count
    taken.setdefault(candidate, 1)
    return candidate


def next_id(stem: str, taken: Mapping[str, int]) -> tuple[str, int]:
    """Return the id that :func:`derived_id` would return now, and its number."""
    candidate, count = stem, taken.get(stem, 1)
    while candidate in taken:
        count += 1
        candidate = f"{stem}-{count}"
    return candidate, count


def _citations(values: dict[str, Any], reading: RecordBatch) -> tuple[Citation, ...]:
    """Return the citations of a claim, and add the sources that are described in it."""
    cited = (*values.pop("source", ()), *values.pop("sources", ()))
    taken: dict[str, int] = {}
    return tuple(_cite(fields, values["id"], taken, reading) for fields in cited)


def _cite(fields: Fields, claim: str, taken: dict[str, int], reading: RecordBatch) -> Citation:
    quoting = {name: value for name, value in fields.values.items() if name in _QUOTING}
    if "title" not in fields.values:
        return Citation(source=fields.values["id"], location=fields.location, **quoting)
    source = {name: value for name, value in fields.values.items() if name not in _QUOTING}
    source.setdefault("id", derived_id(f"{claim}/source", taken))
    reading.records.append(Source(location=fields.location, **source))
    return Citation(source=source["id"], location=fields.location, **quoting)
