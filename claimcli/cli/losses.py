"""The losses of a conversion: a summary on standard error, and the whole list in a file."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from claimcli.cli.output import say, write_bytes
from claimcli.core.table import comma_separated, to_json, tsv
from claimcli.core.text.word_diff import plural
from claimcli.exchange.records import Loss, loss_table

_WRITERS = {".json": to_json, ".csv": comma_separated}


def report_losses(losses: Sequence[Loss], output: Path | None) -> None:
    """Say how many values were not kept as they are, and write the list if a file is given.

    "-" is standard output. The list is JSON or CSV if the name of the file says so, else TSV.
    """
    if output is not None:
        table = loss_table(losses)
        text = _WRITERS.get(output.suffix.lower(), tsv)(table)
        write_bytes(
            text.encode("utf-8", "backslashreplace"), None if str(output) == "-" else output
        )
    if losses:
        counts = Counter(one.kind.value for one in losses)
        kinds = ", ".join(f"{count:,} {kind.replace('-', ' ')}" for kind, count in counts.items())
        fields = ", ".join(dict.fromkeys(one.field for one in losses[:5]))
        more = "" if output else "; list them with --losses FILE"
        say(f"{plural(len(losses), 'value')} not kept as they are ({kinds}): {fields}{more}")
