"""Which blocks of a page are its main text, rather than menus, captions or lists of links."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from claimcli.quotes.texts.blocks import LEFT_OUT, Block

MAX_COST = 1_500_000
"""Greatest cost of a tree whose main text is determined; of a page with more, it is all."""
NODE_COST = 12
"""Cost of an element or a comment, in addition to the number of elements that it is in."""
RUN = 4
"""Words in a row that are looked up in the main text."""
MIN_SHARE = 0.6
"""Share of a block's runs of words that are in the main text if the block is part of it."""
_WORD = re.compile(r"[^\W_]+")
_HIDDEN_PARTS = ("aside", "button", "figure", "label", "noscript")
"""Elements that trafilatura leaves out even if they are within a paragraph."""


def main_blocks(blocks: Sequence[Block], tree: Any) -> list[Block]:
    """Return the blocks with ``main`` set, according to the extraction by trafilatura.

    All are main text if it finds none. The tree, without hidden text, is changed.
    """
    if _costs_too_much(tree):
        return list(blocks)
    text = _extracted(tree)
    lines = {" ".join(_words(line)) for line in text.splitlines()}
    runs = set(_runs(_words(text)))
    found = [_is_main(_words(block.text), lines, runs) for block in blocks]
    if not any(found):
        return list(blocks)
    return [Block(block.text, main, block.lines) for block, main in zip(blocks, found, strict=True)]


def _costs_too_much(tree: Any) -> bool:
    from lxml.etree import iterwalk

    cost = depth = 0
    for event, _ in iterwalk(tree, events=("start", "end", "comment", "pi")):
        depth += (event == "start") - (event == "end")
        cost += 0 if event == "end" else depth + NODE_COST
        if cost > MAX_COST:
            return True
    return False


def _extracted(tree: Any) -> str:
    import trafilatura

    for part in tree.xpath("//p//*"):  # keep inline elements that the library would drop
        part.attrib.clear()
        if part.tag in _HIDDEN_PARTS:
            part.tag = "span"
    return trafilatura.extract(tree, favor_recall=True, include_comments=False) or ""


def _words(text: str) -> list[str]:
    return _WORD.findall(text.replace(LEFT_OUT, "").lower())


def _runs(words: Sequence[str]) -> Iterator[int]:
    """Yield the hash of each run of words."""
    return (hash(tuple(words[at : at + RUN])) for at in range(len(words) - RUN + 1))


def _is_main(words: Sequence[str], lines: set[str], runs: set[int]) -> bool:
    if len(words) < RUN:
        return " ".join(words) in lines
    found = [run in runs for run in _runs(words)]
    return sum(found) >= MIN_SHARE * len(found)
