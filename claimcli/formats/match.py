"""The formats of similar claims."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from claimcli.analysis.similar import Matches, SimilarClaim
from claimcli.core.table import json_lines, json_list, text_of, tsv_lines
from claimcli.core.text.escaping import for_markdown


def markdown(matches: Matches) -> Iterator[str]:
    """Yield the lines of a table in which the words that claims share with the text are bold."""
    table = matches.table()
    score, statement = table.columns.index("score"), table.columns.index("statement")
    claims = (claim for matched in matches.matches for claim in matched.claims)
    yield _line(table.columns)
    yield _line("---" for _ in table.columns)
    for row, claim in zip(table.rows, claims, strict=True):
        cells = [for_markdown(text_of(cell)) for cell in row]
        cells[score], cells[statement] = text_of(row[score]), _marked(claim)
        yield _line(cells)


def _marked(claim: SimilarClaim) -> str:
    return "".join(
        f"**{for_markdown(text)}**" if is_shared else _with_spaces(text)
        for text, is_shared in claim.parts()
    ).strip()


def _with_spaces(text: str) -> str:
    """Return a part of a line escaped, with a space where it begins or ends with one."""
    before, after = " " * text[:1].isspace(), " " * text[-1:].isspace()
    inner = for_markdown(text)
    return f"{before}{inner}{after}" if inner else " "


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


WRITERS: Mapping[str, Callable[[Matches], Iterable[str]]] = {
    "table": lambda matches: tsv_lines(matches.table()),
    "tsv": lambda matches: tsv_lines(matches.table()),
    "json": lambda matches: json_list(matches.records),
    "jsonl": lambda matches: json_lines(matches.records),
    "md": markdown,
}
