"""Results as plain values: dicts, lists, texts and numbers, as JSON has them."""

from collections.abc import Callable
from typing import Any

from claimcli.analysis.audit import Audit
from claimcli.analysis.changes import Changes
from claimcli.analysis.diff import Diff
from claimcli.analysis.drift import Drift
from claimcli.analysis.findings import Verification
from claimcli.analysis.graph import Graph
from claimcli.analysis.list import claim_record
from claimcli.analysis.matrix import Matrix
from claimcli.analysis.replies import Replies
from claimcli.analysis.similar import MatchedText, Matches
from claimcli.analysis.standing import Standings
from claimcli.analysis.timeline import Timeline
from claimcli.checks.registry import CheckResult
from claimcli.core.problems import ClaimcliError
from claimcli.core.records import Dossier
from claimcli.formats import (
    audit,
    changes,
    check,
    diff,
    drift,
    graph,
    matrix,
    standing,
    timeline,
    verify,
)


def to_dict(result: Any) -> Any:
    """Return a result as plain values: what its command prints with ``--format json``.

    ``result`` is what a function of ``claimcli`` returned; a dossier gives the list of its claims.
    Of two dossiers' changes it gives the keys ``summary`` and ``changes``: the others of the
    command's output describe revisions. Raises ClaimcliError for anything else.
    """
    for kind, convert in _PLAIN.items():
        if isinstance(result, kind):
            return convert(result)
    raise ClaimcliError(f"no plain form of {type(result).__name__}", "pass a result of claimcli")


_PLAIN: dict[type, Callable[[Any], Any]] = {
    Dossier: lambda dossier: [claim_record(dossier, claim) for claim in dossier.claims],
    Diff: diff.data,
    Audit: audit.data,
    Changes: changes.changes_data,
    CheckResult: check.data,
    Drift: drift.data,
    Graph: graph.data,
    MatchedText: lambda matched: list(Matches((matched,)).records),
    Matrix: matrix.data,
    Replies: lambda replies: list(replies.records),
    Standings: standing.data,
    Timeline: timeline.data,
    Verification: verify.data,
}
