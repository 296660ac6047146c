"""A plain-text ledger of who said what."""

__version__ = "0.1.0"
