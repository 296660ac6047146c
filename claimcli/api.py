"""The Python interface: each command as a function of the same name.

Use it as ``claimcli.NAME``. A function takes a dossier that :func:`claimcli.open_dossier`
returned, and returns a frozen record; names and words are those of the command line. Nothing is
printed.
"""

import os
import time
from collections.abc import Iterable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from claimcli.analysis.argumentation.extensions import extensions, named_semantics
from claimcli.analysis.audit import Audit
from claimcli.analysis.audit import audit as audit_of
from claimcli.analysis.briefing import Briefing, with_notation
from claimcli.analysis.briefing import briefing as briefing_of
from claimcli.analysis.changes import Changes
from claimcli.analysis.changes import changes as changes_of
from claimcli.analysis.diff import Diff
from claimcli.analysis.diff import diff as diff_of
from claimcli.analysis.drift import Drift
from claimcli.analysis.drift import drift as drift_of
from claimcli.analysis.findings import Verification, select_findings
from claimcli.analysis.graph import Graph
from claimcli.analysis.graph import graph as graph_of
from claimcli.analysis.graph import neighbourhood as around_of
from claimcli.analysis.list import claim_record
from claimcli.analysis.matrix import Matrix
from claimcli.analysis.matrix import matrix as matrix_of
from claimcli.analysis.replies import Replies
from claimcli.analysis.replies import replies as replies_of
from claimcli.analysis.standing import Reasoning, Standings
from claimcli.analysis.standing import standing as standing_of
from claimcli.analysis.timeline import Timeline
from claimcli.analysis.timeline import timeline as timeline_of
from claimcli.analysis.verify import verify as verify_of
from claimcli.checks.registry import CheckResult, check_dossier
from claimcli.core.notation import notation
from claimcli.core.party_names import find_party
from claimcli.core.party_trees import By, parse_by
from claimcli.core.problems import ClaimcliError
from claimcli.core.records import Claim, Dossier
from claimcli.core.registry_order import named_sort, sort_registries
from claimcli.core.relations import Relation, relation_named
from claimcli.core.response_kinds import ReplyState
from claimcli.core.text.suggestions import several_of
from claimcli.dossier.public import AnyPath
from claimcli.dossier.select import needs
from claimcli.formats import export as exporting
from claimcli.formats.documents.blocks import DocumentOptions


def as_record(dossier: Dossier, claim: Claim) -> dict[str, Any]:
    """Return one claim as plain values, as ``to_dict`` shows it in the list of its dossier."""
    return claim_record(dossier, claim)


@needs("dossier")
def diff(
    dossier: Dossier,
    left: str,
    right: str,
    *,
    words: bool = True,
    only: Iterable[Relation | str] = (),
    sort: str = "registry",
) -> Diff:
    """Return two parties' accounts side by side: ``rows``, each about one issue.

    A row has its ``relation``, the ``kinds`` of answers between the accounts, and the claims
    ``left`` and ``right``; with ``words``, its ``segments`` mark the words that differ. ``only``
    selects relations. Rows without a selected claim are left out. Issues are sorted by
    ``registry``, ``id`` or ``claims``.

    Raises ClaimcliError if a party is unknown (the error names near matches), if a name means
    several parties, or if one party is a member of the other.
    """
    parties = find_party(dossier, left), find_party(dossier, right)
    ordered = sort_registries(dossier, named_sort(sort))
    return diff_of(ordered, *parties, words=words, only=[relation_named(name) for name in only])


@needs("dossier")
def matrix(dossier: Dossier, *, by: By | str = By.MEMBER, sort: str = "registry") -> Matrix:
    """Return each party's positions on each issue: ``rows``, each with ``cells``, one a party.

    ``by`` is member, or tree for one cell for each party tree; a cell then has the ``members``
    that speak, with their positions. Issues and parties are sorted by ``registry``, ``id`` or
    ``claims``. Raises ClaimcliError if there is no such grouping or order.
    """
    grouped = parse_by(by)
    return matrix_of(sort_registries(dossier, named_sort(sort), grouped), by=grouped)


@needs("dossier")
def standing(
    dossier: Dossier,
    semantics: str = "grounded",
    *,
    credulous: bool = False,
    without: Iterable[str] = (),
    timeout: float = 60.0,
) -> Standings:
    """Return which claims stand if the answers are taken at face value: ``labels`` by claim id.

    ``semantics`` is grounded, complete, preferred or stable; ``without`` removes claims, or, given
    a source, the claims that rest on it alone. Raises ClaimcliError if a name is unknown, if
    ``claimcli[solver]`` is needed and not installed, or after ``timeout`` seconds of solving.
    """
    named = named_semantics(semantics)
    reasoning = Reasoning.CREDULOUS if credulous else Reasoning.SKEPTICAL
    solve = partial(extensions, semantics=named, clock=time.monotonic, timeout=timeout)
    return standing_of(dossier, named, reasoning, solve=solve, without=without)


@needs("thread")
def verify(
    dossier: Dossier,
    *,
    texts: AnyPath | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
) -> Verification:
    """Return the comparison of each quote with the text of its source: ``findings``.

    A finding has its ``verdict``, its ``warnings`` and the ``matches`` in the text; ``fails`` is
    true if the words are not in the text. ``texts`` is a folder with further texts; ``select`` and
    ``ignore`` take names of verdicts and warnings. Raises ClaimcliError if a name is unknown.
    """
    found = verify_of(dossier, texts=_folder(texts))
    return select_findings(found, select, ignore)


@needs("dossier")
def audit(dossier: Dossier, *, texts: AnyPath | None = None, by: By | str = By.MEMBER) -> Audit:
    """Return what is missing, as ``gaps``, and the claims of each party counted, as ``totals``.

    ``by`` is that of :func:`matrix`.
    """
    return audit_of(dossier, texts=_folder(texts), by=parse_by(by))


@needs("thread")
def replies(
    dossier: Dossier,
    parties: str | Iterable[str] = (),
    *,
    states: Iterable[ReplyState | str] = (),
    today: date | None = None,
) -> Replies:
    """Return the requests for comment on the selected claims: ``records``, those due first.

    A record has the ``claim``, the ``party`` that was asked, ``state`` and ``answers``. ``parties``
    were asked themselves or through members; ``states`` are open, overdue, answered or declined.
    ``today`` is the day after which a request is overdue, by default the current day. Raises
    ClaimcliError if a party or state is unknown.
    """
    names = [parties] if isinstance(parties, str) else list(parties)
    wanted = [ReplyState(name) for name in several_of(states, tuple(ReplyState), "state")]
    return replies_of(dossier, today=today or date.today(), parties=names, states=wanted)


@needs("thread")
def timeline(dossier: Dossier) -> Timeline:
    """Return the selected claims by the time they were made: ``dated`` in order, then ``undated``.

    Each entry has its ``rebuttals`` and, if the dates tell it, the ``gap`` before the first.
    """
    return timeline_of(dossier)


@needs("thread")
def graph(dossier: Dossier, around: str | Iterable[str] = (), *, depth: int = 2) -> Graph:
    """Return the selected claims, what answers them and what they answer: ``nodes``, ``edges``.

    With claim ids in ``around``, return these claims and everything at most ``depth`` links away.
    Raises ClaimcliError if an id is unknown.
    """
    names = [around] if isinstance(around, str) else list(around)
    if not names:
        return graph_of(dossier)
    asked = {name.lower() for name in names}
    claims = tuple(claim for claim in dossier.by_id.values() if claim.id in asked)
    return around_of(replace(dossier, claims=claims), names, depth)


@needs("dossier")
def changes(before: Dossier, after: Dossier) -> Changes:
    """Return how the accounts changed from one dossier to another, as ``entries``.

    The files of the claims, and the order of the claims in them, make no difference.
    """
    return changes_of(before, after)


@needs("dossier")
def drift(dossier: Dossier, parties: str | Iterable[str] = ()) -> Drift:
    """Return how parties' own accounts changed, as ``changes``; by default of all parties.

    A party includes its members. Raises ClaimcliError as :func:`diff` does.
    """
    words = [parties] if isinstance(parties, str) else parties
    return drift_of(dossier, dict.fromkeys(find_party(dossier, word) for word in words))


@needs("dossier")
def briefing(
    dossier: Dossier,
    *,
    title: str = "",
    texts: AnyPath | None = None,
    by: By | str = By.MEMBER,
    internal: bool = False,
) -> Briefing:
    """Return the content of a briefing of the selected claims; :func:`export` writes it.

    It includes every answer to them, and each quote is compared with the text of its source.
    ``by`` is that of :func:`matrix`. Without ``internal``, internal records are left out.
    """
    folder, grouped = _folder(texts), parse_by(by)
    return briefing_of(dossier, title=title, texts=folder, by=grouped, internal=internal)


@needs("dossier")
def export(
    dossier: Dossier,
    template: AnyPath = "briefing",
    *,
    format: str | None = None,
    title: str = "",
    texts: AnyPath | None = None,
    by: By | str = By.MEMBER,
    force: bool = False,
    sort: str = "registry",
    internal: bool = False,
    dates: str = "iso",
    ids: bool = True,
) -> str:
    """Return a briefing of the selected claims as the text of a document.

    ``template`` is briefing, summary or contradictions, or the path of a Jinja2 template, whose
    file ending selects the format; ``format`` is md (the default) or html. See ``claimcli help
    templates``. ``by`` and ``sort`` are those of :func:`matrix`, ``internal`` of :func:`briefing`;
    ``dates`` is iso or long (in words), and without ``ids`` claims are named by their statements.

    Raises ClaimcliError if the template or format is unknown, or if the template fails. Unless
    ``force`` is true, also if the template leaves out an answer to a claim, if a part of the data
    could not be read, or if a quote is not in the text of its source.
    """
    chosen = exporting.find_template(os.fspath(template), format)
    if chosen.format in exporting.DOCUMENTS:
        hint = f"write document(briefing(dossier), '{chosen.format}')"
        raise ClaimcliError(f"the format '{chosen.format}' is not text", hint)
    name = title or exporting.TITLES.get(chosen.name, "")
    grouped = parse_by(by)
    ordered = sort_registries(dossier, named_sort(sort), grouped)
    content = briefing_of(ordered, title=name, texts=_folder(texts), by=grouped, internal=internal)
    noted = with_notation(content, notation(dates, ids=ids))
    return exporting.export(noted, chosen, force=force).content.decode()


def document(
    briefing: Briefing,
    format: str,
    template: AnyPath = "briefing",
    *,
    layout: DocumentOptions = DocumentOptions(),  # noqa: B008 - frozen
    force: bool = False,
    dates: str = "long",
    ids: bool = True,
) -> bytes:
    """Return the bytes of a PDF or Word document of what :func:`briefing` returned.

    ``format`` is pdf, docx, or typ for the source of the PDF; ``template`` may be a Word document
    with styles. Other arguments and refusals are those of :func:`export`; also raises
    ClaimcliError if an extra is not installed or if no font has a character.
    """
    chosen = exporting.find_template(os.fspath(template), format)
    shown = with_notation(briefing, notation(dates, ids=ids))
    return exporting.export(shown, chosen, force=force, layout=layout).content


@needs("dossier")
def check(dossier: Dossier) -> CheckResult:
    """Return every problem of the whole dossier as ``problems``, in order of location.

    ``str(problem)`` is one line: location, severity, message, hint and the rule's name.
    """
    return check_dossier(dossier)


def _folder(path: AnyPath | None) -> Path | None:
    return None if path is None else Path(path)
