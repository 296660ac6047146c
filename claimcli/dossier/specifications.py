"""Which fields each record has, and what each of them holds."""

from claimcli.core.records import PARTY_KINDS, SOURCE_KINDS, Answer, Kind, Location, Reported
from claimcli.dossier import field_parsers
from claimcli.dossier.field_parsers import Fields, Reader, Report, read_fields, require
from claimcli.dossier.shapes import Spec, list_shape, or_mapping, reference, shape_of, shaped
from claimcli.syntax.nodes import MappingNode, Node, ScalarNode, SequenceNode, describe

_DATE = "As 2021, 2021-12, 2021-12-30, 2021-12-30T15:35-05:00, 2021-12?, 202X or A/B."


@shaped(reference("reports"))
def reported(node: Node, name: str, report: Report) -> Reported | None:
    """Read whose words a claim relays."""
    if not isinstance(node, MappingNode):
        message = f"'{name}' takes a party and a speaker, not {describe(node)}"
        report.add(
            "wrong-type", message, node.place, f"write '{name}: {{party: ..., speaker: ...}}'"
        )
        return None
    found = read_fields(node, REPORTS, report)
    return Reported(location=found.location, **found.values)


@shaped(or_mapping(shape_of(field_parsers.reference), "citation"))
def citation(node: Node, name: str, report: Report) -> Fields | None:
    """Read a source id, or a mapping that names a source or holds one."""
    if isinstance(node, ScalarNode):
        source = field_parsers.reference(node, name, report)
        location = Location.found(report.path, node.place, {"id": node.place})
        return Fields({"id": source}, location, frozenset({"id"})) if source else None
    if not isinstance(node, MappingNode):
        message = f"'{name}' takes sources, not {describe(node)}"
        report.add("wrong-type", message, node.place, "write a source id or a mapping")
        return None
    found = read_fields(node, CITATION, report)
    if "id" not in found.present and "title" not in found.present:
        way_out = "add 'id:' of a source on file, or 'title:' of one written here"
        report.add("missing-field", "this citation names no source", node.place, way_out)
    return found if "id" in found.values or "title" in found.values else None


@shaped(or_mapping(shape_of(field_parsers.reference), "answer"))
def answer(node: Node, name: str, report: Report) -> Answer | None:
    """Read a claim id, which is then denied, or a mapping with the kind of the answer."""
    if isinstance(node, ScalarNode):
        claim = field_parsers.reference(node, name, report)
        location = Location.found(report.path, node.place, {"claim": node.place})
        return Answer(claim=claim, kind=Kind.DENIES, location=location) if claim else None
    if not isinstance(node, MappingNode):
        message = f"'{name}' takes claims, not {describe(node)}"
        report.add("wrong-type", message, node.place, "write a claim id or {claim: ..., kind: ...}")
        return None
    found = read_fields(node, ANSWER, report)
    complete = require(found, ANSWER.required, "this answer", report)
    if not complete or ("kind" in found.present and "kind" not in found.values):
        return None
    kind = Kind(found.values.get("kind", Kind.DENIES))
    return Answer(claim=found.values["claim"], kind=kind, location=found.location)


def thread(entry: str) -> Reader:
    """Return a reader of a list of answers, which are of the form that a definition has.

    They are left as nodes: each needs the claim that it stands under.
    """

    @shaped(list_shape(reference(entry)))
    def read(node: Node, name: str, report: Report) -> SequenceNode | None:
        if isinstance(node, SequenceNode):
            return node
        message = f"'{name}' takes a list of claims, not {describe(node)}"
        report.add("wrong-type", message, node.place, "begin each answer with '- '")
        return None

    return read


answer_kind = field_parsers.choice(tuple(Kind))
REPORTS = Spec(
    {
        "party": (field_parsers.identifier, "The party whose words are relayed."),
        "speaker": (field_parsers.text, "Who said them."),
    }
)
ANSWER = Spec(
    {
        "claim": (field_parsers.reference, "The claim that is answered."),
        "kind": (answer_kind, "What the answer does to it; 'denies' where nothing is said."),
    },
    ("claim",),
)
_KINDS = "; ".join(f"{kind}: {kind.label}" for kind in Kind)

SOURCE = Spec(
    {
        "id": (
            field_parsers.identifier,
            "The name that claims cite it by: a-z, 0-9, '.', '_' and '-'.",
        ),
        "title": (field_parsers.text, "What it is called."),
        "outlet": (field_parsers.text, "Who published it."),
        "author": (field_parsers.text, "Who wrote it."),
        "published": (field_parsers.date, f"When it was published. {_DATE}"),
        "url": (field_parsers.text, "Its address; 'claimcli fetch' gets its text from there."),
        "archive_url": (field_parsers.text, "The address of a copy in an archive."),
        "accessed": (field_parsers.date, f"When the address was last read. {_DATE}"),
        "language": (field_parsers.text, "The language it is in, as en or de."),
        "kind": (
            field_parsers.choice(SOURCE_KINDS),
            "primary, or secondary: a report of other sources.",
        ),
        "derived_from": (
            field_parsers.listed(field_parsers.reference),
            "Ids of the sources it goes back to: two reports of one story are one origin.",
        ),
        "text": (field_parsers.text, "The path of its text on file, from this file's folder."),
        "sha256": (field_parsers.text, "The checksum of that text."),
        "note": (field_parsers.text, "Anything a reader must know."),
    },
    ("id", "title"),
)
QUOTING: dict[str, tuple[Reader, str]] = {
    "quote": (field_parsers.text, "The words of the source, in its language, to the character."),
    "translation": (field_parsers.text, "The quote in the dossier's language."),
    "locator": (field_parsers.text, "Where it stands: line 12, page 3, paragraph 4, 00:12:40."),
    "prefix": (
        field_parsers.text,
        "The words right before the quote, where it stands several times.",
    ),
    "suffix": (
        field_parsers.text,
        "The words right after the quote, where it stands several times.",
    ),
}
CITATION = SOURCE.and_({"id": (field_parsers.reference, "The id of a source on file."), **QUOTING})
PARTY = Spec(
    {
        "id": (field_parsers.identifier, "The name that claims give: a-z, 0-9, '.', '_' and '-'."),
        "name": (field_parsers.text, "What it is called."),
        "kind": (field_parsers.choice(PARTY_KINDS), "What it is."),
        "aliases": (field_parsers.listed(field_parsers.text), "Other names that find it."),
        "part_of": (field_parsers.identifier, "The party whose name takes in this one."),
        "speakers": (field_parsers.listed(field_parsers.text), "Who speaks for it."),
        "note": (field_parsers.text, "Anything a reader must know."),
    },
    ("id",),
)
CLAIM = Spec(
    {
        "id": (
            field_parsers.identifier,
            "Its name, once in the dossier: a-z, 0-9, '.', '_' and '-'.",
        ),
        "party": (
            field_parsers.one_or_more(field_parsers.identifier, least=1),
            "Who says it: a party's id, or a list of them for a joint statement.",
        ),
        "statement": (field_parsers.text, "What is said, in a sentence of one's own."),
        "speaker": (field_parsers.text, "Who said it for the party."),
        "said": (field_parsers.date, f"When it was said. {_DATE}"),
        "about": (field_parsers.date, f"The time it speaks of. {_DATE}"),
        "issue": (
            field_parsers.identifier,
            "The question it belongs to; claims on one are compared.",
        ),
        "position": (field_parsers.text, "The party's answer to that question, in a word."),
        "event": (field_parsers.identifier, "What it speaks of."),
        "reports": (reported, "Whose words it relays: {party: ..., speaker: ...}."),
        "source": (
            field_parsers.one_or_more(citation),
            "What it is cited from: an id or a mapping.",
        ),
        "sources": (field_parsers.one_or_more(citation), "What it is cited from: ids or mappings."),
        "rebuttals": (thread("rebuttal"), "The answers that oppose it."),
        "responses": (thread("response"), "The answers that do not oppose it."),
        "responds_to": (
            field_parsers.one_or_more(answer),
            "What it answers: a claim's id, then denied, or {claim: ..., kind: ...}.",
        ),
        "restates": (field_parsers.reference, "The claim that says the same in other words."),
        "supersedes": (
            field_parsers.reference,
            "The party's own claim that this takes the place of.",
        ),
        "withdrawn": (field_parsers.date, f"When the party withdrew it. {_DATE}"),
        "tags": (field_parsers.listed(field_parsers.text), "Words to find it by."),
        "note": (field_parsers.text, "Anything a reader must know."),
    },
    ("id", "party", "statement"),
)
RESPONSE = CLAIM.and_(
    {"kind": (answer_kind, f"What it does to what it answers. {_KINDS}.")},
    ("party", "statement", "kind"),
)
REBUTTAL = RESPONSE.and_({}, ("party", "statement"))
ISSUE = Spec(
    {
        "id": (field_parsers.identifier, "The name that claims give: a-z, 0-9, '.', '_' and '-'."),
        "question": (field_parsers.text, "What is in dispute, as a question."),
        "note": (field_parsers.text, "Anything a reader must know."),
    },
    ("id", "question"),
)
EVENT = Spec(
    {
        "id": (field_parsers.identifier, "The name that claims give: a-z, 0-9, '.', '_' and '-'."),
        "title": (field_parsers.text, "What happened."),
        "date": (field_parsers.date, f"When it happened. {_DATE}"),
        "place": (field_parsers.text, "Where it happened."),
    },
    ("id", "title"),
)

RECORDS = {"party": PARTY, "source": SOURCE, "issue": ISSUE, "event": EVENT, "claim": CLAIM}
"""The fields of each kind of record."""
SECTIONS = {kind: "parties" if kind == "party" else f"{kind}s" for kind in RECORDS}
"""The key at the top of a file under which records of a kind stand."""
CLAIM_ORDER = (
    "id", "party", "speaker", "kind", "statement", "reports", "said", "about", "issue", "position",
    "event", "responds_to", "restates", "supersedes", "withdrawn", "source", "sources", "tags",
    "note", "rebuttals", "responses",
)  # fmt: skip
"""The order in which fields of a claim are written."""
CITATION_ORDER = ("id", *(name for name in SOURCE if name not in ("id", "note")), *QUOTING, "note")
"""The order in which fields of a citation are written, one of a source that stands in it too."""
