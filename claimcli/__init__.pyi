from claimcli.analysis.audit import Audit as Audit
from claimcli.analysis.audit import Lack as Lack
from claimcli.analysis.briefing import Briefing as Briefing
from claimcli.analysis.changes import Changes as Changes
from claimcli.analysis.diff import Diff as Diff
from claimcli.analysis.drift import Drift as Drift
from claimcli.analysis.drift import DriftKind as DriftKind
from claimcli.analysis.findings import Finding as Finding
from claimcli.analysis.findings import Verification as Verification
from claimcli.analysis.graph import Graph as Graph
from claimcli.analysis.matrix import Matrix as Matrix
from claimcli.analysis.standing import Standing as Standing
from claimcli.analysis.standing import Standings as Standings
from claimcli.analysis.timeline import Timeline as Timeline
from claimcli.api import as_record as as_record
from claimcli.api import audit as audit
from claimcli.api import briefing as briefing
from claimcli.api import changes as changes
from claimcli.api import check as check
from claimcli.api import diff as diff
from claimcli.api import drift as drift
from claimcli.api import export as export
from claimcli.api import graph as graph
from claimcli.api import matrix as matrix
from claimcli.api import open_dossier as open_dossier
from claimcli.api import standing as standing
from claimcli.api import timeline as timeline
from claimcli.api import verify as verify
from claimcli.core.dates import Date as Date
from claimcli.core.dates import parse_date as parse_date
from claimcli.core.problems import ClaimcliError as ClaimcliError
from claimcli.core.problems import Problem as Problem
from claimcli.core.problems import Severity as Severity
from claimcli.core.problems import Span as Span
from claimcli.core.query_parser import parse_query as parse_query
from claimcli.core.records import Answer as Answer
from claimcli.core.records import Citation as Citation
from claimcli.core.records import Claim as Claim
from claimcli.core.records import Dossier as Dossier
from claimcli.core.records import Event as Event
from claimcli.core.records import Issue as Issue
from claimcli.core.records import Kind as Kind
from claimcli.core.records import Party as Party
from claimcli.core.records import Reported as Reported
from claimcli.core.records import Source as Source
from claimcli.core.records import Status as Status
from claimcli.core.relations import Relation as Relation
from claimcli.quotes.verdict import Verdict as Verdict

__version__: str
__all__ = [
    "Answer",
    "Audit",
    "Briefing",
    "Changes",
    "Citation",
    "Claim",
    "ClaimcliError",
    "Date",
    "Diff",
    "Dossier",
    "Drift",
    "DriftKind",
    "Event",
    "Finding",
    "Graph",
    "Issue",
    "Kind",
    "Lack",
    "Matrix",
    "Party",
    "Problem",
    "Relation",
    "Reported",
    "Severity",
    "Source",
    "Span",
    "Standing",
    "Standings",
    "Status",
    "Timeline",
    "Verdict",
    "Verification",
    "__version__",
    "as_record",
    "audit",
    "briefing",
    "changes",
    "check",
    "diff",
    "drift",
    "export",
    "graph",
    "matrix",
    "open_dossier",
    "parse_date",
    "parse_query",
    "standing",
    "timeline",
    "verify",
]
