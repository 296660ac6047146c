"""The formats of similar claims."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from claimcli.analysis.similar import COLUMNS, Matches, SimilarClaim, cells_of
from claimcli.core.table import json_lines, json_list, markdown_row, text_of, tsv_lines
from claimcli.core.text.escaping import for_markdown


def markdown(matches: Matches) -> Iterator[str]:
    """Yield the lines of a table in which the words that claims share with the text are bold.

    Of the texts of a file, each one that has similar claims is above its table.
    """
    if not matches.are_placed:
        yield from _table(claim for matched in matches.matches for claim in matched.claims)
        return
    gap = ""
    for matched in matches.matches:
        if matched.claims:
            place = f" ({for_markdown(matched.text.place)})" if matched.text.place else ""
            yield f"{gap}> {for_markdown(matched.text.text)}{place}\n\n"
            yield from _table(matched.claims)
            gap = "\n"


def _table(claims: Iterable[SimilarClaim]) -> Iterator[str]:
    yield markdown_row(COLUMNS)
    yield markdown_row(["---"] * len(COLUMNS))
    for claim in claims:
        score, *others = map(text_of, cells_of(claim))
        cells = [score, *map(for_markdown, others)]
        cells[COLUMNS.index("statement")] = _marked(claim)
        yield markdown_row(cells)


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


WRITERS: Mapping[str, Callable[[Matches], Iterable[str]]] = {
    "table": lambda matches: tsv_lines(matches.table()),
    "tsv": lambda matches: tsv_lines(matches.table()),
    "json": lambda matches: json_list(matches.records),
    "jsonl": lambda matches: json_lines(matches.records),
    "md": markdown,
}
