from typing import Annotated, Any

from claimcli.cli.options import argument, option
from claimcli.cli.session import Session
from claimcli.core.records import Dossier

RecordArgument = Annotated[str, argument("ID", "A claim or a source; with --edit any record.")]
ArchiveOption = Annotated[bool, option("--archive", "Open the archived page.")]
EditOption = Annotated[bool, option("--edit", "Open the data file in the editor, at the record.")]


def open_(
    session: Session,
    record: RecordArgument,
    archive: ArchiveOption = False,
    edit: EditOption = False,
) -> None:
    """Open the page of a source in the browser, at the quote of a claim.

    Off a terminal, prints the address, or with --edit the file and the line. The beginning or
    another part of an id is enough if only one id has it.
    """
    import sys

    from claimcli.core.problems import ClaimcliError

    if archive and edit:
        raise ClaimcliError("--archive and --edit exclude each other", "leave one of them out")
    ((kind, name),), dossier = session.open_records([record], _request)
    is_terminal = sys.stdout.isatty()
    if edit:
        _open_file(dossier, kind, name, is_terminal=is_terminal)
    else:
        _open_page(_pages(dossier, kind, name, archived=archive), is_terminal=is_terminal)


def _open_file(dossier: Dossier, kind: str, name: str, *, is_terminal: bool) -> None:
    """Open the data file in the editor at a record. Raises ClaimcliError without a record."""
    from claimcli.cli.output import write
    from claimcli.core.problems import ClaimcliError

    span = _record(dossier, kind, name).location.span
    if not span.path:
        message = f"{kind} '{name}' is mentioned but has no record"
        raise ClaimcliError(message, f"add one with 'claimcli add {kind}'")
    if is_terminal:
        from claimcli.cli.editor import edit_file

        edit_file(span.path, span.line)
    else:
        write(f"{span.path}:{span.line}\n")


def _open_page(pages: Any, *, is_terminal: bool) -> None:
    """Open the first of some pages, and name the other sources."""
    from claimcli.cli.output import say, write

    page, *others = pages
    if is_terminal:
        from claimcli.cli.browser import open_page

        say(f"opening {page.address}")
        open_page(page.address)
    else:
        write(f"{page.address}\n")
    if others:
        say(f"also cited: {', '.join(other.source for other in others)}")


def _pages(dossier: Dossier, kind: str, name: str, *, archived: bool) -> Any:
    """Return the pages of a claim or a source. Raises ClaimcliError if it has none."""
    from claimcli.analysis.open import claim_pages, no_page, source_pages
    from claimcli.core.problems import ClaimcliError

    if kind not in ("claim", "source"):
        hint = "'claimcli show' shows its claims, --edit opens its file"
        raise ClaimcliError(f"{kind} '{name}' has no page", hint)
    if kind == "source":
        pages = source_pages([dossier.sources[name]], archived=archived)
    else:
        pages = claim_pages(dossier, dossier.by_id[name], archived=archived)
    if not pages:
        raise no_page(name, archived=archived)
    return pages


def _record(dossier: Dossier, kind: str, name: str) -> Any:
    records = {
        "claim": dossier.by_id, "party": dossier.parties, "source": dossier.sources,
        "issue": dossier.issues, "event": dossier.events,
    }  # fmt: skip
    return records[kind][name]


def _request(records: list[tuple[str, str]]) -> Any:
    """Return the request for the part of the dossier that has a record."""
    from claimcli.core.query import Request, Scope, field_condition

    ((kind, name),) = records
    query = field_condition("id" if kind == "claim" else kind, [name])
    scope = Scope.ANSWERS if kind == "claim" else Scope.REGISTRIES
    return Request(query=query, scope=scope)
