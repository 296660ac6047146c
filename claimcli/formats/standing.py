"""The formats of the standing of claims, always with its meaning."""

from collections.abc import Callable, Mapping
from typing import Any

from claimcli.analysis.argumentation.extensions import MAX_EXTENSIONS, Semantics
from claimcli.analysis.argumentation.solver_formats import WRITERS as FRAMEWORKS
from claimcli.analysis.standing import Standings
from claimcli.core.table import markdown as markdown_table
from claimcli.core.table import to_json, tsv
from claimcli.core.text.escaping import for_markdown
from claimcli.core.text.word_diff import plural


def meaning(standings: Standings) -> str:
    """Return the semantics, the number of extensions and the removed claims, in words."""
    how = f"{standings.semantics} semantics"
    if standings.semantics is not Semantics.GROUNDED:
        number = f"{standings.count:,}" if standings.count < 10**12 else "very many"
        noun = "extension" if standings.count == 1 else "extensions"
        how += f", {standings.reasoning}, {number} {noun}"
    if standings.without:
        struck = plural(len(standings.struck), "claim")
        how += f", without {', '.join(standings.without)}: {struck} struck"
    if standings.withdrawn:
        how += f", {plural(len(standings.withdrawn), 'withdrawn claim')} left out"
    if standings.rivals:
        have = "claim has a rival position" if standings.rivals == 1 else "claims have one"
        how += f"; rival positions are not attacks: {standings.rivals} {have}"
    return f"what follows if these answers are taken at face value ({how})"


def data(standings: Standings) -> dict[str, Any]:
    """Return sorted JSON values; ``extensions`` is null if there are too many to list."""
    listed = standings.count <= MAX_EXTENSIONS
    return {
        "semantics": standings.semantics.value,
        "extensions": [list(one) for one in standings.extensions] if listed else None,
        "labels": {name: standings.labels[name].value for name in sorted(standings.shown)},
        "reasoning": standings.reasoning.value,
        "count": standings.count,
        "without": list(standings.without),
        "struck": list(standings.struck),
        "withdrawn": list(standings.withdrawn),
        "rivals": standings.rivals,
        "changes": {
            name: {"before": old.value if old else None, "after": standings.labels[name].value}
            for name, old in sorted(standings.before.items())
        },
        "links": [
            {"source": link.source, "target": link.target, "kind": link.kind}
            for link in standings.links
        ],
        "meaning": meaning(standings),
    }


def markdown(standings: Standings) -> str:
    """Return the meaning and a markdown table."""
    sentence = for_markdown(meaning(standings)).capitalize()
    return f"{sentence}:\n\n{markdown_table(standings.table())}"


WRITERS: Mapping[str, Callable[[Standings], str]] = {
    "table": lambda standings: tsv(standings.table()),
    "tsv": lambda standings: tsv(standings.table()),
    "json": lambda standings: to_json(data(standings)),
    "md": markdown,
    **{
        name: lambda standings, write=write: write(standings.framework)  # type: ignore[misc]  # bound early
        for name, write in FRAMEWORKS.items()
    },
}
