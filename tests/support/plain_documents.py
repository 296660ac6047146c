"""The words of documents and of markdown, for comparing both."""

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from claimcli.formats.documents.blocks import (
    BriefingDocument,
    DocumentTable,
    Heading,
    ListItem,
    Paragraph,
    Runs,
    Sources,
)


def words_of_markdown(text: str) -> list[str]:
    """Return the words of a markdown briefing, without pictures and footnote marks."""
    text = re.sub(r"(?s)```mermaid\n.*?```\n", "", text)
    text = re.sub(r"\[\^\d+\](: )?", lambda match: "\n\n" if match[1] else "", text)
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    shown = (
        ("\n" if token.type == "inline" else "") + "".join(map(_shown, token.children or ()))
        for token in tokens
    )
    return " ".join(shown).split()


def _shown(token: Token) -> str:
    if token.type in ("text", "code_inline"):
        return token.content.replace("\u2060", "")  # the markdown writer's word joiners
    return " " if token.type in ("softbreak", "hardbreak", "html_inline") else ""


def words_of_document(document: BriefingDocument) -> list[str]:
    """Return the words of a document, without pictures and footnote marks."""
    parts = [document.title]
    for block in document.blocks:
        match block:
            case Heading():
                parts.append(block.text)
            case Paragraph() | ListItem():
                parts.append(text_of(block.runs))
            case DocumentTable():
                parts += block.header
                parts += (text_of(runs) for row in block.rows for cell in row for runs in cell)
            case Sources():
                parts += (text_of(note.entry) for note in block.notes)
    return " ".join(parts).split()


def text_of(runs: Runs) -> str:
    """Return the text of runs without marks of footnotes."""
    return "".join(run.text for run in runs)
