"""W3C Web Annotations read from JSON: their targets, bodies and selectors."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from claimcli.core.schema import ALL_KINDS, RECORD_KINDS, Field, FieldType, RecordKind
from claimcli.exchange.annotations.annotation import Annotation, Remark, collapsed
from claimcli.exchange.annotations.validity import SETS, invalid, types_of
from claimcli.exchange.json_input import JsonValue
from claimcli.exchange.web_values import plain_text, web_date
from claimcli.syntax.edit.values import Value

CLAIM_KEY, SOURCE_KEY, CITATION_KEY = "claimcli:claim", "claimcli:source", "claimcli:citation"
"""The properties of our own annotations, with fields in the shape of YAML."""
_EXPORT_AGAIN = "export the annotations again, or leave the property out"
PAGE = re.compile(r"(?:.*&)?page=([0-9]{1,6})(?:&.*)?", re.ASCII)
_TIME = re.compile(r"t=(?:npt:)?([0-9]{1,6})(?:\.[0-9]+)?(?:,[0-9.]*)?", re.ASCII)


class Bodies(Struct):
    """What the bodies of an annotation say: comments, tags, and the addresses of other bodies.

    ``exact``: claimcli wrote them, so that the white space in tags is kept.
    """

    exact: bool = False
    comments: list[Remark] = []
    tags: list[str] = []
    notes: list[Remark] = []


def annotations_of(value: JsonValue) -> Iterator[Annotation]:
    """Yield what a valid annotation says of each of its targets."""
    own = _own(value[CLAIM_KEY], RECORD_KINDS["claim"])
    bodies = Bodies(exact=own is not None)
    for body in (*value["body"].items(), *value["bodyValue"].items()):
        _read_body(body, value, bodies)
    if own is not None:
        bodies.comments.clear()
        for key in ("id", "motivation"):  # both are made of the claim
            value[key].mark_read()
    source = _own(value[SOURCE_KEY], RECORD_KINDS["source"]) or {}
    cited = _own(value[CITATION_KEY], ALL_KINDS["citation"])
    for target in value["target"].items():
        for page, place in _pages(target):
            selected = _citation(place["selector"])
            if cited is not None:
                place["selector"].mark_read()
                exact = {"quote": selected["quote"]} if "quote" in selected else {}
                selected = {**exact, **{name: str(text) for name, text in cited.items()}}
            elif "quote" in selected:
                selected = {name: collapsed(text) for name, text in selected.items()}
            yield Annotation(
                where=(place["selector"] if "quote" in selected else value).location,
                page=page.text(),
                page_where=page.location,
                source=_source(page.text(), place["state"], source),
                citation=selected,
                comments=tuple(bodies.comments),
                tags=tuple(bodies.tags),
                notes=tuple(bodies.notes),
                claim=own,
            )


def _own(value: JsonValue, kind: RecordKind) -> Mapping[str, Value] | None:
    """Return the fields in one of our own properties, None if it is missing.

    Raises ClaimcliError, with the location, for what no record of the kind can have.
    """
    if value.data is None:
        return None
    fields = {name: part for name, part in value.fields().items() if part.data is not None}
    known = {field.name: field for field in kind.fields}
    if not isinstance(value.data, dict):
        raise invalid(value, f"these are no fields of a {kind.name}", _EXPORT_AGAIN)
    for name, part in fields.items():
        if name not in known:
            raise invalid(part, f"a {kind.name} has no field '{name}'", _EXPORT_AGAIN)
        if not _fits(known[name], _yaml_value(part.data)):
            message = f"the field '{name}' of a {kind.name} is written otherwise"
            raise invalid(part, message, _EXPORT_AGAIN)
    value.mark_read()
    return {name: _yaml_value(part.data) for name, part in fields.items()}


def _fits(field: Field, value: Value) -> bool:
    """Return whether a value has the form of a field; answers are never nested in a claim here."""
    values = value if isinstance(value, list) and field.many else [value]
    if field.type is FieldType.RECORD:
        known = {part.name: part for part in ALL_KINDS[field.of].fields}
        return all(
            isinstance(one, Mapping)
            and all(n in known and _fits(known[n], v) for n, v in one.items())
            for one in values
        )
    return field.type is not FieldType.THREAD and all(isinstance(one, str) for one in values)


def _yaml_value(value: Any) -> Value:
    """Return a JSON value as a text, a list or a mapping."""
    if isinstance(value, dict):
        return {name: _yaml_value(part) for name, part in value.items() if part is not None}
    if isinstance(value, list):
        return [_yaml_value(part) for part in value if part is not None]
    return str(value).lower() if isinstance(value, bool) else str(value)


def _read_body(body: JsonValue, annotation: JsonValue, bodies: Bodies) -> None:
    """Add what a body says: a text is a comment or a tag, anything else is noted."""
    if set(types_of(body)) & {*SETS}:
        for item in body["items"].items():
            _read_body(item, annotation, bodies)
    elif body["value"].data is not None or body.keys[-1] == "bodyValue":
        _read_text(body, annotation, bodies)
    else:
        address = body if isinstance(body.data, str) else body["source"]
        if text := address.text() or address["id"].text() or body["id"].text():
            bodies.notes.append(Remark(text, "Body", body.location))


def _read_text(body: JsonValue, annotation: JsonValue, bodies: Bodies) -> None:
    value = body["value"] if isinstance(body.data, dict) else body
    text = value.text()
    if "html" in str(body["format"].data):
        text = plain_text(text)
    body["purpose"].mark_read()
    if body["purpose"].data == "tagging":
        bodies.tags.append(str(value.data) if bodies.exact else collapsed(text))
    elif text:
        bodies.comments.append(Remark(text, _heading(body, annotation), body.location))


def _heading(body: JsonValue, annotation: JsonValue) -> str:
    """Return who wrote a comment, and on which day."""
    by = next((name for value in (body, annotation) if (name := _maker(value["creator"]))), "")
    created = next(
        (value["created"] for value in (body, annotation) if value["created"].data), None
    )
    day = web_date(created.text()).partition("T")[0] if created else ""
    return f"Comment{f' by {by}' if by else ''}{f', {day}' if day else ''}"


def _maker(creator: JsonValue) -> str:
    """Return the names of who made something, or their addresses."""
    names = []
    for one in creator.items():
        known = [one[key].text() for key in ("name", "nickname", "id") if one[key].data]
        names.append(known[0] if known else one.text())
    return ", ".join(filter(None, names))


def _pages(target: JsonValue) -> Iterator[tuple[JsonValue, JsonValue]]:
    """Yield the address of each page that is annotated, and the object with its selectors."""
    if isinstance(target.data, str):
        yield target, target
    elif items := target["items"].items():
        for item in items:
            yield from _pages(item)
    else:
        for source in target["source"].items() or [target]:
            yield (source if isinstance(source.data, str) else source["id"]), target


def _source(page: str, state: JsonValue, own: Mapping[str, Value]) -> dict[str, Value]:
    """Return the fields of the source that a page is."""
    fields: dict[str, Value] = {**own}
    fields.setdefault("title", page)
    fields.setdefault("url", page)
    for one in state.items():
        if "TimeState" in types_of(one):
            if cached := one["cached"].items():
                fields.setdefault("archive_url", cached[0].text())
            if day := web_date(str(one["sourceDate"].data)):
                one["sourceDate"].mark_read()
                fields.setdefault("accessed", day)
    return fields


def _citation(selector: JsonValue) -> dict[str, str]:
    """Return the fields of a citation that selectors, and those that refine them, express."""
    fields: dict[str, str] = {}
    for one in selector.items():
        if "quote" in fields and one["exact"].data not in (None, fields["quote"]):
            continue  # other words stay unread, which is reported
        fields = selected_citation(one) | _citation(one["refinedBy"]) | fields
    return fields


def selected_citation(selector: JsonValue) -> dict[str, str]:
    """Return the fields of a citation that one selector expresses."""
    types = types_of(selector)
    if "TextQuoteSelector" in types:
        texts = {"quote": "exact", "prefix": "prefix", "suffix": "suffix"}
        return {name: text for name, key in texts.items() if (text := selector[key].text())}
    if "FragmentSelector" in types:
        value = str(selector["value"].data or "")
        locator = _locator(value)
        if locator:
            selector["value"].mark_read()
        return {"locator": locator} if locator else {}
    if "PageSelector" in types and (label := selector["label"].text()):
        return {"locator": f"page {label}"}
    return {}


def _locator(fragment: str) -> str:
    """Return the place that a fragment of an address names: a page or a time, else ""."""
    if match := PAGE.fullmatch(fragment):
        return f"page {int(match[1])}"
    if match := _TIME.fullmatch(fragment):
        minutes, seconds = divmod(int(match[1]), 60)
        return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    return ""
