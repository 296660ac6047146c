"""Which fields each record has, and what each of them holds."""

from claimcli import fields
from claimcli.fields import Fields, Reader, Report, read_fields, require
from claimcli.model import PARTY_KINDS, SOURCE_KINDS, Answer, Kind, Reported, Where
from claimcli.nodes import Mapping, Node, Scalar, Sequence, describe


def reported(node: Node, name: str, report: Report) -> Reported | None:
    """Read whose words a claim relays."""
    if not isinstance(node, Mapping):
        message = f"'{name}' takes a party and a speaker, not {describe(node)}"
        report.add(
            "wrong-type", message, node.place, f"write '{name}: {{party: ..., speaker: ...}}'"
        )
        return None
    found = read_fields(node, {"party": fields.identifier, "speaker": fields.text}, report)
    return Reported(where=found.where, **found.values)


def citation(node: Node, name: str, report: Report) -> Fields | None:
    """Read a source id, or a mapping that names a source or holds one."""
    if isinstance(node, Scalar):
        source = fields.reference(node, name, report)
        where = Where.found(report.path, node.place, {"id": node.place})
        return Fields({"id": source}, where, frozenset({"id"})) if source else None
    if not isinstance(node, Mapping):
        message = f"'{name}' takes sources, not {describe(node)}"
        report.add("wrong-type", message, node.place, "write a source id or a mapping")
        return None
    found = read_fields(node, CITATION, report)
    if "id" not in found.present and "title" not in found.present:
        way_out = "add 'id:' of a source on file, or 'title:' of one written here"
        report.add("missing-field", "this citation names no source", node.place, way_out)
    return found if "id" in found.values or "title" in found.values else None


def answer(node: Node, name: str, report: Report) -> Answer | None:
    """Read a claim id, which is then denied, or a mapping with the kind of the answer."""
    if isinstance(node, Scalar):
        claim = fields.reference(node, name, report)
        where = Where.found(report.path, node.place, {"claim": node.place})
        return Answer(claim=claim, kind=Kind.DENIES, where=where) if claim else None
    if not isinstance(node, Mapping):
        message = f"'{name}' takes claims, not {describe(node)}"
        report.add("wrong-type", message, node.place, "write a claim id or {claim: ..., kind: ...}")
        return None
    found = read_fields(node, {"claim": fields.reference, "kind": answer_kind}, report)
    complete = require(found, ("claim",), "this answer", report)
    if not complete or ("kind" in found.present and "kind" not in found.values):
        return None
    kind = Kind(found.values.get("kind", Kind.DENIES))
    return Answer(claim=found.values["claim"], kind=kind, where=found.where)


def thread(node: Node, name: str, report: Report) -> Sequence | None:
    """Read a list of answers, left as nodes: each needs the claim that it stands under."""
    if isinstance(node, Sequence):
        return node
    message = f"'{name}' takes a list of claims, not {describe(node)}"
    report.add("wrong-type", message, node.place, "begin each answer with '- '")
    return None


answer_kind = fields.choice(tuple(Kind))

SOURCE: dict[str, Reader] = {
    "id": fields.identifier,
    "title": fields.text,
    "outlet": fields.text,
    "author": fields.text,
    "published": fields.date,
    "url": fields.text,
    "archive_url": fields.text,
    "accessed": fields.date,
    "language": fields.text,
    "kind": fields.choice(SOURCE_KINDS),
    "derived_from": fields.listed(fields.reference),
    "text": fields.text,
    "sha256": fields.text,
    "note": fields.text,
}
QUOTING: dict[str, Reader] = {
    "quote": fields.text,
    "translation": fields.text,
    "locator": fields.text,
    "prefix": fields.text,
    "suffix": fields.text,
}
CITATION = {**SOURCE, "id": fields.reference, **QUOTING}
PARTY: dict[str, Reader] = {
    "id": fields.identifier,
    "name": fields.text,
    "kind": fields.choice(PARTY_KINDS),
    "aliases": fields.listed(fields.text),
    "part_of": fields.identifier,
    "speakers": fields.listed(fields.text),
    "note": fields.text,
}
CLAIM: dict[str, Reader] = {
    "id": fields.identifier,
    "party": fields.one_or_more(fields.identifier),
    "statement": fields.text,
    "speaker": fields.text,
    "said": fields.date,
    "about": fields.date,
    "issue": fields.identifier,
    "position": fields.text,
    "event": fields.identifier,
    "reports": reported,
    "source": fields.one_or_more(citation),
    "sources": fields.one_or_more(citation),
    "rebuttals": thread,
    "responses": thread,
    "responds_to": fields.one_or_more(answer),
    "restates": fields.reference,
    "supersedes": fields.reference,
    "withdrawn": fields.date,
    "tags": fields.listed(fields.text),
    "note": fields.text,
}
RESPONSE = {**CLAIM, "kind": answer_kind}
ISSUE: dict[str, Reader] = {"id": fields.identifier, "question": fields.text, "note": fields.text}
EVENT: dict[str, Reader] = {
    "id": fields.identifier,
    "title": fields.text,
    "date": fields.date,
    "place": fields.text,
}

RECORDS: dict[str, dict[str, Reader]] = {
    "party": PARTY,
    "source": SOURCE,
    "issue": ISSUE,
    "event": EVENT,
    "claim": CLAIM,
}
"""The fields of each kind of record."""
SECTIONS = {kind: "parties" if kind == "party" else f"{kind}s" for kind in RECORDS}
"""The key at the top of a file under which records of a kind stand."""
CLAIM_ORDER = (
    "id", "party", "kind", "speaker", "statement", "said", "about", "issue", "position", "event",
    "reports", "responds_to", "restates", "supersedes", "withdrawn", "source", "sources", "tags",
    "note", "rebuttals", "responses",
)  # fmt: skip
"""The order in which fields of a claim are written."""
CITATION_ORDER = ("id", *(name for name in SOURCE if name not in ("id", "note")), *QUOTING, "note")
"""The order in which fields of a citation are written, one of a source that stands in it too."""
