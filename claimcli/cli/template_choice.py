"""Which template ``claimcli export`` is to fill, and what that makes."""

from pathlib import Path

from claimcli.cli.output import named_form, pick
from claimcli.core.problems import ClaimcliError
from claimcli.formats.briefing import SHIPPED
from claimcli.formats.export import WRITERS, Chosen, named_template


def picked(word: str, form: str | None, output: Path | None) -> Chosen:
    """Return the template; one that ships makes the form that is named, or the file's ending's.

    Raises ClaimcliError where there is no such template, or where it makes another form.
    """
    if word in SHIPPED:
        return named_template(word, pick(form, output, WRITERS, "md"))
    chosen = named_template(word, form)
    ending = named_form(output)
    if ending in WRITERS and ending != chosen.form:
        raise ClaimcliError(
            f"the template '{word}' makes {chosen.form}, and '{output}' would be {ending}",
            "let the endings agree",
        )
    return chosen
