"""What a part of an id means, as plainly as can be."""

from msgspec.structs import replace

from claimcli.core.query import All, MatchType, Node, Not, Some, Term
from claimcli.core.records import Dossier
from tests.support import naive


def with_whole_ids(dossier: Dossier, node: Node) -> Node:
    """Return a query in which the only id with a part has replaced it."""
    if isinstance(node, Not):
        return Not(with_whole_ids(dossier, node.node))
    if isinstance(node, All):
        return All(tuple(with_whole_ids(dossier, part) for part in node.nodes))
    if isinstance(node, Some):
        return Some(tuple(with_whole_ids(dossier, part) for part in node.nodes))
    if naive.names_nothing(dossier, node) and len(ids := _ids_with(dossier, node)) == 1:
        return replace(node, text=ids.pop(), test=MatchType.PHRASE)
    return node


def _ids_with(dossier: Dossier, term: Term) -> set[str]:
    if term.field in ("party", "against"):
        ids = set() if naive.called(dossier, term.text) else {*dossier.parties}
    else:
        ids = {
            "id": {*dossier.by_id},
            "issue": {*dossier.issues},
            "source": {*dossier.sources},
            "event": {claim.event for claim in dossier.by_id.values() if claim.event},
        }.get(term.field, set())
    part = term.text.lower()
    with_part = {name for name in ids if name.startswith(part)} or {n for n in ids if part in n}
    return {n for n in with_part if not any(n.startswith(f"{other}/") for other in with_part)}
