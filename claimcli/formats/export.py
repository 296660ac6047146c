"""The briefing written by a template, unless the result would mislead its readers."""

from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct

from claimcli.analysis.briefing import Briefing
from claimcli.analysis.findings import Verification
from claimcli.core.graphs import set_finder
from claimcli.core.problems import ClaimcliError, ExitCode, Severity
from claimcli.core.records import Dossier, party_label
from claimcli.core.relations import answer_links, restatement_links
from claimcli.core.text.suggestions import did_you_mean, one_of
from claimcli.core.text.word_diff import plural
from claimcli.formats.briefing import SHIPPED, context, html, markdown
from claimcli.formats.shown_claims import shown_claims
from claimcli.formats.template_runner import fill_template
from claimcli.formats.templates.protocol import TEMPLATE_SUFFIXES, FilledTemplate

TITLES = {
    "contradictions": "Contradictions: who said what, and who said otherwise",
    "summary": "Summary: who said what",
}
"""The titles of briefings from bundled templates, unless users give one."""
_MADE_BY = {".md": "md", ".markdown": "md", ".html": "html", ".htm": "html"}


WRITERS: Mapping[str, Callable[[Briefing, str], str]] = {"md": markdown, "html": html}


class ExportTemplate(Struct, frozen=True):
    """A bundled template, or a user's template with its path; and the format that it makes."""

    name: str
    format: str
    path: Path | None = None


def find_template(word: str, format_: str | None = None) -> ExportTemplate:
    """Return the template with a name or path; ``format`` is md, html, or text for other endings.

    Raises ClaimcliError, with similar names, if it does not exist or does not make ``format_``.
    """
    if word in SHIPPED:
        return ExportTemplate(word, one_of(format_ or "md", WRITERS, "format"))
    path = Path(word)
    if not path.exists():
        listed = f"the templates are {', '.join(SHIPPED)}; or name a file"
        raise ClaimcliError(f"no template '{word}'", did_you_mean(word, SHIPPED, listed))
    made = format_of(path)
    if format_ is not None and format_ != made:
        raise ClaimcliError(
            f"the template '{word}' makes {made}, not '{format_}'",
            "the file ending decides: .md.j2 makes markdown, .html.j2 HTML, others plain text",
        )
    return ExportTemplate(word, made, path)


def format_of(path: Path) -> str:
    """Return the format that a template makes by its file ending: md, html or text."""
    plain = path.with_suffix("") if path.suffix in TEMPLATE_SUFFIXES else path
    return _MADE_BY.get(plain.suffix.lower(), "text")


def export(briefing: Briefing, chosen: ExportTemplate, *, force: bool = False) -> str:
    """Return a briefing as the document that a template makes.

    Raises ClaimcliError if the template fails; and, without ``force``, if errors in the data would
    leave gaps, a quote is not in its source's text, or a user's template shows a claim without an
    answer to it.
    """
    if not force:
        refuse_gaps(briefing.dossier)
        refuse_wrong_quotes(briefing.verification)
    if chosen.path is None:
        return WRITERS[chosen.format](briefing, chosen.name)
    filled = fill_template(chosen.path, chosen.format, context(briefing))
    if not force:
        _refuse_missing_answers(chosen, briefing, filled)
    return filled.text


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
