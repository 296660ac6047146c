"""Results drawn on a terminal with Rich. Functions return text; nothing prints."""
