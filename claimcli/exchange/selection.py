"""The records of a dossier that an export has."""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from claimcli.analysis.internal import without_internal
from claimcli.core.implied import mentioned_parties
from claimcli.core.records import Dossier
from claimcli.core.relations import covered_claims
from claimcli.exchange.records import Selection


def select_records(dossier: Dossier, *, whole: bool, internal: bool = False) -> Selection:
    """Return the selected claims, those that they refer to or that answer these, and registries.

    ``whole``: no query selects claims, so that registry records that no claim mentions belong to
    the export too. Internal records are left out unless ``internal`` is true.
    """
    shown = dossier if internal else without_internal(dossier)
    covered = _with_superseded(shown)
    claims = tuple(claim for claim in shown.by_id.values() if whole or claim.id in covered)
    parties = _with_origins(
        mentioned_parties(claims, ()),
        {name: [party.part_of] for name, party in shown.parties.items() if party.part_of},
    )
    sources = _with_origins(
        (name for claim in claims for name in claim.source_ids),
        {name: source.derived_from for name, source in shown.sources.items()},
    )
    issues, events = ({getattr(c, field) for c in claims} for field in ("issue", "event"))
    return Selection(
        dossier=shown,
        claims=claims,
        sources=tuple(s for s in shown.sources.values() if whole or s.id in sources),
        parties=tuple(
            party
            for party in shown.parties.values()
            if party.registered and (whole or party.id in parties)
        ),
        issues=tuple(
            issue
            for issue in shown.issues.values()
            if issue.registered and (whole or issue.id in issues)
        ),
        events=tuple(event for event in shown.events.values() if whole or event.id in events),
    )


def _with_superseded(dossier: Dossier) -> set[str]:
    """Return the ids of the selected claims, of their threads, and of claims that they replace."""
    covered = covered_claims(dossier)
    while True:
        replaced = {c.supersedes for c in map(dossier.by_id.__getitem__, covered) if c.supersedes}
        replaced &= dossier.by_id.keys()
        if replaced <= covered:
            return covered
        chosen = tuple(dossier.by_id[name] for name in sorted((*covered, *replaced)))
        covered = covered_claims(replace(dossier, claims=chosen))


def _with_origins(names: Iterable[str], above: Mapping[str, Iterable[str]]) -> set[str]:
    """Return names, and all those above them."""
    found, todo = set[str](), list(names)
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += above.get(name, ())
    return found
