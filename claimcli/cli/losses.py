"""The losses of a conversion: a summary on standard error, and the whole list in a file."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from claimcli.cli.output import choose_format, encoded, say, write_bytes
from claimcli.core.schema import RECORD_KINDS
from claimcli.core.text.word_diff import plural
from claimcli.exchange.records import Loss, loss_table
from claimcli.formats.table import WRITERS, PlainTable


def report_losses(losses: Sequence[Loss], output: Path | None) -> None:
    """Say how many values were not kept as they are, and write the list if a file is given.

    "-" is standard output. The extension of a file sets the format.
    """
    if output is not None:
        writer = WRITERS[choose_format(None, output, WRITERS)]
        write_bytes(encoded(writer(PlainTable(loss_table(losses)))), output)
    if losses:
        say(summary_of(losses) + ("" if output else "; list them with --losses FILE"))


def summary_of(losses: Sequence[Loss]) -> str:
    """Return how many values are dropped, approximated or kept in a note, and of which fields."""
    counts = Counter(loss.kind.value for loss in losses)
    kinds = ", ".join(f"{count:,} {kind.replace('-', ' ')}" for kind, count in counts.items())
    fields = Counter((loss.record.partition(" ")[0], loss.field) for loss in losses)
    common = [
        f"{field or 'all'} of {plural(count, *_noun(kind))}" if kind else f"{field} ({count:,})"
        for (kind, field), count in fields.most_common(4)
    ]
    listed = ", ".join((*common, "...") if len(fields) > len(common) else common)
    as_it_is = "as it is" if len(losses) == 1 else "as they are"
    return f"{plural(len(losses), 'value')} not kept {as_it_is} ({kinds}): {listed}"


def _noun(kind: str) -> tuple[str, str]:
    """Return the name of a kind of record, and its plural."""
    known = RECORD_KINDS.get(kind)
    return kind, known.section if known else f"{kind}s"
