"""The formats of a timeline."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from claimcli.analysis.list import claim_record
from claimcli.analysis.timeline import COLUMNS, Timeline, TimelineEntry
from claimcli.core.records import Dossier
from claimcli.core.table import StreamedRows, json_list, tsv_lines
from claimcli.core.text.escaping import for_markdown
from claimcli.core.text.word_diff import Segment
from claimcli.formats.claim_text import markdown_claim
from claimcli.formats.timeline_notes import NO_DATE, answer_note, opposition_notes
from claimcli.formats.timeline_svg import svg


def data(timeline: Timeline) -> dict[str, Any]:
    """Return ``{entries: [claim]}``; each has ``first_rebuttal``, ``gap`` and ``published`` too.

    ``certain`` says whether dates prove that the rebuttal was the first, null without one. A gap
    is ``{least, most, words}``, in seconds and in words, null if the dates do not tell.
    """
    dossier = timeline.dossier
    return {"entries": [_data(dossier, entry) for entry in timeline.entries]}


def _data(dossier: Dossier, entry: TimelineEntry) -> dict[str, Any]:
    gap = entry.gap
    return {
        **claim_record(dossier, entry.claim),
        "first_rebuttal": entry.first_rebuttal.id if entry.first_rebuttal else None,
        "certain": entry.certain if entry.first_rebuttal else None,
        "gap": gap
        and {
            "least": int(gap.least.total_seconds()),
            "most": int(gap.most.total_seconds()),
            "words": gap.label,
        },
        "published": str(entry.published) if entry.published else None,
    }


def _json(timeline: Timeline) -> Iterator[str]:
    """Yield the parts of :func:`data` as indented JSON."""
    yield '{\n  "entries": '
    yield from json_list((_data(timeline.dossier, entry) for entry in timeline.entries), depth=1)
    yield "\n}\n"


def _tsv(timeline: Timeline) -> Iterator[str]:
    return tsv_lines(StreamedRows("claims", COLUMNS, timeline.rows()))


def markdown(timeline: Timeline) -> str:
    """Return a GitHub-flavoured markdown table, undated claims last."""
    return "".join(_markdown(timeline))


def _markdown(timeline: Timeline) -> Iterator[str]:
    yield "| when | claim | answers | opposed by |\n| --- | --- | --- | --- |\n"
    yield from (_row(timeline.dossier, entry) for entry in timeline.entries)


def _row(dossier: Dossier, entry: TimelineEntry) -> str:
    cells = (
        for_markdown(str(entry.claim.when or NO_DATE)),
        markdown_claim(dossier, entry.claim, [Segment(entry.claim.statement, differs=False)]),
        for_markdown(answer_note(entry)),
        "<br>".join(map(for_markdown, opposition_notes(dossier, entry))),
    )
    return f"| {' | '.join(cells)} |\n"


WRITERS: Mapping[str, Callable[[Timeline], Iterable[str]]] = {
    "table": _tsv,
    "tsv": _tsv,
    "json": _json,
    "md": _markdown,
    "svg": svg,
}
WHOLE_RECORDS = ("json", "md")
"""The formats that show quotes and other long fields of claims."""
