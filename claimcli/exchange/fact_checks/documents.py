"""The reviews in a JSON document: alone, in arrays, graphs, feeds, or inside an article."""

from collections.abc import Iterator, Mapping

from claimcli.exchange.annotations.validity import types_of
from claimcli.exchange.json_input import JsonValue

Nodes = Mapping[str, JsonValue]
"""The objects of a document by their ``@id``, to which others refer."""


def reviews_in(value: JsonValue) -> Iterator[JsonValue]:
    """Yield the objects of type ``ClaimReview``, or with a ``claimReviewed``."""
    if isinstance(value.data, list):
        for item in value.items():
            yield from reviews_in(item)
    elif "ClaimReview" in types_of(value) or value["claimReviewed"].data is not None:
        yield value
    else:
        for part in value.fields().values():
            yield from reviews_in(part)


def nodes_of(value: JsonValue) -> dict[str, JsonValue]:
    """Return the objects that have an ``@id`` and more than that."""
    nodes: dict[str, JsonValue] = {}
    todo = [value]
    while todo:
        one = todo.pop()
        name = one["@id"].data
        if isinstance(name, str) and isinstance(one.data, dict) and len(one.data) > 1:
            nodes[name] = one
        todo += one.fields().values() if isinstance(one.data, dict) else []
        todo += one.items() if isinstance(one.data, list) else []
    return nodes
