"""The paths of texts in imported sources: a text may be missing, but not be outside the dossier."""

import os
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from claimcli.exchange.import_items import ImportItem
from claimcli.exchange.records import Loss, LossKind
from claimcli.quotes.texts.source_texts import UnreadableTextError, find_text, is_within


class TextPaths:
    """Checks the paths of texts; relative ones are relative to ``folder``, that of new records.

    ``within`` are the folders that texts may be in. ``losses`` are the paths that were dropped,
    ``missing`` are notes on texts that cannot be read, ``found`` the ids of sources with others.
    """

    def __init__(self, folder: Path, within: Collection[str]) -> None:
        self.folder = folder
        self.within = within
        self.losses: list[Loss] = []
        self.missing: list[str] = []
        self.found: set[str] = set()

    def check(self, item: ImportItem, folder: Path | None = None) -> None:
        """Check the texts of a source, or of those in a claim; remove paths outside the dossier.

        ``folder`` is that of the record's file, if it is on file.
        """
        for fields in _sources(item):
            if isinstance(text := fields.get("text"), str):
                self._check(text, item, fields, folder or self.folder)

    def _check(self, text: str, item: ImportItem, fields: dict[str, Any], folder: Path) -> None:
        where = item.cell("text", "source.text")
        try:
            find_text(text, relative_to=os.fspath(folder / "any.yaml"), within=self.within)
            self.found.add(item.id)
        except UnreadableTextError as error:
            if self._may_be_added(folder, text):
                hint = "copy it there, or 'check' reports it"
                self.missing.append(f"warning: {where}: no text '{folder / text}'; {hint}")
                return
            for name in ("text", "sha256"):
                if fields.pop(name, None):
                    detail = f"'{text}' {error.reason}"
                    self.losses.append(Loss(item.name, name, LossKind.DROPPED, where, detail))

    def _may_be_added(self, folder: Path, text: str) -> bool:
        try:
            path = folder / text
            return (
                is_within(path, self.within) and not Path(text).is_absolute() and not path.exists()
            )
        except (OSError, ValueError):
            return False


def _sources(item: ImportItem) -> Iterator[dict[str, Any]]:
    """Yield the fields of a source, or of those that a claim describes."""
    if item.kind == "source":
        yield item.fields
    elif item.kind == "claim":
        yield from item.fields.get("source", [])
