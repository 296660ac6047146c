"""The jobs of ``claimcli corpus``: each is a module with the name of its job.

A job is described by :class:`claimcli.batches.engine.Job`. The folder is the registry.
"""

from pathlib import Path


def job_names() -> list[str]:
    """Return the names of all jobs."""
    return sorted(file.stem for file in Path(__path__[0]).glob("[a-z]*.py"))
