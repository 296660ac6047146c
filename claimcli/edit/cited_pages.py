"""Claims that cite a page by its web address: its source is found in the dossier, or added."""

import sqlite3
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from claimcli.core.text.escaping import web_link
from claimcli.dossier.files import DataFiles
from claimcli.dossier.index.lookup import source_at
from claimcli.edit.new_records import NewRecord, plan_record, with_id
from claimcli.edit.target import EditTarget
from claimcli.edit.transaction import Plan
from claimcli.syntax.edit.values import Value

Pages = Mapping[str, NewRecord]
"""The sources to add, by the address that a claim cites."""


def cited_addresses(claim: Mapping[str, Any]) -> list[str]:
    """Return the addresses of the pages that a claim cites by nothing else."""
    return list(filter(None, map(_address, _citations(claim))))


def cite_pages(
    target: EditTarget,
    db: sqlite3.Connection,
    files: DataFiles,
    claim: Mapping[str, Any],
    pages: Pages,
) -> tuple[dict[str, Any], Plan]:
    """Return a claim that cites pages by the ids of their sources, and the plan to add those.

    A page that has no source and is not in ``pages`` remains described in the claim.
    """
    ids: dict[str, str] = {}
    plan = Plan(())
    for url in cited_addresses(claim):
        if known := source_at(db, url) or ids.get(url):
            ids[url] = known
        elif url in pages:
            fields = with_id(db, "source", pages[url].fields)
            while fields["id"] in ids.values():  # two pages of one title
                fields["id"] = f"{fields['id']}-2"
            ids[url] = str(fields["id"])
            new = replace(pages[url], fields=fields)
            plan = joined(plan, plan_record(replace(target, file=None), db, files, new))
            plan = replace(plan, notes=(*plan.notes, f"added source '{ids[url]}', {url}"))
    citations = [_by_id(one, ids) for one in _citations(claim)]
    if "source" in claim and citations:
        return {**claim, "source": citations[0]}, plan
    return ({**claim, "sources": citations} if citations else dict(claim)), plan


def joined(first: Plan, second: Plan) -> Plan:
    """Return a plan with the changes of two."""
    return Plan(
        (*first.edits, *second.edits),
        (*first.notes, *second.notes),
        (*first.attachments, *second.attachments),
        first.title,
    )


def _citations(claim: Mapping[str, Any]) -> list[Value]:
    return [*([claim["source"]] if claim.get("source") else []), *claim.get("sources", [])]


def _address(citation: Any) -> str:
    """Return the address of a page that is cited by nothing else, or ""."""
    if not isinstance(citation, Mapping) or citation.get("title") != citation.get("url"):
        return ""
    return web_link(citation.get("url")) and str(citation["url"])


def _by_id(citation: Any, ids: Mapping[str, str]) -> Value:
    name = ids.get(_address(citation))
    if name is None:
        return citation  # type: ignore[no-any-return]  # a value of a field
    others = {key: value for key, value in citation.items() if key not in ("title", "url")}
    return {"id": name, **others} if others else name
