"""Pure functions from a dossier to a result; a result knows how to become a table."""
