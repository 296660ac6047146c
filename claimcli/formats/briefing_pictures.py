"""The pictures of a briefing: what answers what on an issue, for markdown and for HTML."""

from collections.abc import Callable

from markupsafe import Markup

from claimcli.analysis.briefing import Section
from claimcli.core.problems import ClaimcliError
from claimcli.formats.graph_svg import svg
from claimcli.formats.mermaid import mermaid, too_large

Draw = Callable[[Section, int], str | None]
"""Draws the picture of a section, which is told its number: "" where it has none, None where it is
too large."""


def flowchart(section: Section, _: int) -> str | None:
    """Return a section's picture as Mermaid, in which nothing can end a fence of markdown."""
    if section.picture is None:
        return ""
    text = mermaid(section.picture)
    return None if too_large(text, section.picture) else text.rstrip()


def inline(section: Section, number: int) -> str | None:
    """Return a section's picture as SVG, whose ids and rules are its own on the page.

    It comes as what a template that escapes leaves as it is.
    """
    if section.picture is None:
        return ""
    title = f"Answers on the issue: {section.question or section.issue or 'none'}"
    try:
        drawn = svg(section.picture, name=f"picture-{number}", title=title, inline=True)
    except ClaimcliError:  # the page says that it is too large, and the way out
        return None
    return Markup(drawn.rstrip())  # noqa: S704 - all data in it is escaped
