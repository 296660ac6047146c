"""Edits of nodes that aliases repeat are refused: the edit would change those places too."""

from collections.abc import Iterable

from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.syntax.edit.tree import Tree

BY_HAND = "edit the file by hand"


def refuse_aliased(among: Iterable[Tree], path: Iterable[Tree]) -> None:
    """Raise ClaimcliError if an alias among some nodes repeats a node that is to be changed."""
    anchors = {node.anchor for node in path if node.anchor}
    if anchors and (
        shared := anchors.intersection(node.text for node in among if node.kind == "alias")
    ):
        raise shared_anchor(min(shared))


def shared_anchor(name: str) -> ClaimcliError:
    """Return the error for an anchor whose value would also change where an alias repeats it."""
    message = f"the anchor '&{name}' is used elsewhere, which would change too"
    return ClaimcliError(message, BY_HAND, code=ExitCode.UNREADABLE)


def refuse_list_alias(among: Iterable[Tree], value: Tree, field: str) -> None:
    """Raise ClaimcliError if the value of a field is an alias of a list, to which one would add."""
    if value.kind == "alias" and any(
        node.anchor == value.text and node.kind == "sequence" for node in among
    ):
        message = f"'{field}' is '*{value.text}', an alias of a list that is elsewhere"
        raise ClaimcliError(message, BY_HAND, code=ExitCode.UNREADABLE)
