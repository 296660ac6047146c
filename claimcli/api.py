"""What Python programs call: the commands' work, each as a function under the command's name.

All of it is reached as ``claimcli.NAME``. A function takes a dossier that :func:`open_dossier`
gave back and returns a frozen record; words are those of the command line. Nothing is printed.
"""

import os
import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from claimcli.analysis.argumentation.extensions import extensions, named_semantics
from claimcli.analysis.audit import Audit
from claimcli.analysis.audit import audit as audit_of
from claimcli.analysis.briefing import Briefing
from claimcli.analysis.briefing import briefing as briefing_of
from claimcli.analysis.changes import Changes
from claimcli.analysis.changes import changes as changes_of
from claimcli.analysis.diff import Diff
from claimcli.analysis.diff import diff as diff_of
from claimcli.analysis.drift import Drift
from claimcli.analysis.drift import drift as drift_of
from claimcli.analysis.findings import Verification
from claimcli.analysis.graph import Graph
from claimcli.analysis.graph import graph as graph_of
from claimcli.analysis.graph import neighbourhood as around_of
from claimcli.analysis.list import claim_record
from claimcli.analysis.matrix import Matrix
from claimcli.analysis.matrix import matrix as matrix_of
from claimcli.analysis.party_names import named_party
from claimcli.analysis.standing import Reasoning, Standings
from claimcli.analysis.standing import standing as standing_of
from claimcli.analysis.timeline import Timeline
from claimcli.analysis.timeline import timeline as timeline_of
from claimcli.analysis.verify import select_findings
from claimcli.analysis.verify import verify as verify_of
from claimcli.checks import registry
from claimcli.core.problems import ClaimcliError, Problem
from claimcli.core.query import Node, Request, Scope
from claimcli.core.query_parser import parse_query
from claimcli.core.records import Claim, Dossier
from claimcli.core.relations import Relation, named_relation
from claimcli.dossier.folders import cache_folder
from claimcli.dossier.open import LoadOptions, find_data
from claimcli.dossier.open import open_dossier as opened
from claimcli.dossier.open import sample as sample_folder
from claimcli.formats import export as exporting

AnyPath = str | os.PathLike[str]


def open_dossier(
    data: AnyPath | Iterable[AnyPath] | None = None,
    query: str | Node = "",
    *,
    sample: str | None = None,
    cache: bool = False,
) -> Dossier:
    """Read a dossier; ``dossier.claims`` are those that the query asks for, all without one.

    ``data`` is a file or folder, or several; ``sample`` names a dossier that the package carries.
    With neither, the data is looked for as by the command: ``CLAIMCLI_DATA``, ``claimcli.toml``,
    ``./data``. What the claims are compared with, and all registries, are there in any case.
    Nothing is kept on disk unless ``cache`` allows an index in the user's cache folder, which makes
    large dossiers open faster the next time.

    What is wrong in the data is in ``dossier.problems``, and what could not be read is counted in
    ``dossier.unread``. Raises ClaimcliError where there is no data, or the query cannot be read or
    names what the dossier does not have.
    """
    node = parse_query(query) if isinstance(query, str) else query
    options = LoadOptions(cache=cache_folder) if cache else LoadOptions()
    return opened(_paths(data, sample), Request(query=node, scope=Scope.ALL), options)


def _paths(data: AnyPath | Iterable[AnyPath] | None, sample: str | None) -> list[Path]:
    if data is not None and sample is not None:
        raise ClaimcliError("a path and a sample exclude each other", "give one of them")
    if sample is not None:
        return [sample_folder(sample)]
    if data is None:
        return find_data(os.environ, Path.cwd())
    return [Path(path) for path in ([data] if isinstance(data, str | os.PathLike) else data)]


def as_record(dossier: Dossier, claim: Claim) -> dict[str, Any]:
    """Return a claim as plain values, as ``claimcli list --format json`` shows it.

    The keys are the model's field names; dates are as written, ``file`` and ``line`` say where.
    """
    return claim_record(dossier, claim)


def diff(
    dossier: Dossier,
    left: str,
    right: str,
    *,
    words: bool = True,
    only: Iterable[Relation | str] = (),
) -> Diff:
    """Return two parties' accounts side by side, in ``rows`` that are one issue's each.

    A row has its ``relation``, the ``kinds`` of answers behind it, and the claims ``left`` and
    ``right``; with ``words``, ``pieces`` marks the words that differ. ``only`` narrows to
    relations. Rows of which no claim was asked for are left out.

    Raises ClaimcliError where a party is unknown (near matches are named), a name means several,
    or one of the parties takes in the other.
    """
    parties = named_party(dossier, left), named_party(dossier, right)
    return diff_of(dossier, *parties, words=words, only=[named_relation(name) for name in only])


def matrix(dossier: Dossier) -> Matrix:
    """Return what each party holds on each issue: ``rows`` of one ``squares`` entry a party."""
    return matrix_of(dossier)


def standing(
    dossier: Dossier,
    semantics: str = "grounded",
    *,
    credulous: bool = False,
    without: Iterable[str] = (),
    timeout: float = 60.0,
) -> Standings:
    """Return what stands if the answers are taken at face value: ``labels`` by claim id.

    ``semantics`` is grounded, complete, preferred or stable; ``without`` strikes claims, or the
    claims that rest on a source alone. Raises ClaimcliError where a word means nothing, where
    ``claimcli[solver]`` is needed and not installed, or after ``timeout`` seconds of solving.
    """
    named = named_semantics(semantics)
    reasoning = Reasoning.CREDULOUS if credulous else Reasoning.SKEPTICAL
    solve = partial(extensions, semantics=named, clock=time.monotonic, timeout=timeout)
    return standing_of(dossier, named, reasoning, solve=solve, without=without)


def verify(
    dossier: Dossier,
    *,
    texts: AnyPath | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
) -> Verification:
    """Return what came of holding each quote against the text of its source: ``findings``.

    A finding has its ``verdict``, its ``warnings`` and the place in the text; ``fails`` says that
    the words are not there. ``texts`` is a folder of further texts; ``select`` and ``ignore`` take
    verdicts and warnings by name. Raises ClaimcliError where there is no such name.
    """
    found = verify_of(dossier, texts=_folder(texts))
    return select_findings(found, select, ignore)


def audit(dossier: Dossier, *, texts: AnyPath | None = None) -> Audit:
    """Return what is missing, as ``points``, and the parties' numbers, as ``tallies``."""
    return audit_of(dossier, texts=_folder(texts))


def timeline(dossier: Dossier) -> Timeline:
    """Return the claims asked for by when they were said: ``dated`` in order, then ``undated``.

    Each has its ``rebuttals`` and the ``gap`` to the first of them, where dates tell it.
    """
    return timeline_of(dossier)


def graph(dossier: Dossier, around: str | Iterable[str] = (), *, depth: int = 2) -> Graph:
    """Return the claims asked for with all that answers them and all that they answer.

    ``around`` are ids of claims: then what lies at most ``depth`` links from them. It has ``nodes``
    and ``edges``. Raises ClaimcliError where there is no claim of an id.
    """
    names = [around] if isinstance(around, str) else list(around)
    if not names:
        return graph_of(dossier)
    asked = {name.lower() for name in names}
    claims = tuple(claim for claim in dossier.by_id.values() if claim.id in asked)
    return around_of(replace(dossier, claims=claims), names, depth)


def changes(before: Dossier, after: Dossier) -> Changes:
    """Return what changed in the accounts from one dossier to another, as ``entries``.

    In which files claims stand, and in what order, makes no difference.
    """
    return changes_of(before, after)


def drift(dossier: Dossier, parties: str | Iterable[str] = ()) -> Drift:
    """Return how parties' own accounts moved, as ``steps``; of all parties where none is named.

    A named party is taken with all that are part of it. Raises ClaimcliError as :func:`diff` does.
    """
    words = [parties] if isinstance(parties, str) else parties
    return drift_of(dossier, dict.fromkeys(named_party(dossier, word) for word in words))


def briefing(dossier: Dossier, *, title: str = "", texts: AnyPath | None = None) -> Briefing:
    """Return what a briefing of the claims asked for holds, as records; :func:`export` writes it.

    All that answers them is in it, and each quote is held against the text of its source.
    """
    return briefing_of(dossier, title=title, texts=_folder(texts))


def export(
    dossier: Dossier,
    template: AnyPath = "briefing",
    *,
    form: str | None = None,
    title: str = "",
    texts: AnyPath | None = None,
    force: bool = False,
) -> str:
    """Return the briefing of the claims asked for, as the text of a document.

    ``template`` is briefing, summary or contradictions, or the path of a Jinja2 template, whose
    ending says what it makes; ``form`` is md (if None) or html. See ``claimcli help templates``.

    Raises ClaimcliError where there is no such template or form, the template cannot be filled or
    leaves out what answers a claim, errors in the data would leave gaps, or a quote is not in its
    source's text; ``force`` does without the last three of these.
    """
    chosen = exporting.named_template(os.fspath(template), form)
    return exporting.export(dossier, chosen, title=title, texts=_folder(texts), force=force)


def check(dossier: Dossier) -> tuple[Problem, ...]:
    """Return every problem of the whole dossier, in order of place.

    ``str(problem)`` is one line: place, severity, what is wrong, the way out, and the rule.
    """
    return registry.run(dossier)


def _folder(path: AnyPath | None) -> Path | None:
    return None if path is None else Path(path)
