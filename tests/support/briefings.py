"""Briefings by the bundled templates, as text."""

from claimcli.analysis.briefing import Briefing
from claimcli.formats import briefing as documents
from claimcli.formats.briefing import SHIPPED

__all__ = ["SHIPPED", "html", "markdown"]


def markdown(briefing: Briefing, name: str = "briefing") -> str:
    """Return a briefing as markdown."""
    return documents.markdown(briefing, name).decode()


def html(briefing: Briefing, name: str = "briefing") -> str:
    """Return a briefing as HTML."""
    return documents.html(briefing, name).decode()
