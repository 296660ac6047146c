"""An annotation of a page as its converter reads it, and the records that annotations become.

The quoted words become the statement of a claim by the party that is given or that a tag names,
the page its source. What the annotator comments is no claim of that party, so it is kept in the
note. A tag such as ``party:waterworks`` or ``issue:state-of-main`` sets a field.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from claimcli.core.problems import ClaimcliError
from claimcli.exchange.records import (
    Imported,
    ImportedRecord,
    ImportOptions,
    Loss,
    LossKind,
)
from claimcli.exchange.web_values import web_date
from claimcli.syntax.edit.values import Value

TAG_FIELDS = ("party", "speaker", "issue", "position", "event", "said", "about")
"""Fields of a claim that a tag sets."""
COMMENT_COLUMNS = ("comment", "text")
"""What ``--map`` calls the comment of an annotation."""
_DATES = ("said", "about")
MAX_DETAIL = 500
"""Characters of a value that the list of losses shows."""
NO_PARTY = "no party is named: give --party, or tag the annotation 'party:NAME'"


class Remark(Struct, frozen=True):
    """What somebody writes about the quoted words.

    ``heading`` says what it is, by whom, and when: ``Comment by Ann Lee, 2023-05-04``.
    """

    text: str
    heading: str
    where: str


class Annotation(Struct, frozen=True, kw_only=True):
    """A quote of a page, or a note on the whole page, with comments and tags.

    ``where`` is the location of the quote, else of the annotation, and ``page_where`` that of the
    address. ``source`` has fields of the source, ``citation`` those of the quote. An annotation
    that claimcli wrote has the fields of its ``claim``.
    """

    where: str
    page: str
    page_where: str
    source: Mapping[str, Value]
    citation: Mapping[str, str] = {}
    comments: tuple[Remark, ...] = ()
    tags: tuple[str, ...] = ()
    notes: tuple[Remark, ...] = ()
    claim: Mapping[str, Value] | None = None

    @property
    def quote(self) -> str:
        """The quoted words, "" for a note on the whole page."""
        return self.citation.get("quote", "")


class RecordDraft(Struct):
    """A record to which several annotations contribute."""

    where: str
    fields: dict[str, Any]
    citations: dict[str, Value] = {}
    tags: dict[str, None] = {}
    notes: dict[str, None] = {}

    def cite(self, citation: Mapping[str, Value]) -> None:
        """Add a citation, unless the record has an equal one."""
        self.citations.setdefault(repr(citation), citation)


class Drafts(Struct):
    """The records that annotations become, while they are read."""

    options: ImportOptions
    comment_field: str
    sources: dict[str, RecordDraft] = {}
    claims: dict[tuple[str, ...], RecordDraft] = {}
    losses: list[Loss] = []


def import_annotations(annotations: Iterable[Annotation], options: ImportOptions) -> Imported:
    """Return the claims and sources that annotations become.

    Annotations of one page have one source. Those with the same words of the same party become one
    claim that cites all of them. Raises ClaimcliError if ``--map`` names anything but the comment.
    """
    drafts = Drafts(options, _comment_field(options.columns))
    for annotation in annotations:
        _add(annotation, drafts)
    records = (
        *(draft_record("source", draft) for draft in drafts.sources.values()),
        *(draft_record("claim", draft) for draft in drafts.claims.values()),
    )
    return Imported(records, tuple(drafts.losses))


def _comment_field(columns: Mapping[str, str]) -> str:
    """Return the field of the comments: ``note``, or ``statement`` if the user wants that."""
    field = "note"
    for name, field in columns.items():
        if name.strip().lower() not in COMMENT_COLUMNS or field not in ("note", "statement"):
            message = f"no mapping of '{name}' to '{field}'"
            raise ClaimcliError(message, "--map comment=statement or comment=note are possible")
    return field


def _add(annotation: Annotation, drafts: Drafts) -> None:
    source = _source_of(annotation, drafts)
    fields = _claim_fields(annotation, drafts)
    if fields.get("party"):
        claim = _claim_of(annotation, fields, drafts)
        claim.cite({"id": source.fields.get("id", source.where), **annotation.citation})
        comments = list(annotation.comments)
        if drafts.comment_field == "statement" and annotation.claim is None and comments:
            stated = comments.pop(0)
            lost = (LossKind.DROPPED, stated.where, stated.heading)
            drafts.losses.append(Loss(_label(claim.fields), "comment", *lost))
        _add_notes(annotation, comments, claim, drafts)
        return
    record = f"source {annotation.page}"
    if annotation.quote:
        source.notes[_quote_note(annotation.citation)] = None
        drafts.losses.append(_kept(record, "quote", annotation.where, NO_PARTY))
    if annotation.tags:
        source.notes[f"Tags: {', '.join(annotation.tags)}"] = None
        drafts.losses.append(_kept(record, "tags", annotation.where, ", ".join(annotation.tags)))
    _add_notes(annotation, annotation.comments, source, drafts)


def _add_notes(
    annotation: Annotation, comments: Sequence[Remark], target: RecordDraft, drafts: Drafts
) -> None:
    """Keep comments and the further notes of an annotation in the note of a record."""
    record = _label(target.fields) if "party" in target.fields else f"source {annotation.page}"
    for comment in (*comments, *annotation.notes):
        target.notes[f"{comment.heading}: {comment.text}"] = None
        what = comment.heading.split()[0].lower()
        drafts.losses.append(_kept(record, what, comment.where, comment.heading))


def _quote_note(citation: Mapping[str, str]) -> str:
    """Return a note with all fields of a citation."""
    forms = {"prefix": 'after "{}"', "suffix": 'before "{}"', "locator": "at {}"}
    more = [form.format(citation[name]) for name, form in forms.items() if citation.get(name)]
    return f'Quote: "{citation["quote"]}"' + (f" ({', '.join(more)})" if more else "")


def _label(claim: Mapping[str, Any]) -> str:
    """Return what a list of losses calls a claim."""
    return f"claim {claim.get('id') or collapsed(str(claim.get('statement', '')))[:40]}"


def _kept(record: str, field: str, where: str, detail: str) -> Loss:
    return Loss(record, field, LossKind.KEPT_IN_NOTE, where, detail)


def _source_of(annotation: Annotation, drafts: Drafts) -> RecordDraft:
    """Return the source of an annotation's page, with what the annotation adds to it."""
    key = str(annotation.source.get("id", annotation.page))
    draft = drafts.sources.setdefault(key, RecordDraft(annotation.page_where, {}))
    for name, value in annotation.source.items():
        if draft.fields.setdefault(name, value) != value:
            loss = Loss(f"source {key}", name, LossKind.DROPPED, annotation.page_where, str(value))
            drafts.losses.append(loss)
    return draft


def _claim_of(annotation: Annotation, fields: dict[str, Any], drafts: Drafts) -> RecordDraft:
    """Return the draft of a claim; annotations of equal claims contribute to one."""
    names = ("id",) if fields.get("id") else ("party", "speaker", "statement", "said", "issue")
    key = tuple(str(fields.get(name, "")) for name in names)
    tags = fields.pop("tags", ())
    draft = drafts.claims.setdefault(key, RecordDraft(annotation.where, fields))
    draft.tags |= dict.fromkeys(tags)
    for name, value in fields.items():
        if draft.fields.setdefault(name, value) != value:
            lost = (LossKind.DROPPED, annotation.where, str(value))
            drafts.losses.append(Loss(_label(draft.fields), name, *lost))
    return draft


def _claim_fields(annotation: Annotation, drafts: Drafts) -> dict[str, Any]:
    """Return the fields of a claim without its citation and note; {} for a note on a page."""
    if not annotation.quote and annotation.claim is None:
        return {}
    if annotation.claim is not None:
        own = {"tags": list(annotation.tags)} if annotation.tags else {}
        return {**annotation.claim, **own}
    fields: dict[str, Any] = {"statement": annotation.quote}
    if drafts.comment_field == "statement" and annotation.comments:
        fields["statement"] = annotation.comments[0].text
    tags = _set_by_tags(annotation, fields, drafts)
    for name, given in (("party", drafts.options.party), ("issue", drafts.options.issue)):
        if given:
            fields.setdefault(name, given)
    return {**fields, **({"tags": tags} if tags else {})}


def _set_by_tags(annotation: Annotation, fields: dict[str, Any], drafts: Drafts) -> list[str]:
    """Set the fields that tags name; return the other tags."""
    others, parties = [], list[str]()
    for tag in dict.fromkeys(annotation.tags):
        name, _, text = (part.strip() for part in tag.partition(":"))
        name = name.lower()
        value = (web_date(text) if name in _DATES else text) if name in TAG_FIELDS else ""
        if name == "party" and value:
            parties.append(value)
        elif value and name not in fields:
            fields[name] = value
        else:
            others.append(tag)
            if name in TAG_FIELDS:
                why = f"'{text}' is a second {name}" if value else f"'{text}' is no {name}"
                where = annotation.where
                loss = Loss(_label(fields), name, LossKind.APPROXIMATED, where, why)
                drafts.losses.append(loss)
    if parties:
        fields["party"] = parties if len(parties) > 1 else parties[0]
    return others


def draft_record(kind: str, draft: RecordDraft) -> ImportedRecord:
    """Return the record that a draft has become."""
    fields = dict(draft.fields)
    cited = list(draft.citations.values())
    if cited:
        fields |= {"sources": cited} if len(cited) > 1 else {"source": cited[0]}
    if draft.tags:
        fields["tags"] = list(draft.tags)
    if draft.notes:
        own = [str(fields["note"])] if fields.get("note") else []
        fields["note"] = "\n".join([*own, *draft.notes])
    return ImportedRecord(kind, fields, draft.where)


def collapsed(text: str) -> str:
    """Return a text with each run of white space as one space, as a browser shows it."""
    return " ".join(text.split())


def unread_losses(record: str, parts: Sequence[Any], depth: int) -> list[Loss]:
    """Return the losses of values of a JSON file that no record has.

    ``depth`` is the number of keys that lead to the record.
    """
    return [
        Loss(
            record,
            ".".join(map(str, part.keys[depth:])),
            LossKind.DROPPED,
            part.location,
            part.excerpt(MAX_DETAIL),
        )
        for part in parts
    ]
