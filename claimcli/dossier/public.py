"""Opening a dossier from Python, as ``claimcli.open_dossier``."""

import os
from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import asdict

from claimcli.core.problems import ClaimcliError
from claimcli.core.query import Node, Request
from claimcli.core.text.suggestions import one_of
from claimcli.dossier.config import named_data, working_folder
from claimcli.dossier.data_folders import find_data
from claimcli.dossier.data_folders import sample as sample_folder
from claimcli.dossier.open import LoadOptions
from claimcli.dossier.open import open_dossier as opened
from claimcli.dossier.runtime import cache_folder
from claimcli.dossier.select import SCOPES, OpenDossier, as_query
from claimcli.dossier.text_folders import polarity_list, text_folders

AnyPath = str | os.PathLike[str]


def open_dossier(
    data: AnyPath | Iterable[AnyPath] | None = None,
    query: str | Node = "",
    *,
    scope: str = "dossier",
    limit: int | None = None,
    sample: str | None = None,
    cache: bool = False,
) -> OpenDossier:
    """Read a dossier; ``dossier.claims`` are the claims that match the query, by default all.

    ``data`` is a file or folder, or several; ``sample`` names a dossier that the package contains.
    With neither, the data is found as the command line finds it: ``CLAIMCLI_DATA``,
    ``claimcli.toml``, ``./data``. ``limit`` is the maximal number of claims.

    ``scope`` says what is read in addition to these claims: ``claims`` nothing, ``thread`` their
    answers to any depth with parties, issues and sources, ``dossier`` everything. A function that
    needs more than was read raises ClaimcliError. With ``cache`` an index is kept in the user's
    cache folder, so that the dossier opens faster the next time; otherwise nothing is written.

    Mistakes in the data are in ``dossier.problems``; ``dossier.unread`` is the number of records
    that could not be read. Raises ClaimcliError if there is no data, if the query cannot be
    parsed, or if it names something that the dossier does not have.
    """
    named_scope = SCOPES[one_of(scope, SCOPES, "scope")]
    if limit is not None and limit < 0:
        raise ClaimcliError(f"'limit' is {limit}", "give 0 or more, or None for all claims")
    paths = _paths(data, sample)
    named = named_data(paths if data else ())
    options = LoadOptions(
        cache=cache_folder if cache else lambda: None,
        text_folders=() if sample else text_folders(named),
        polarity="" if sample else polarity_list(named),
    )
    opposition = scope != "claims"
    request = Request(query=as_query(query), scope=named_scope, limit=limit, opposition=opposition)
    return OpenDossier(**asdict(opened(paths, request, options)), scope=scope)


def _paths(data: AnyPath | Iterable[AnyPath] | None, sample: str | None) -> list[Path]:
    if data is not None and sample is not None:
        raise ClaimcliError("a path and a sample exclude each other", "give one of them")
    if sample is not None:
        return [sample_folder(sample)]
    if data is None:
        return find_data(os.environ, working_folder())
    return [Path(path) for path in ([data] if isinstance(data, str | os.PathLike) else data)]
