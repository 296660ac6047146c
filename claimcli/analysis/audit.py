"""What an editor must know before publishing: what is missing, and how the parties compare."""

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from msgspec import Struct
from msgspec.structs import astuple, replace

from claimcli.analysis.findings import Finding
from claimcli.analysis.lacks import AuditGap, GapLocation, GapRecord, Lack, PackedGaps
from claimcli.analysis.party_totals import PartyTotals, Share, TotalsCounter
from claimcli.analysis.verify import verify_quotes
from claimcli.core.comment_requests import reply_state, request_words
from claimcli.core.party_trees import By, party_trees, trees_of
from claimcli.core.provenance import claim_origins
from claimcli.core.records import Citation, Claim, Dossier, Source
from claimcli.core.registry_order import in_order
from claimcli.core.relations import covered_claims, marks_in_parentheses
from claimcli.core.response_kinds import ReplyState
from claimcli.core.short_repr import ShortRepr
from claimcli.core.table import Cell, Table

COLUMNS = ("lack", "id", "parties", "issue", "file", "line", "detail")
"""The columns of the table of gaps."""


class Audit(ShortRepr, frozen=True):
    """The gaps of the selected ``lacks``, by lack and in order, and the totals of each party.

    The gaps of a large dossier are made when they are read.
    """

    by_lack: Mapping[Lack, Collection[AuditGap]]
    totals: tuple[PartyTotals, ...]

    @property
    def lacks(self) -> tuple[Lack, ...]:
        """The selected lacks."""
        return tuple(self.by_lack)

    @property
    def gaps(self) -> tuple[AuditGap, ...]:
        """All gaps, ordered by lack."""
        return tuple(gap for gaps in self.by_lack.values() for gap in gaps)

    def of(self, lack: Lack) -> Collection[AuditGap]:
        """Return the gaps of one kind."""
        return self.by_lack.get(lack, ())

    def table(self) -> Table:
        """Return one row for each gap."""
        return Table("points to look at", COLUMNS, tuple(self.rows()))

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """Yield the rows of :meth:`table`."""
        for gaps in self.by_lack.values():
            for p in gaps:
                yield (p.lack.value, p.id, p.parties, p.issue, p.span.path, p.span.line, p.detail)

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
    covered = sorted(covered_claims(dossier), key=lambda name: dossier.by_id[name].order)
    numbers = {name: number for number, name in enumerate(covered)}
    selected = {claim.id for claim in dossier.claims}
    builder = _AuditBuilder(dossier, numbers, selected, _Options(texts, by, lacks))
    builder.add(dossier, [dossier.by_id[name] for name in covered])
    builder.add_issues(dossier)
    result = builder.audit()
    return replace(result, by_lack={lack: tuple(gaps) for lack, gaps in result.by_lack.items()})


def audit_in_batches(
    batches: Iterator[Dossier],
    numbers: Mapping[str, int],
    *,
    texts: Path | None = None,
    by: By = By.MEMBER,
    lacks: Collection[Lack] = tuple(Lack),
) -> tuple[Audit, Dossier]:
    """Return the audit of a whole dossier, as :func:`audit` does, and the first batch of it.

    Each batch has all claims of its issues, what they answer and their answers. ``numbers`` has
    the place of each claim in their order, by id.
    """
    first = next(batches)
    builder = _AuditBuilder(first, numbers, numbers, _Options(texts, by, lacks))
    for batch in chain([first], batches):
        builder.add(batch, batch.claims)
        builder.add_issues(batch)
    return builder.audit(), first


class _Options(Struct, frozen=True):
    """The options of :func:`audit`."""

    texts: Path | None
    by: By
    lacks: Collection[Lack]


class _AuditBuilder:
    """Makes an audit from batches of claims.

    ``numbers`` has the places of the covered claims in their order, by id; ``selected`` are the
    ids of those whose gaps are returned.
    """

    def __init__(
        self,
        dossier: Dossier,
        numbers: Mapping[str, int],
        selected: Container[str],
        options: _Options,
    ) -> None:
        self.dossier = dossier
        self.numbers = numbers
        self.selected = selected
        self.texts = options.texts
        self.roots = party_trees(dossier)
        self.gaps = {lack: PackedGaps(lack) for lack in Lack if lack in options.lacks}
        self.totals = TotalsCounter(dossier, options.by)
        self.quotes: list[tuple[Claim, Citation]] = []
        self.sources: dict[str, Source] = {}

    def add(self, dossier: Dossier, claims: Iterable[Claim]) -> None:
        """Add covered claims of a dossier that has what they answer and their answers."""
        unchecked: list[tuple[Claim, Citation]] = []
        for claim in claims:
            number = self.numbers[claim.id]
            self.totals.add(dossier, claim)
            if claim.id in self.selected:
                location = (claim.location.path, claim.location.record)
                self._add_gaps(number, claim, location, _lacks(dossier, claim))
            for cited in claim.citations:
                if cited.quote:
                    source = dossier.sources.get(cited.source)
                    may_have_text = source and (source.text or self.texts)
                    (self.quotes if may_have_text else unchecked).append((claim, cited))
                    if source and may_have_text:
                        self.sources[source.id] = source
        self._add_quotes(dossier, unchecked)

    def add_issues(self, dossier: Dossier) -> None:
        """Add the gaps of the issues of selected claims, of a dossier with all claims on them."""
        for issue, claims in _issues(dossier, self.selected):
            if Lack.ONE_SIDED in self.gaps and _is_one_sided(dossier, claims, self.roots):
                gaps = self.gaps[Lack.ONE_SIDED]
                gaps.add(len(gaps), *_one_sided(dossier, issue, claims))

    def audit(self) -> Audit:
        """Return the audit of what was added."""
        # only now, so that each text is read once
        self._add_quotes(replace(self.dossier, sources=self.sources), self.quotes)
        return Audit(self.gaps, self.totals.totals())

    def _add_quotes(self, dossier: Dossier, quotes: Sequence[tuple[Claim, Citation]]) -> None:
        findings = verify_quotes(dossier, quotes, texts=self.texts)
        for (claim, _), finding in zip(quotes, findings, strict=True):
            self.totals.add_quote(claim, verified=finding.verified)
            if claim.id in self.selected and not finding.verified:
                gap = (Lack.UNVERIFIED_QUOTE, _quote_detail(finding))
                path, *place = astuple(finding.span)
                number = self.numbers[claim.id]
                self._add_gaps(number, claim, (path, tuple(place)), [gap])

    def _add_gaps(
        self,
        number: int,
        claim: Claim,
        location: GapLocation,
        lacks: Iterable[tuple[Lack, str]],
    ) -> None:
        record = (claim.id, claim.parties, claim.issue)
        for lack, detail in lacks:
            if lack in self.gaps:
                self.gaps[lack].add(number, record, location, detail)


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


def _quote_detail(finding: Finding) -> str:
    reason = finding.reason or finding.verdict.label
    if finding.text_changed and finding.verdict.is_found:
        reason = "the text is not the one with the checksum on file"
    return f'"{finding.quote}" ({finding.source}): {reason}'


def _issues(dossier: Dossier, selected: Container[str]) -> Iterator[tuple[str, Sequence[Claim]]]:
    """Yield the issues of the selected claims, in order, with all claims on them."""
    spoken: dict[str | None, list[Claim]] = defaultdict(list)
    for claim in dossier.by_id.values():
        spoken[claim.issue].append(claim)
    issues = (claim.issue for claim in dossier.claims if claim.issue and claim.id in selected)
    for issue in in_order(issues, dossier.issues):
        yield issue, spoken[issue]


def _is_one_sided(dossier: Dossier, claims: Iterable[Claim], roots: Mapping[str, str]) -> bool:
    """Return whether all claims on an issue are from one party tree.

    An issue with a claim that opposes one from another tree is not one-sided.
    """
    shared = frozenset.intersection(*(trees_of(claim.parties, roots) for claim in claims))
    return bool(shared) and not any(_opposes(dossier, claim, roots) for claim in claims)


def _opposes(dossier: Dossier, claim: Claim, roots: Mapping[str, str]) -> bool:
    """Return whether a claim opposes a claim by other parties, compared by their trees."""
    own = trees_of(claim.parties, roots)
    return any(
        answer.kind.opposes and own != trees_of(dossier.by_id[answer.claim].parties, roots)
        for answer in claim.responds_to
        if answer.claim in dossier.by_id
    )


def _one_sided(
    dossier: Dossier, issue: str, claims: Iterable[Claim]
) -> tuple[GapRecord, GapLocation, str]:
    """Return the id and parties of an issue as a record, its location, and the question."""
    record = dossier.issues.get(issue)
    first = min(claims, key=lambda claim: claim.order)
    location = record.location if record and record.registered else first.location
    heard = in_order((party for claim in claims for party in claim.parties), dossier.parties)
    question = (record.question if record else None) or ""
    return (issue, heard, issue), (location.path, location.record), question
