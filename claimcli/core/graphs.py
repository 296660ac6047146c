"""Circles among references."""

from collections.abc import Iterator, Mapping, Sequence

SHOWN = 5
"""Ids of a circle that a message names."""


def named(circle: Sequence[str]) -> str:
    """Return the first ids of a circle in words."""
    names = ", ".join(f"'{name}'" for name in circle[:SHOWN])
    return names + (f" and {len(circle) - SHOWN} more" if len(circle) > SHOWN else "")


def cycles(edges: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:  # noqa: C901 - one algorithm
    """Yield each set of ids that lead back to one another, sorted, one tuple a circle.

    These are the strongly connected components of more than one id, and ids that lead to
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
                    found = _component(at, stack, on_stack)
                    if len(found) > 1 or at in edges.get(at, ()):
                        yield tuple(sorted(found))
            elif target not in index:
                index[target] = lowest[target] = len(index)
                stack.append(target)
                on_stack.add(target)
                todo.append((target, iter(edges.get(target, ()))))
            elif target in on_stack:
                lowest[at] = min(lowest[at], index[target])


def _component(root: str, stack: list[str], on_stack: set[str]) -> list[str]:
    found: list[str] = []
    while True:
        member = stack.pop()
        on_stack.discard(member)
        found.append(member)
        if member == root:
            return found
