"""The description on a package index: README.md, with links that work outside a checkout."""

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_LINK = re.compile(r"(!?)\[([^\]]+)\]\((?![a-z]+:|#)([^)\s]+)\)")
"""A link to a file of the project: mark of an image, text, path."""


class Description(MetadataHookInterface):
    """Sets ``readme``; its setting ``files-url`` is in pyproject.toml."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set the description in the metadata."""
        readme = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        text = absolute_links(readme, self.config["files-url"])
        metadata["readme"] = {"content-type": "text/markdown", "text": text}


def absolute_links(text: str, base: str) -> str:
    """Return markdown in which links and images lead to files below a base address.

    Without an address, links are plain text and images are left out.
    """

    def changed(link: re.Match[str]) -> str:
        image, label, path = link.groups()
        if not base:
            return "" if image else label
        # Code hosts show a page about the file unless the address has this parameter.
        parameter = "?raw=true" if image else ""
        return f"{image}[{label}]({base.rstrip('/')}/{path}{parameter})"

    return _LINK.sub(changed, text)
