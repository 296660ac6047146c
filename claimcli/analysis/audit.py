"""What an editor must know before publishing: what is missing, and how the parties compare."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path

from claimcli.analysis.findings import Verification
from claimcli.analysis.party_totals import PartyTotals, Share, party_totals
from claimcli.analysis.verify import verify
from claimcli.core.comment_requests import reply_state, request_words
from claimcli.core.party_trees import By, party_trees, trees_of
from claimcli.core.problems import ClaimcliError, Span
from claimcli.core.provenance import claim_origins
from claimcli.core.records import Claim, Dossier, Source
from claimcli.core.registry_order import in_order
from claimcli.core.relations import covered_claims, marks_in_parentheses
from claimcli.core.response_kinds import ReplyState
from claimcli.core.short_repr import ShortRepr
from claimcli.core.table import Table
from claimcli.core.text.suggestions import several_of


class Lack(StrEnum):
    """A kind of gap: what a claim or an issue may lack."""

    NO_RESPONSE = "no-response"
    UNSOURCED = "unsourced"
    SINGLE_ORIGIN = "single-origin"
    SECONDARY_ONLY = "secondary-only"
    UNVERIFIED_QUOTE = "unverified-quote"
    ONE_SIDED = "one-sided"
    NO_REPLY = "no-reply"

    @property
    def label(self) -> str:
        """The lack in words."""
        return _LABELS[self]


_LABELS = {
    Lack.NO_RESPONSE: "claims with no response on file",
    Lack.UNSOURCED: "claims with no source on file",
    Lack.SINGLE_ORIGIN: "claims that rest on a single origin",
    Lack.SECONDARY_ONLY: "claims that rest on secondary sources only",
    Lack.UNVERIFIED_QUOTE: "quotes that are not verified",
    Lack.ONE_SIDED: "issues on which only one side is heard",
    Lack.NO_REPLY: "claims with a request for comment that is not answered",
}


ANY = "any"
_OTHER_NAMES = {"unanswered": Lack.NO_RESPONSE}
"""Former names of lacks, which are still accepted."""


def parse_lacks(words: Iterable[str]) -> set[Lack]:
    """Return the lacks with these names, every lack for ``any``; commas may separate names.

    Raises ClaimcliError if a name is unknown.
    """
    known = (*(lack.value for lack in Lack), *_OTHER_NAMES, ANY)
    names = several_of(words, known, "lack")
    return set(Lack) if ANY in names else {_OTHER_NAMES.get(n) or Lack(n) for n in names}


def select_lacks(select: Iterable[str], ignore: Iterable[str]) -> tuple[Lack, ...]:
    """Return the selected lacks, by default all, without the ignored ones, in order.

    Raises ClaimcliError if a name is unknown, or if nothing is left.
    """
    chosen = (parse_lacks(select) or set(Lack)) - parse_lacks(ignore)
    if not chosen:
        raise ClaimcliError("--ignore leaves no lack to show", "ignore fewer, or select others")
    return tuple(lack for lack in Lack if lack in chosen)


def lacks_to_fail_on(words: Iterable[str], selected: Collection[Lack]) -> set[Lack]:
    """Return the lacks with these names, every selected lack for ``any``.

    Raises ClaimcliError if a name is unknown, or is of a lack that is not selected.
    """
    named = parse_lacks(words)
    if named == set(Lack):
        return {*selected}
    for lack in sorted(named - {*selected}):
        raise ClaimcliError(f"--fail-on {lack} is not selected", f"add --select {lack}")
    return named


class AuditGap(ShortRepr, frozen=True):
    """A claim or issue that lacks something, with its parties, location and details in words."""

    lack: Lack
    id: str
    parties: tuple[str, ...]
    issue: str | None
    span: Span
    detail: str = ""


class Audit(ShortRepr, frozen=True):
    """The gaps of the selected ``lacks``, ordered by lack, and the totals of each party."""

    gaps: tuple[AuditGap, ...]
    totals: tuple[PartyTotals, ...]
    lacks: tuple[Lack, ...] = tuple(Lack)

    def of(self, lack: Lack) -> tuple[AuditGap, ...]:
        """Return the gaps of one kind."""
        return tuple(gap for gap in self.gaps if gap.lack is lack)

    def table(self) -> Table:
        """Return one row for each gap."""
        columns = ("lack", "id", "parties", "issue", "file", "line", "detail")
        rows = tuple(
            (p.lack.value, p.id, p.parties, p.issue, p.span.path, p.span.line, p.detail)
            for p in self.gaps
        )
        return Table("points to look at", columns, rows)

    def parties(self) -> Table:
        """Return one row for each party."""
        members = ("with_members",) if any(t.with_members is not None for t in self.totals) else ()
        columns = (
            "party", "claims", *members, "rebuttals_made", "rebuttals_received", "primary",
            "verified", "words",
        )  # fmt: skip
        rows = tuple(tuple(_cell(total, name) for name in columns) for total in self.totals)
        return Table("parties", columns, rows, sparse=False)


def _cell(total: PartyTotals, name: str) -> str | int | None:
    value: str | int | Share | None = getattr(total, name)
    return value.text if isinstance(value, Share) else value


def audit(
    dossier: Dossier,
    *,
    texts: Path | None = None,
    by: By = By.MEMBER,
    lacks: Collection[Lack] = tuple(Lack),
) -> Audit:
    """Return what the selected claims lack, and the totals of their parties or party trees.

    ``lacks`` are the kinds of gaps to return. Quotes are checked against the texts of their
    sources; ``texts`` is a folder of further texts.
    """
    covered = covered_claims(dossier)
    claims = sorted((dossier.by_id[name] for name in covered), key=lambda claim: claim.order)
    verification = verify(dossier, claims=claims, texts=texts)
    gaps = [*_claim_gaps(dossier), *_quote_gaps(dossier, verification), *_issue_gaps(dossier)]
    order = {lack: number for number, lack in enumerate(Lack)}
    return Audit(
        tuple(sorted((g for g in gaps if g.lack in lacks), key=lambda gap: order[gap.lack])),
        party_totals(dossier, claims, verification, by),
        tuple(lack for lack in Lack if lack in lacks),
    )


def _claim_gaps(dossier: Dossier) -> Iterator[AuditGap]:
    for claim in dossier.claims:
        for lack, detail in _lacks(dossier, claim):
            yield AuditGap(lack, claim.id, claim.parties, claim.issue, claim.location.span, detail)


def _lacks(dossier: Dossier, claim: Claim) -> Iterator[tuple[Lack, str]]:
    if claim.id not in dossier.answered:
        answers = dossier.answers.get(claim.id, ())
        yield (
            Lack.NO_RESPONSE,
            "; ".join(
                f"{name} {kind.label}{marks_in_parentheses(dossier, dossier.by_id[name])}"
                for name, kind in answers
            ),
        )
    for request in claim.asked:
        if reply_state(dossier, claim, request) is ReplyState.OPEN:
            yield Lack.NO_REPLY, request_words(dossier, claim, request)
    if not claim.citations:
        yield Lack.UNSOURCED, ""
        return
    independent = claim_origins(dossier, claim)
    if len(independent) == 1:
        yield Lack.SINGLE_ORIGIN, independent[0]
    if {_kind(dossier.sources.get(c.source)) for c in claim.citations} == {"secondary"}:
        yield Lack.SECONDARY_ONLY, ", ".join(claim.source_ids)


def _kind(source: Source | None) -> str | None:
    return source.kind if source else None


def _quote_gaps(dossier: Dossier, verification: Verification) -> Iterator[AuditGap]:
    selected = {claim.id for claim in dossier.claims}
    for finding in verification.findings:
        if finding.claim in selected and not finding.verified:
            claim = dossier.by_id[finding.claim]
            reason = finding.reason or finding.verdict.label
            if finding.text_changed and finding.verdict.is_found:
                reason = "the text is not the one with the checksum on file"
            detail = f'"{finding.quote}" ({finding.source}): {reason}'
            lack = Lack.UNVERIFIED_QUOTE
            yield AuditGap(lack, claim.id, claim.parties, claim.issue, finding.span, detail)


def _issue_gaps(dossier: Dossier) -> Iterator[AuditGap]:
    """Yield the selected issues on which all claims on file are from one party tree.

    An issue with a claim that opposes one from another tree is not one-sided.
    """
    roots = party_trees(dossier)
    spoken: dict[str, list[Claim]] = defaultdict(list)
    for claim in dossier.by_id.values():
        spoken[claim.issue or ""].append(claim)
    for issue in in_order((c.issue for c in dossier.claims if c.issue), dossier.issues):
        claims = spoken[issue]
        shared = frozenset.intersection(*(trees_of(claim.parties, roots) for claim in claims))
        if shared and not any(_opposes(dossier, claim, roots) for claim in claims):
            yield _one_sided(dossier, issue, claims)


def _opposes(dossier: Dossier, claim: Claim, roots: Mapping[str, str]) -> bool:
    """Return whether a claim opposes a claim by other parties, compared by their trees."""
    own = trees_of(claim.parties, roots)
    return any(
        answer.kind.opposes and own != trees_of(dossier.by_id[answer.claim].parties, roots)
        for answer in claim.responds_to
        if answer.claim in dossier.by_id
    )


def _one_sided(dossier: Dossier, issue: str, claims: Iterable[Claim]) -> AuditGap:
    record = dossier.issues.get(issue)
    first = min(claims, key=lambda claim: claim.order)
    location = record.location if record and record.registered else first.location
    heard = in_order((party for claim in claims for party in claim.parties), dossier.parties)
    question = (record.question if record else None) or ""
    return AuditGap(Lack.ONE_SIDED, issue, heard, issue, location.span, question)
