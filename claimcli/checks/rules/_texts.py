"""The texts of sources, as several rules need them."""

from claimcli.core.records import Dossier, Source
from claimcli.quotes.texts.source_texts import TextFile, UnreadableTextError, find_text


def text_on_file(dossier: Dossier, source: Source) -> TextFile | None:
    """Return the text that a source names, or None; the rule missing-text reports a missing one."""
    if not source.text:
        return None
    try:
        return find_text(source.text, relative_to=source.location.path, within=dossier.text_folders)
    except UnreadableTextError:
        return None
