"""Cycles among references, and sets of things that links connect."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

Name = TypeVar("Name", bound=Hashable)

MAX_SHOWN = 5
"""Number of ids of a cycle that a message names."""


def cycle_text(cycle: Sequence[str]) -> str:
    """Return the first ids of a cycle, for a message."""
    names = ", ".join(f"'{name}'" for name in cycle[:MAX_SHOWN])
    return names + (f" and {len(cycle) - MAX_SHOWN} more" if len(cycle) > MAX_SHOWN else "")


def cycles(edges: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:  # noqa: C901 - one algorithm
    """Yield the ids of each cycle, sorted.

    These are the strongly connected components of more than one id, and ids with an edge to
    themselves. Iterative form of Tarjan, "Depth-first search and linear graph algorithms",
    SIAM Journal on Computing 1 (1972).
    """
    index: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    for start in sorted(edges):
        if start in index:
            continue
        todo: list[tuple[str, Iterator[str]]] = [(start, iter(edges[start]))]
        index[start] = lowest[start] = len(index)
        stack.append(start)
        on_stack.add(start)
        while todo:
            at, targets = todo[-1]
            target = next(targets, None)
            if target is None:
                todo.pop()
                if todo:
                    above = todo[-1][0]
                    lowest[above] = min(lowest[above], lowest[at])
                if lowest[at] == index[at]:
                    component = _pop_component(at, stack, on_stack)
                    if len(component) > 1 or at in edges[at]:
                        yield tuple(sorted(component))
            elif target not in edges:
                continue  # it leads nowhere
            elif target not in index:
                index[target] = lowest[target] = len(index)
                stack.append(target)
                on_stack.add(target)
                todo.append((target, iter(edges[target])))
            elif target in on_stack:
                lowest[at] = min(lowest[at], index[target])


def _pop_component(root: str, stack: list[str], on_stack: set[str]) -> list[str]:
    component: list[str] = []
    while True:
        member = stack.pop()
        on_stack.discard(member)
        component.append(member)
        if member == root:
            return component


def set_finder(names: Iterable[Name], links: Iterable[tuple[Name, Name]]) -> Callable[[Name], Name]:
    """Return a function that returns for each name the representative of its connected set.

    Sets are joined as in Tarjan and van Leeuwen, "Worst-case analysis of set union algorithms",
    Journal of the ACM 31 (1984), with path halving.
    """
    parents = {name: name for name in names}

    def find(name: Name) -> Name:
        while parents[name] != name:
            parents[name] = parents[parents[name]]
            name = parents[name]
        return name

    for one, other in links:
        parents[find(one)] = find(other)
    return find
