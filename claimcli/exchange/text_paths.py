"""The paths of texts in imported sources, which are dropped if no such file is in the dossier."""

import os
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from claimcli.exchange.import_items import ImportItem
from claimcli.exchange.records import Loss, LossKind
from claimcli.quotes.texts.source_texts import UnreadableTextError, find_text

_FIELDS = ("text", "sha256")


class TextPaths:
    """Checks the paths of texts; ``losses`` are those that were dropped.

    ``folder`` is that of the files with new records, ``within`` those that texts may be in.
    """

    def __init__(self, folder: Path, within: Collection[str]) -> None:
        self.folder = folder
        self.within = within
        self.losses: list[Loss] = []

    def drop_missing(self, item: ImportItem, folder: Path | None = None) -> None:
        """Remove paths of texts that cannot be read from a source, or from those in a claim.

        ``folder`` is that of the record's file, if it is on file.
        """
        for fields in _sources(item):
            text = fields.get("text")
            if isinstance(text, str) and not self._is_found(text, folder or self.folder):
                for name in _FIELDS:
                    if fields.pop(name, None):
                        where = item.cell(name, f"source.{name}")
                        detail = f"no text '{text}' in the dossier"
                        loss = Loss(item.name, name, LossKind.DROPPED, where, detail)
                        self.losses.append(loss)

    def _is_found(self, text: str, folder: Path) -> bool:
        try:
            find_text(text, relative_to=os.fspath(folder / "any.yaml"), within=self.within)
        except UnreadableTextError:
            return False
        return True


def _sources(item: ImportItem) -> Iterator[dict[str, Any]]:
    """Yield the fields of a source, or of those that a claim describes."""
    if item.kind == "source":
        yield item.fields
    elif item.kind == "claim":
        yield from item.fields.get("source", [])
