"""References among imported records replaced by the ids that the records get."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from claimcli.core.problems import ClaimcliError
from claimcli.core.text.escaping import web_link
from claimcli.dossier.value_parsers import DERIVED_ID
from claimcli.exchange.import_items import ImportItem


class References:
    """The ids that records get, by what refers to them: the id that was given, or a location."""

    def __init__(self, db: sqlite3.Connection, records: Sequence[ImportItem]) -> None:
        query = (
            "SELECT title, min(id) FROM sources WHERE id NOT LIKE '%/%'"
            " GROUP BY title HAVING count(*) = 1"
        )
        self.titles: dict[str, str] = dict(db.execute(query).fetchall())
        self.ids: dict[tuple[str, str], str] = {}
        self.doubles: set[str] = set()
        for record in records:
            for word in (record.fields.get("id"), "" if record.below else record.origin.where):
                if word and word != record.id:
                    self.ids.setdefault((record.kind, str(word)), record.id)
            if record.kind == "source" and record.fields.get("title"):
                title = str(record.fields["title"]).strip()
                if self.ids.setdefault(("title", title), record.id) != record.id:
                    self.doubles.add(title)

    def replace(self, record: ImportItem) -> None:
        """Replace the references in a claim or a source.

        Raises ClaimcliError if a claim cites a title that several sources of the import have.
        """
        fields = record.fields
        if record.kind == "claim":
            for answer in fields.get("responds_to", []):
                answer["claim"] = self._new("claim", answer.get("claim", ""))
            for name in ("restates", "supersedes"):
                if name in fields:
                    fields[name] = self._new("claim", fields[name])
            cited = [self._citation(one, record) for one in fields.get("source", [])]
            fields |= {"source": cited} if cited else {}
            self._origins(*cited)
        elif record.kind == "source":
            self._origins(fields)

    def _origins(self, *described: dict[str, Any]) -> None:
        for fields in described:
            if isinstance(origins := fields.get("derived_from"), list | tuple):
                fields["derived_from"] = [self._new("source", name) for name in origins]

    def _new(self, kind: str, word: Any) -> Any:
        return self.ids.get((kind, word), word) if isinstance(word, str) else word

    def _citation(self, cited: Any, record: ImportItem) -> Any:
        """Return a citation with the new id of its source; a title or an address describes it."""
        word = cited.get("id")
        if not isinstance(word, str) or not word:
            return cited
        if name := self.ids.get(("source", word)):
            return {**cited, "id": name}
        if DERIVED_ID.fullmatch(word):
            return cited
        if word in self.doubles:
            message = f"{record.cell('source', 'sources')}: several sources have the title '{word}'"
            raise ClaimcliError(message, "write the id of one of them")
        if name := self.ids.get(("title", word)) or self.titles.get(word):
            return {**cited, "id": name}
        described = {"title": word, **({"url": word} if web_link(word) else {})}
        return {**described, **{name: value for name, value in cited.items() if name != "id"}}
