"""Things in sets that ties hold together."""

from collections.abc import Callable, Iterable


def unions(names: Iterable[str], ties: Iterable[tuple[str, str]]) -> Callable[[str], str]:
    """Return a function that names for each thing the set it is tied to.

    Sets are joined as in Tarjan and van Leeuwen, "Worst-case analysis of set union algorithms",
    Journal of the ACM 31 (1984), halving paths.
    """
    above = {name: name for name in names}

    def top(name: str) -> str:
        while above[name] != name:
            above[name] = above[above[name]]
            name = above[name]
        return name

    for one, other in ties:
        above[top(one)] = top(other)
    return top
