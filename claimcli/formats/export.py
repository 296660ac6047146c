"""The briefing written by a template, unless the result would mislead its readers."""

from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from claimcli.analysis.briefing import Briefing
from claimcli.analysis.findings import Verification
from claimcli.core.graphs import set_finder
from claimcli.core.problems import ClaimcliError, ExitCode, Severity
from claimcli.core.records import Dossier, party_label
from claimcli.core.relations import answer_links, restatement_links
from claimcli.core.text.suggestions import did_you_mean, one_of
from claimcli.core.text.word_diff import plural
from claimcli.formats.briefing import SHIPPED, context, html, markdown
from claimcli.formats.documents.blocks import BriefingDocument, DocumentOptions, WrittenDocument
from claimcli.formats.documents.content import document
from claimcli.formats.documents.typst.pdf import pdf
from claimcli.formats.documents.typst.source import typst_source
from claimcli.formats.documents.word.writer import word
from claimcli.formats.shown_claims import shown_claims
from claimcli.formats.template_runner import fill_template
from claimcli.formats.templates.protocol import TEMPLATE_SUFFIXES, FilledTemplate

TITLES = {
    "contradictions": "Contradictions: who said what, and who said otherwise",
    "summary": "Summary: who said what",
}
"""The titles of briefings from bundled templates, unless users give one."""
_MADE_BY = {".md": "md", ".markdown": "md", ".html": "html", ".htm": "html"}
_WORD_STYLES = (".docx", ".dotx")

Writer = Callable[[Briefing, str, DocumentOptions], WrittenDocument]
"""Writes a briefing by a bundled template."""
WriteDocument = Callable[[BriefingDocument, DocumentOptions], WrittenDocument]


def _text(write: Callable[[Briefing, str], bytes]) -> Writer:
    return lambda briefing, name, _: WrittenDocument(write(briefing, name))


def _pages(write: WriteDocument) -> Writer:
    return lambda briefing, name, options: write(
        document(briefing, name, revision=options.revision), options
    )


DOCUMENTS: Mapping[str, Writer] = {
    "pdf": _pages(pdf),
    "docx": _pages(word),
    "typ": _pages(typst_source),
}
"""The writers of documents with pages of paper, by format."""
WRITERS: Mapping[str, Writer] = {"md": _text(markdown), "html": _text(html), **DOCUMENTS}


class ExportTemplate(Struct, frozen=True):
    """A bundled template, or a user's template with its path; and the format that it makes.

    A user's Word document is not a template of the content: the bundled ``briefing`` has its
    ``styles``.
    """

    name: str
    format: str
    path: Path | None = None
    styles: Path | None = None


def find_template(word: str, format_: str | None = None) -> ExportTemplate:
    """Return the template with a name or path.

    ``format`` is one of WRITERS, or text for other endings of a user's template. Raises
    ClaimcliError, with similar names, if it does not exist or does not make ``format_``.
    """
    if word in SHIPPED:
        return ExportTemplate(word, one_of(format_ or "md", WRITERS, "format"))
    path = Path(word)
    if path.suffix.lower() == ".typ":
        raise ClaimcliError(
            f"the Typst file '{word}' cannot be a template",
            "write the source of a briefing with '-o briefing.typ', then change it",
        )
    if not path.exists():
        listed = f"the templates are {', '.join(SHIPPED)}; or name a file"
        raise ClaimcliError(f"no template '{word}'", did_you_mean(word, SHIPPED, listed))
    made = format_of(path)
    if made == "docx" and format_ in (None, made):
        return ExportTemplate(SHIPPED[0], made, styles=path)
    if format_ is not None and format_ != made:
        raise ClaimcliError(
            f"the template '{word}' makes {made}, not '{format_}'",
            "the extension decides: .md.j2 makes markdown, .html.j2 HTML, .docx Word, others text",
        )
    return ExportTemplate(word, made, path)


def format_of(path: Path) -> str:
    """Return the format that a template makes by its file ending: md, html, docx or text."""
    if path.suffix.lower() in _WORD_STYLES:
        return "docx"
    plain = path.with_suffix("") if path.suffix in TEMPLATE_SUFFIXES else path
    return _MADE_BY.get(plain.suffix.lower(), "text")


def export(
    briefing: Briefing,
    chosen: ExportTemplate,
    *,
    force: bool = False,
    layout: DocumentOptions = DocumentOptions(),  # noqa: B008 - frozen
) -> WrittenDocument:
    """Return a briefing as the document that a template makes, as UTF-8 if it is text.

    Raises ClaimcliError if the template fails; and, without ``force``, if errors in the data would
    leave gaps, a quote is not in its source's text, or a user's template shows a claim without an
    answer to it.
    """
    if not force:
        refuse_gaps(briefing.dossier)
        refuse_wrong_quotes(briefing.verification)
    if chosen.path is None:
        options = replace(layout, styles=chosen.styles, force=force)
        return WRITERS[chosen.format](briefing, chosen.name, options)
    filled = fill_template(chosen.path, chosen.format, context(briefing))
    if not force:
        _refuse_missing_answers(chosen, briefing, filled)
    return WrittenDocument(filled.text.encode("utf-8", "backslashreplace"))


def refuse_gaps(dossier: Dossier) -> None:
    """Raise ClaimcliError if the data has errors, so that nothing is left out silently."""
    errors = [p for p in dossier.problems if p.severity is Severity.ERROR]
    if errors:
        first = errors[0]
        raise ClaimcliError(
            f"{plural(len(errors), 'error')} in the data would leave gaps, the first at "
            f"{first.span}: {first.message}",
            "fix the errors that 'claimcli check' shows, or add --force",
            code=ExitCode.UNREADABLE,
        )


def refuse_wrong_quotes(verification: Verification) -> None:
    """Raise ClaimcliError if a quote is not in the text of its source."""
    failing = [finding for finding in verification.findings if finding.verdict.fails]
    if failing:
        first = failing[0]
        many = f"{plural(len(failing), 'quote')} {'is' if len(failing) == 1 else 'are'}"
        raise ClaimcliError(
            f"{many} altered or missing, the first at {first.span}: "
            f'"{first.quote}" {first.verdict.label}',
            "fix the quotes that 'claimcli verify' shows, or add --force, which marks them",
            code=ExitCode.UNREADABLE,
        )


def _refuse_missing_answers(
    chosen: ExportTemplate, briefing: Briefing, filled: FilledTemplate
) -> None:
    """Raise ClaimcliError if the document shows a claim but neither shows nor names an answer.

    An answer to a claim also answers the restatements of that claim, and the claim it restates.
    """
    claims = briefing.dossier.by_id
    restated = ((link.source, link.target) for link in restatement_links(claims.values(), claims))
    same = set_finder(claims, restated)
    shown = shown_claims(filled, chosen.format, (e.claim for e in briefing.timeline))
    mentioned = {same(claim) for claim in shown.mentioned}
    stated = {same(claim): claim for claim in reversed(shown.stated)}
    for link in answer_links(claims.values(), claims):
        claim = stated.get(same(link.target))
        if claim and link.kind and same(link.source) not in mentioned:
            party = " and ".join(
                party_label(briefing.dossier, p) for p in claims[link.source].parties
            )
            raise ClaimcliError(
                f"the template '{chosen.name}' shows '{claim}' and leaves out '{link.source}', "
                f"by which {party} {link.kind.label}",
                "show each claim's 'answers', or add --force",
                code=ExitCode.UNREADABLE,
            )
