"""Imported sources put into the claims that describe them, if their ids are derived from these."""

from collections.abc import Sequence

from claimcli.dossier.reader import derived_id
from claimcli.exchange.import_items import ImportItem, reference
from claimcli.exchange.matches import Ids, new_id


def place_sources(records: Sequence[ImportItem], ids: Ids) -> list[ImportItem]:
    """Return the sources to write as records; the others are put into the claims that cite them.

    These are new, and have the id that the reader derives for them there.
    """
    claims = {reference(r): r for r in records if r.kind == "claim" and not r.matches}
    separate = []
    for source in (record for record in records if record.kind == "source"):
        claim = claims.get(source.id.rpartition("/")[0]) if "/" in source.id else None
        if source.matches or claim is None or not _put_into(claim, source):
            separate.append(source)
    for claim in claims.values():
        separate += _take_out_misfits(claim)
    for source in separate:
        if "/" in source.id and not source.matches:
            source.id = ids.unused("source", source.id.replace("/", "-"))
        source.id = source.id or new_id(source, ids)
    return separate


def _put_into(claim: ImportItem, source: ImportItem) -> bool:
    for cited in claim.fields.get("source", []):
        if cited.get("id") == source.id and "title" not in cited:
            cited["described"] = source
            return True
    return False


def _take_out_misfits(claim: ImportItem) -> list[ImportItem]:
    """Write the sources that are described in a claim, and return those that cannot be."""
    citations = claim.fields.get("source", [])
    taken: dict[str, int] = {}
    misfits = []
    for number, cited in enumerate(citations):
        source = cited.pop("described", None)
        if source is None:
            if "title" in cited and "id" not in cited:
                derived_id(f"{claim.id}/source", taken)
            continue
        before = dict(taken)
        name = derived_id(f"{claim.id}/source", taken)
        if name.rpartition("/")[2] != source.id.rpartition("/")[2]:
            taken = before
            misfits.append(source)
            continue
        source.id = name
        quoting = {key: value for key, value in cited.items() if key != "id"}
        described = {key: value for key, value in source.fields.items() if key != "id"}
        citations[number] = {**described, **quoting}
    return misfits
