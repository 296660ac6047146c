"""The folders of whoever runs the program."""

from pathlib import Path


def cache_folder() -> Path:
    """Return where indexes are kept."""
    import platformdirs

    return platformdirs.user_cache_path("claimcli", appauthor=False)
