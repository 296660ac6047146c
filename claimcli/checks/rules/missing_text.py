"""The text file that a source names exists and can be read.

``text`` is a path relative to the folder of the YAML file, so that the dossier can be moved as a
whole; an absolute path works on one computer only. It names an ordinary file of at most 64 MiB in
the folder of ``claimcli.toml``, or without one in the data folder, also after links are followed:
otherwise a stranger's dossier could quote any file of the user who checks it. The examples assume a
file ``texts/conference.txt``.

Bad:

    sources:
      - id: press-conference
        title: Press conference
        published: 2023-05-02
        text: texts/confrence.txt

Good:

    sources:
      - id: press-conference
        title: Press conference
        published: 2023-05-02
        text: texts/conference.txt
"""

from collections.abc import Iterator

from claimcli.core.problems import Problem, Severity
from claimcli.core.records import Dossier
from claimcli.quotes.texts.source_texts import UnreadableTextError, find_text

SEVERITY = Severity.ERROR


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield a problem for each text that cannot be read."""
    for source in dossier.sources.values():
        if not source.text:
            continue
        try:
            find_text(source.text, relative_to=source.location.path, within=dossier.text_folders)
        except UnreadableTextError as error:
            yield Problem(
                "missing-text",
                f"the text of '{source.id}', '{error.name}', {error.reason}",
                source.location.of("text"),
                SEVERITY,
                error.hint,
            )
