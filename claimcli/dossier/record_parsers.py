"""Parsers of the records inside claims, and the parsers of the fields of each kind of record."""

from claimcli.core import schema
from claimcli.core.records import Answer, CommentRequest, Location, Reported
from claimcli.core.response_kinds import Kind
from claimcli.dossier.field_parsers import Fields, field_parsers, parse_fields, require
from claimcli.dossier.report import Report
from claimcli.dossier.value_parsers import Parser, parse_derived_id
from claimcli.syntax.nodes import MappingNode, Node, ScalarNode, SequenceNode, describe


def _parse_reports(node: Node, name: str, report: Report) -> Reported | None:
    if not isinstance(node, MappingNode):
        message = f"'{name}' takes a party and a speaker, not {describe(node)}"
        hint = f"write '{name}: {{party: ..., speaker: ...}}'"
        report.add("wrong-type", message, node.place, hint)
        return None
    fields = parse_fields(node, _REPORTS, report)
    return Reported(location=fields.location, **fields.values)


def _parse_citation(node: Node, name: str, report: Report) -> Fields | None:
    """Return the fields of a source id, or of a mapping that names or describes a source."""
    if isinstance(node, ScalarNode):
        source = parse_derived_id(node, name, report)
        location = Location.create(report.path, node.place, {"id": node.place})
        return Fields({"id": source}, location, frozenset({"id"})) if source else None
    if not isinstance(node, MappingNode):
        message = f"'{name}' takes sources, not {describe(node)}"
        report.add("wrong-type", message, node.place, "write a source id or a mapping")
        return None
    fields = parse_fields(node, _CITATION, report)
    if "id" not in fields.present and "title" not in fields.present:
        hint = "add 'id:' of a source on file, or 'title:' of one described here"
        report.add("missing-field", "this citation names no source", node.place, hint)
    return fields if "id" in fields.values or "title" in fields.values else None


def _parse_answer(node: Node, name: str, report: Report) -> Answer | None:
    """Return an answer from a claim id, which is denied, or a mapping with a kind."""
    if isinstance(node, ScalarNode):
        claim = parse_derived_id(node, name, report)
        location = Location.create(report.path, node.place, {"claim": node.place})
        return Answer(claim=claim, kind=Kind.DENIES, location=location) if claim else None
    if not isinstance(node, MappingNode):
        message = f"'{name}' takes claims, not {describe(node)}"
        report.add("wrong-type", message, node.place, "write a claim id or {claim: ..., kind: ...}")
        return None
    fields = parse_fields(node, _ANSWER, report)
    complete = require(fields, schema.ANSWER, "this answer", report)
    if not complete or ("kind" in fields.present and "kind" not in fields.values):
        return None
    kind = Kind(fields.values.get("kind", Kind.DENIES))
    return Answer(claim=fields.values["claim"], kind=kind, location=fields.location)


def _parse_request(node: Node, name: str, report: Report) -> CommentRequest | None:
    if not isinstance(node, MappingNode):
        message = f"'{name}' takes requests for comment, not {describe(node)}"
        report.add("wrong-type", message, node.place, f"write '{name}: {{party: ..., on: ...}}'")
        return None
    fields = parse_fields(node, _REQUEST, report)
    complete = require(fields, schema.REQUEST, "this request for comment", report)
    return CommentRequest(location=fields.location, **fields.values) if complete else None


def _parse_thread(node: Node, name: str, report: Report) -> SequenceNode | None:
    """Return the list of answers as nodes: parsing them requires the claim that they answer."""
    if isinstance(node, SequenceNode):
        return node
    message = f"'{name}' takes a list of claims, not {describe(node)}"
    report.add("wrong-type", message, node.place, "begin each answer with '- '")
    return None


_CITATION = field_parsers(schema.CITATION)
_REPORTS = field_parsers(schema.REPORTS)
_ANSWER = field_parsers(schema.ANSWER)
_REQUEST = field_parsers(schema.REQUEST)
_PARTS = {
    "citation": _parse_citation,
    "reports": _parse_reports,
    "answer": _parse_answer,
    "request": _parse_request,
    "rebuttal": _parse_thread,
    "response": _parse_thread,
}
PARSERS: dict[str, dict[str, Parser]] = {
    kind.name: field_parsers(kind, _PARTS)
    for kind in (*schema.RECORD_KINDS.values(), schema.REBUTTAL, schema.RESPONSE)
}
"""The parsers of the fields of each kind of record, by the names of kind and field."""
