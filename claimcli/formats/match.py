"""The formats of similar claims."""

from collections.abc import Callable, Iterable, Mapping

from claimcli.analysis.similar import Matches
from claimcli.core.table import json_lines, json_list, markdown_lines, tsv_lines

WRITERS: Mapping[str, Callable[[Matches], Iterable[str]]] = {
    "table": lambda matches: tsv_lines(matches.table()),
    "tsv": lambda matches: tsv_lines(matches.table()),
    "json": lambda matches: json_list(matches.records),
    "jsonl": lambda matches: json_lines(matches.records),
    "md": lambda matches: markdown_lines(matches.table()),
}
