"""Records without their places: what they say, wherever they stand."""

from msgspec.structs import replace

from claimcli.core.records import NOWHERE, Claim, Record


def placeless(record: Record) -> Record:
    """Return a record without its places, a claim without the issue that it has from another."""
    if not isinstance(record, Claim):
        return replace(record, location=NOWHERE)
    return replace(
        record,
        location=NOWHERE,
        issue=record.issue if record.location.has("issue") else None,
        reports=record.reports and replace(record.reports, location=NOWHERE),
        citations=tuple(replace(cited, location=NOWHERE) for cited in record.citations),
        responds_to=tuple(replace(answer, location=NOWHERE) for answer in record.responds_to),
    )
