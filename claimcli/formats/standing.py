"""How claims stand, as data and as markdown, always with what that means."""

from collections.abc import Callable, Mapping
from typing import Any

from claimcli.analysis.argumentation.extensions import MOST_EXTENSIONS, Semantics
from claimcli.analysis.argumentation.solver_formats import WRITERS as FRAMEWORKS
from claimcli.analysis.standing import Standings
from claimcli.core.table import markdown as markdown_table
from claimcli.core.table import to_json, tsv
from claimcli.core.text.escaping import for_markdown
from claimcli.core.text.word_diff import counted


def meaning(found: Standings) -> str:
    """Return in words what the labels follow from, and how many extensions there are."""
    how = f"{found.semantics} semantics"
    if found.semantics is not Semantics.GROUNDED:
        number = f"{found.count:,}" if found.count < 10**12 else "very many"
        noun = "extension" if found.count == 1 else "extensions"
        how += f", {found.reasoning}, {number} {noun}"
    if found.without:
        struck = counted(len(found.struck), "claim")
        how += f", without {', '.join(found.without)}: {struck} struck"
    if found.withdrawn:
        how += f", {counted(len(found.withdrawn), 'withdrawn claim')} left out"
    return f"what follows if these answers are taken at face value ({how})"


def data(found: Standings) -> dict[str, Any]:
    """Return it by documented keys; extensions and their members are sorted.

    ``extensions`` is null where there are more than are listed.
    """
    listed = found.count <= MOST_EXTENSIONS
    return {
        "semantics": found.semantics.value,
        "extensions": [list(one) for one in found.extensions] if listed else None,
        "labels": {name: found.labels[name].value for name in sorted(found.shown)},
        "reasoning": found.reasoning.value,
        "count": found.count,
        "without": list(found.without),
        "struck": list(found.struck),
        "withdrawn": list(found.withdrawn),
        "changes": {
            name: {"before": old.value if old else None, "after": found.labels[name].value}
            for name, old in sorted(found.before.items())
        },
        "links": [
            {"source": link.source, "target": link.target, "kind": link.kind}
            for link in found.links
        ],
        "meaning": meaning(found),
    }


def markdown(found: Standings) -> str:
    """Return the meaning and a table."""
    return f"{for_markdown(meaning(found)).capitalize()}:\n\n{markdown_table(found.table())}"


WRITERS: Mapping[str, Callable[[Standings], str]] = {
    "table": lambda found: tsv(found.table()),
    "tsv": lambda found: tsv(found.table()),
    "json": lambda found: to_json(data(found)),
    "md": markdown,
    **{
        name: lambda found, write=write: write(found.framework)  # type: ignore[misc]  # bound early
        for name, write in FRAMEWORKS.items()
    },
}
