"""The description on a package index: README.md, with links that work outside a checkout."""

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_LINK = re.compile(r"\[([^\]]+)\]\((?![a-z]+:|#)([^)\s]+)\)")
"""A link to a file of the project: text and path."""


class Description(MetadataHookInterface):
    """Sets ``readme``; its setting ``files-url`` is in pyproject.toml."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set the description in the metadata."""
        readme = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        text = absolute_links(readme, self.config["files-url"])
        metadata["readme"] = {"content-type": "text/markdown", "text": text}


def absolute_links(text: str, base: str) -> str:
    """Return markdown in which links to files lead to a base address, or without one are text."""
    return _LINK.sub(rf"[\1]({base.rstrip('/')}/\2)" if base else r"\1", text)
