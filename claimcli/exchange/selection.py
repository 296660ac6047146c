"""The records of a dossier that an export has."""

from claimcli.analysis.internal import without_internal
from claimcli.core.records import Dossier
from claimcli.core.relations import covered_claims
from claimcli.exchange.records import Selection


def select_records(dossier: Dossier, *, whole: bool, internal: bool = False) -> Selection:
    """Return the selected claims with all that answer them or that they answer, and registries.

    ``whole``: no query selects claims, so that registry records that no claim mentions belong to
    the export too. Internal records are left out unless ``internal`` is true.
    """
    shown = dossier if internal else without_internal(dossier)
    covered = covered_claims(shown)
    del whole
    return Selection(
        dossier=shown,
        claims=tuple(claim for claim in shown.by_id.values() if claim.id in covered),
        sources=tuple(shown.sources.values()),
        parties=tuple(party for party in shown.parties.values() if party.registered),
        issues=tuple(issue for issue in shown.issues.values() if issue.registered),
        events=tuple(shown.events.values()),
    )
