"""Ids by their beginning or another part, for commands that read."""

from collections.abc import Iterable

from claimcli.core.problems import ClaimcliError, Excerpt
from claimcli.core.text.suggestions import list_some


def ids_among(ids: Iterable[str], part: str) -> list[str]:
    """Return the ids that begin with a text, or, if none does, those that contain it, in order.

    Ids derived from another one of them, as in ``claim/party``, are left out.
    """
    text = part.lower()
    containing = sorted(name for name in ids if text and text in name)
    names = [name for name in containing if name.startswith(text)] or containing
    listed = set(names)
    return [name for name in names if listed.isdisjoint(_above(name))]


def _above(name: str) -> list[str]:
    """Return the ids that an id is derived from."""
    parts = name.split("/")
    return ["/".join(parts[:number]) for number in range(1, len(parts))]


def only_id(names: list[str], part: str, at: Excerpt | None = None) -> str:
    """Return the only one of some ids that have a part, "" if there is no id.

    Raises ClaimcliError, with the ids, if there are several.
    """
    if len(names) < 2:
        return names[0] if names else ""
    begin = part.lower()
    how = "begin with" if all(n.rpartition(":")[2].startswith(begin) for n in names) else "contain"
    raise ClaimcliError(
        f"{len(names):,} ids {how} '{part}': {list_some(names)}", "write more of one", excerpt=at
    )


def whole_id_hint(names: list[str]) -> str:
    """Return the hint for a command that takes no part of an id, "" if no id has the part."""
    return f"write the whole id: {list_some(names)}" if names else ""
