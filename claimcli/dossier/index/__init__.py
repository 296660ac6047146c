"""Records in SQLite and back: the one place that selects."""
