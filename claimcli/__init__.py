"""A plain-text ledger of who said what.

>>> import claimcli
>>> dossier = claimcli.open_dossier(sample="call")
>>> accounts = claimcli.diff(dossier, "kremlin", "white-house")

The names below are the ones to rely on, and the README's section "From Python" shows them at work;
what else the package holds may change. Importing the package costs nothing: each name is looked up
where it lives when it is first used. Nothing prints; what cannot be done raises ClaimcliError, and
what is wrong in the data is a list of Problem.
"""

from importlib import import_module

__version__ = "0.1.0"

_HOMES = {
    "claimcli.api": (
        "audit", "as_record", "briefing", "changes", "check", "diff", "drift", "export", "graph",
        "matrix", "open_dossier", "standing", "timeline", "verify",
    ),
    "claimcli.core.query_parser": ("parse_query",),
    "claimcli.core.dates": ("Date", "parse_date"),
    "claimcli.core.records": (
        "Answer", "Citation", "Claim", "Dossier", "Event", "Issue", "Kind", "Party", "Reported",
        "Source", "Status",
    ),
    "claimcli.core.problems": ("ClaimcliError", "Problem", "Severity", "Span"),
    "claimcli.core.relations": ("Relation",),
    "claimcli.quotes.verdict": ("Verdict",),
    "claimcli.analysis.diff": ("Diff",),
    "claimcli.analysis.audit": ("Audit", "Lack"),
    "claimcli.analysis.briefing": ("Briefing",),
    "claimcli.analysis.changes": ("Changes",),
    "claimcli.analysis.drift": ("DriftKind", "Drift"),
    "claimcli.analysis.findings": ("Finding", "Verification"),
    "claimcli.analysis.graph": ("Graph",),
    "claimcli.analysis.matrix": ("Matrix",),
    "claimcli.analysis.standing": ("Standing", "Standings"),
    "claimcli.analysis.timeline": ("Timeline",),
}  # fmt: skip
"""Where each public name lives; ``__init__.pyi`` says the same to those who check types."""

_FOUND = {name: home for home, names in _HOMES.items() for name in names}
__all__ = ["__version__", *sorted(_FOUND)]


def __getattr__(name: str) -> object:
    """Return a public name from where it lives (PEP 562)."""
    if name not in _FOUND:
        raise AttributeError(f"module 'claimcli' has no attribute '{name}'")
    value = globals()[name] = getattr(import_module(_FOUND[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
