"""Imported answers put below the claims that they answer, and sources into the citations.

Answers and sources with a derived id, which contains "/", were in a claim when they were exported.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from claimcli.core.response_kinds import Kind
from claimcli.dossier.reader import derived_id
from claimcli.edit.new_records import ordered
from claimcli.exchange.import_items import ImportItem, listed, reference
from claimcli.exchange.matches import Ids, new_id
from claimcli.syntax.edit.values import Value


class AnswerTrees:
    """The answers that are written below each new claim of an import."""

    def __init__(self, records: Sequence[ImportItem], ids: Ids) -> None:
        """Give each new claim its id, and put answers into the new claims that they answer.

        An answer whose derived id would become another one gets a plain id, as does one to a claim
        that is on file already.
        """
        self.ids = ids
        self.children: dict[int, list[ImportItem]] = {}
        claims = [record for record in records if record.kind == "claim" and not record.matches]
        by_id = {claim.id: claim for claim in claims if claim.id}
        above_of = {id(claim): _claim_above(claim, by_id) for claim in claims}
        for claim in claims:
            if above := above_of[id(claim)]:
                self.children.setdefault(id(above), []).append(claim)
        self._restore_numbers(claims, above_of)
        self.roots = [claim for claim in claims if above_of[id(claim)] is None]
        for claim in self.roots:  # answers that cannot be nested are appended meanwhile
            self._name_thread(claim)

    def _restore_numbers(
        self, claims: Sequence[ImportItem], above_of: dict[int, ImportItem | None]
    ) -> None:
        """Put the answers below each claim in order, and nest those that keep derived ids the same.

        An answer with an id of its own in a claim counts in the number of a derived id below it. So
        if a number is missing, an answer that has its own id is nested there.
        """
        own: dict[tuple[str, str, bool], list[ImportItem]] = {}
        for claim in reversed(claims):
            answers = claim.fields.get("responds_to")
            if answers and claim.id and "/" not in claim.id and above_of[id(claim)] is None:
                key = (answers[0].get("claim", ""), _first_party(claim), _kind(claim).opposes)
                own.setdefault(key, []).append(claim)
        for claim in claims:
            if id(claim) in self.children:
                self._restore_below(claim, own, above_of)

    def _restore_below(
        self,
        claim: ImportItem,
        own: Mapping[tuple[str, str, bool], list[ImportItem]],
        above_of: dict[int, ImportItem | None],
    ) -> None:
        placed: list[ImportItem] = []
        taken: dict[str, int] = {}
        responding = set[str]()
        for child in sorted(self.children[id(claim)], key=_order):
            party, opposes = _first_party(child), _kind(child).opposes
            stem = f"{claim.id}/{party}"
            kinds = (opposes,) if opposes or party in responding else (False, True)
            while derived_id(stem, taken) != child.id and "/" in child.id:
                lists = [found for kind in kinds if (found := own.get((claim.id, party, kind)))]
                found = next((f for f in lists if _can_be_nested(f[-1], claim, above_of)), None)
                if found is None:
                    break
                other = found.pop()
                above_of[id(other)] = claim
                placed.append(other)
            placed.append(child)
            responding |= set() if opposes else {party}
        self.children[id(claim)] = sorted(placed, key=lambda one: not _kind(one).opposes)

    def _name_thread(self, root: ImportItem) -> None:
        """Give a claim and the answers below it their ids."""
        if "/" in root.id:
            root.id = self.ids.unused("claim", root.id.replace("/", "-"))
        root.id = root.id or new_id(root, self.ids)
        todo = [root]
        while todo:
            above = todo.pop()
            below = self.children.get(id(above), [])
            names = _names_below(above, below)
            while misfits := [c for c in below if "/" in c.id and c.id != names[id(c)]]:
                self.roots += misfits
                gone = set(map(id, misfits))
                below = [child for child in below if id(child) not in gone]
                names = _names_below(above, below)
            for child in below:
                child.id = names[id(child)]
            self.children[id(above)] = below
            todo += below

    def written(self, record: ImportItem) -> dict[str, Value]:
        """Return the fields of a record as they are written, with the answers below it."""
        if record.kind != "claim":
            return ordered(record.kind, {**record.fields, "id": record.id})
        return self._claim(record, {"id": record.id}, record.fields.get("issue"))

    def _claim(self, claim: ImportItem, own: Mapping[str, Value], issue: Any) -> dict[str, Value]:
        fields = {**compact(claim.fields), **own}
        threads: dict[str, list[Value]] = {}
        for child in self.children.get(id(claim), ()):
            kind = _kind(child)
            answers = child.fields["responds_to"][1:]
            inherits = child.fields.get("issue") in (None, issue)
            own = {
                "id": "" if "/" in child.id else child.id,
                "kind": "" if kind is Kind.DENIES else kind.value,
                "issue": "" if inherits else child.fields["issue"],
                "responds_to": compact({"responds_to": answers})["responds_to"],
            }
            thread = threads.setdefault("rebuttals" if kind.opposes else "responses", [])
            thread.append(self._claim(child, own, child.fields.get("issue") or issue))
        return ordered("claim", {**fields, **threads})


def _claim_above(claim: ImportItem, by_id: Mapping[str, ImportItem]) -> ImportItem | None:
    """Return the new claim in which an answer is to be written, if any."""
    answers = claim.fields.get("responds_to", [])
    above = claim.below or by_id.get(claim.id.rpartition("/")[0])
    if above is None or above.matches or above is claim or not answers:
        return None
    return above if answers[0].get("claim") in (reference(above), above.id) else None


def _can_be_nested(
    answer: ImportItem, above: ImportItem, above_of: Mapping[int, ImportItem | None]
) -> bool:
    """Return whether an answer can be nested in the claim that it answers.

    It must not be above that claim, and keeps its issue.
    """
    parent: ImportItem | None = above
    while parent is not None:
        if parent is answer:
            return False
        parent = above_of[id(parent)]
    return bool(answer.fields.get("issue") or not above.fields.get("issue"))


def _kind(answer: ImportItem) -> Kind:
    try:
        return Kind(answer.fields["responds_to"][0].get("kind") or Kind.DENIES)
    except ValueError:  # reported later
        return Kind.DENIES


def _order(answer: ImportItem) -> tuple[bool, bool, int]:
    """Return the key that sorts answers so that they get the derived ids that they have."""
    number = answer.id.rpartition("-")[2]
    plain = answer.id.rpartition("/")[2] == _first_party(answer)
    return (
        not _kind(answer).opposes,
        "/" not in answer.id,
        1 if plain or not number.isdecimal() else int(number[:9]),
    )


def _first_party(claim: ImportItem) -> str:
    return str(listed(claim.fields.get("party", "party"))[0])


def _names_below(above: ImportItem, below: Sequence[ImportItem]) -> dict[int, str]:
    """Return the ids that the reader will derive for answers below a claim, by ``id(answer)``."""
    taken: dict[str, int] = {}
    names = {}
    for child in below:  # one with an id of its own counts, too
        derived = derived_id(f"{above.id}/{_first_party(child)}", taken)
        names[id(child)] = child.id if child.id and "/" not in child.id else derived
    return names


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


def compact(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a claim with parts as texts, and without lists of one, if possible."""
    result = dict(fields)
    for name, key in (("responds_to", "claim"), ("source", "id"), ("asked", "party")):
        parts = [_compact_part(key, part) for part in fields.get(name, [])]
        if parts or name in fields:
            result[name] = parts[0] if len(parts) == 1 else parts
    if isinstance(cited := result.get("source"), list):
        result["sources"] = cited
        del result["source"]
    return result


def _compact_part(key: str, part: Mapping[str, Any]) -> Any:
    kept = {name: value for name, value in part.items() if value}
    if key == "claim" and kept.get("kind") == Kind.DENIES:
        del kept["kind"]
    return kept[key] if list(kept) == [key] and key != "party" else kept
