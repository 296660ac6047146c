"""Texts in CSV files that spreadsheets would take for formulas: an apostrophe before them."""

from claimcli.core.text.escaping import FORMULA_SIGNS


def protect_formula(text: str) -> str:
    """Return the text of a cell with an apostrophe before it if it would be a formula.

    A text that is a formula with apostrophes before it gets one more, so that
    :func:`unprotect_formula` gives exactly the text.
    """
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_SIGNS) else text


def unprotect_formula(text: str) -> str:
    """Return the text of a cell without the apostrophe that :func:`protect_formula` added."""
    if text.startswith("'") and text.lstrip("'").startswith(FORMULA_SIGNS):
        return text[1:]
    return text
