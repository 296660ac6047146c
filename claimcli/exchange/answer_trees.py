"""Imported answers put below the claims that they answer, and sources into the citations.

Answers and sources with a derived id, which contains "/", were in a claim when they were exported.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from claimcli.core.response_kinds import Kind
from claimcli.edit.new_records import ordered
from claimcli.exchange.answer_threads import Threads, kind_of_answer, separate_answers
from claimcli.exchange.import_items import ImportItem, reference
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
        self.above = {id(claim): _claim_above(claim, by_id) for claim in claims}
        for claim in claims:
            if above := self.above[id(claim)]:
                self.children.setdefault(id(above), []).append(claim)
        self.roots = [claim for claim in claims if self.above[id(claim)] is None]
        self.separate = separate_answers(self.roots)
        for claim in self.roots:  # answers that cannot be nested are appended meanwhile
            self._name_thread(claim)

    def _name_thread(self, root: ImportItem) -> None:
        """Give a claim and the answers below it their ids."""
        if "/" in root.id:
            root.id = self.ids.unused("claim", root.id.replace("/", "-"))
        root.id = root.id or new_id(root, self.ids)
        todo = [root]
        while todo:
            above = todo.pop()
            answers = self.children.get(id(above), [])
            below = self._numbered(above, answers)
            kept = set(map(id, below))
            for answer in (one for one in answers if id(one) not in kept):
                self.above[id(answer)] = None
                self.roots.append(answer)
            self.children[id(above)] = below
            todo += [one for one in below if self.above[id(one)] is above]
            self.above |= {id(one): above for one in below}

    def _numbered(self, above: ImportItem, answers: Sequence[ImportItem]) -> list[ImportItem]:
        """Return the answers that can be below a claim in an order in which they keep their ids.

        An answer without an id gets the one that the reader will derive; one with an id that is not
        derived counts in the numbers of the others.
        """
        threads = Threads(above, self.separate, self.above)
        for opposing in (True, False):
            thread = [answer for answer in answers if kind_of_answer(answer).opposes is opposing]
            threads.place([one for one in thread if "/" in one.id], opposing=opposing)
            for answer in (one for one in thread if "/" not in one.id):
                name = threads.add(answer, opposing=opposing)
                answer.id = answer.id or name
        return [*threads.answers[True], *threads.answers[False]]

    def written(self, record: ImportItem) -> dict[str, Value]:
        """Return the fields of a record as they are written, with the answers below it."""
        if record.kind != "claim":
            return ordered(record.kind, {**record.fields, "id": record.id})
        return self._claim(record, {"id": record.id}, record.fields.get("issue"))

    def _claim(self, claim: ImportItem, own: Mapping[str, Value], issue: Any) -> dict[str, Value]:
        fields = {**compact(claim.fields), **own}
        threads: dict[str, list[Value]] = {}
        for child in self.children.get(id(claim), ()):
            kind = kind_of_answer(child)
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
    if above.below and not claim.below:  # so that no claim is below itself
        return None
    return above if answers[0].get("claim") in (reference(above), above.id) else None


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
