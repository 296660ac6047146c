"""The rules of the W3C's Web Annotation Data Model that an annotation must follow.

The sections in the docstrings are those of the Recommendation of 23 February 2017.
"""

import re
from collections.abc import Callable, Mapping

from claimcli.core.problems import ClaimcliError
from claimcli.exchange.json_input import JsonValue
from claimcli.exchange.json_text import JsonNumber

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
SETS = ("Choice", "Composite", "List", "Independents")
"""Types of bodies and targets that contain others."""
_IRI = re.compile(r"[^\s<>\"{}|\\^`]+")
_MOMENT = re.compile(
    r"-?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?",
    re.ASCII,
)
_DIRECTIONS = ("ltr", "rtl", "auto")


def check_context(value: JsonValue) -> None:
    """Raise ClaimcliError if a document does not name the context of annotations (section 3.1)."""
    context = value["@context"]
    if CONTEXT not in [one.data for one in context.items()]:
        what = f"the '@context' is not that of annotations: {context.excerpt(60)}"
        found = what if context.data else "there is no '@context'"
        raise invalid(context, found, f"it must be or contain '{CONTEXT}'")


def check_annotation(value: JsonValue) -> None:
    """Raise ClaimcliError if an annotation breaks a rule (section 3)."""
    if not isinstance(value.data, dict):
        raise invalid(value, "an annotation must be an object")
    if value["id"].data is None:
        raise invalid(value, "an annotation needs an 'id'")
    _check_fields(value, {**_RESOURCE, "bodyValue": _check_text})
    if value["body"].data is not None and value["bodyValue"].data is not None:
        raise invalid(value["bodyValue"], "'body' and 'bodyValue' exclude each other")
    for body in value["body"].items():
        _check_resource(body)
    if not value["target"].items():
        raise invalid(value, "an annotation needs a 'target'")
    for target in value["target"].items():
        _check_resource(target)


def types_of(value: JsonValue) -> list[str]:
    """Return the types of an object without prefixes such as ``oa:``."""
    types = [*value["type"].items(), *value["@type"].items()]
    names = [str(one.data) for one in types if isinstance(one.data, str)]
    return [re.split("[:#/]", name)[-1] for name in names]


def invalid(value: JsonValue, message: str, hint: str = "") -> ClaimcliError:
    """Return the error for a value that breaks a rule."""
    return ClaimcliError(
        f"{value.location}: {message}", hint or "correct it, or leave the annotation out"
    )


def _check_resource(value: JsonValue) -> None:
    """Check a body or a target: an address, or an object that has or describes one (3.2, 4)."""
    if not isinstance(value.data, dict):
        _check_iri(value)
        return
    _check_fields(value, _RESOURCE)
    types = types_of(value)
    is_text = "TextualBody" in types
    if is_text or (value["value"].data is not None and not value["source"].items()):
        _check_text(value["value"] if value["value"].data is not None else value)
        return
    for item in value["items"].items():
        _check_resource(item)
    is_specific = "SpecificResource" in types or bool(value["selector"].items())
    if is_specific and not value["source"].items():
        raise invalid(value, "a part of a page needs its 'source'")
    for source in value["source"].items():
        _check_resource(source)
    for selector in value["selector"].items():
        _check_selector(selector)
    if not is_specific and all(not value[key].items() for key in ("source", "items", "id")):
        raise invalid(value, "neither an address nor a text: it needs an 'id' or a 'source'")


def _check_selector(value: JsonValue) -> None:
    """Check a selector and those that refine it (section 4.2)."""
    if not isinstance(value.data, dict):
        _check_iri(value)
        return
    for name in types_of(value):
        for key in _SELECTORS.get(name, ()):
            if value[key].data is None:
                raise invalid(value, f"a {name} needs a '{key}'")
            _CHECKS.get(key, _check_text)(value[key])
    for refined in value["refinedBy"].items():
        _check_selector(refined)


def _check_fields(value: JsonValue, rules: Mapping[str, Callable[[JsonValue], None]]) -> None:
    for key, check in rules.items():
        if value[key].data is not None:
            check(value[key])


def _is_text(value: JsonValue) -> bool:
    return isinstance(value.data, str) and not isinstance(value.data, JsonNumber)


def _check_text(value: JsonValue) -> None:
    if not _is_text(value):
        raise invalid(value, "the value must be one text")


def _check_texts(value: JsonValue) -> None:
    for one in value.items():
        _check_text(one)


def _check_number(value: JsonValue) -> None:
    if not (isinstance(value.data, JsonNumber) and value.data.isdigit()):
        raise invalid(value, "a position must be a whole number from 0")


def _check_iri(value: JsonValue) -> None:
    if not (_is_text(value) and _IRI.fullmatch(value.data)):
        raise invalid(value, f"no address: {value.excerpt(60)}")


def _check_iris(value: JsonValue) -> None:
    for one in value.items():
        _check_iri(one)


def _check_agents(value: JsonValue) -> None:
    """Check who made something: addresses or objects (section 3.3.1)."""
    for one in value.items():
        if not isinstance(one.data, dict):
            _check_iri(one)


def _check_moment(value: JsonValue) -> None:
    """Check a time: exactly one ``xsd:dateTime`` (section 3.3.1)."""
    if not (_is_text(value) and _MOMENT.fullmatch(value.data)):
        raise invalid(value, f"no time: {value.excerpt(60)}", "write it as 2021-12-30T15:35:00Z")


def _check_direction(value: JsonValue) -> None:
    if value.data not in _DIRECTIONS:
        raise invalid(value, f"no direction of text: {value.excerpt(60)}")


_RESOURCE: Mapping[str, Callable[[JsonValue], None]] = {
    "id": _check_iri,
    "creator": _check_agents,
    "generator": _check_agents,
    "created": _check_moment,
    "modified": _check_moment,
    "generated": _check_moment,
    "rights": _check_iris,
    "canonical": _check_iri,
    "via": _check_iris,
    "language": _check_texts,
    "format": _check_texts,
    "processingLanguage": _check_text,
    "textDirection": _check_direction,
}
_SELECTORS = {
    "FragmentSelector": ("value",),
    "CssSelector": ("value",),
    "XPathSelector": ("value",),
    "TextQuoteSelector": ("exact",),
    "TextPositionSelector": ("start", "end"),
    "DataPositionSelector": ("start", "end"),
    "RangeSelector": ("startSelector", "endSelector"),
}
"""The keys that a selector must have."""
_CHECKS: Mapping[str, Callable[[JsonValue], None]] = {
    "start": _check_number,
    "end": _check_number,
    "startSelector": _check_selector,
    "endSelector": _check_selector,
}
