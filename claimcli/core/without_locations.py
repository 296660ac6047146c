"""Records without what depends on their place, to compare what two texts say."""

from msgspec.structs import replace

from claimcli.core.records import NOWHERE, Claim, Record


def without_locations(record: Record) -> Record:
    """Return a record without locations; of a claim also without values from other records."""
    if not isinstance(record, Claim):
        return replace(record, location=NOWHERE)
    return replace(
        record,
        location=NOWHERE,
        made_by=None,
        issue=record.issue if record.location.has("issue") else None,
        reports=record.reports and replace(record.reports, location=NOWHERE),
        citations=tuple(replace(citation, location=NOWHERE) for citation in record.citations),
        responds_to=tuple(replace(answer, location=NOWHERE) for answer in record.responds_to),
        asked=tuple(replace(request, location=NOWHERE) for request in record.asked),
    )
