"""What to type after ``claimcli init``."""

import os
import shlex
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from claimcli.dossier.open import open_dossier
from claimcli.edit.init import InitResult

WITHOUT_CLAIMS = (
    ("add", "a first claim, asked for line by line"),
    ("rebut CLAIM", "what another party answers"),
)
"""Commands for a dossier in which nothing stands, as far as there are such."""


def next_steps(started: InitResult, folder: Path, commands: Iterable[str]) -> list[str]:
    """Return lines that say what to do now: in an empty dossier to write, else to look."""
    dossier = open_dossier([started.data]) if started.data.exists() else None
    said = Counter(party for claim in dossier.claims for party in claim.parties) if dossier else {}
    steps = [(f"cd {shlex.quote(str(folder))}", "")] if _worth_entering(folder) else []
    if said:
        steps.append(("claimcli list", "the claims"))
        parties = sorted(said, key=lambda party: (-said[party], party))[:2]
        if len(parties) == 2:
            steps.append((f"claimcli diff {' '.join(parties)}", "two accounts side by side"))
    else:
        known = set(commands)
        steps += [(f"claimcli {c}", a) for c, a in WITHOUT_CLAIMS if c.split()[0] in known]
        first = next(iter(started.written), None)
        if first and first.is_relative_to(started.data):
            shown = Path(os.path.relpath(first, folder)).as_posix()
            steps.append((f"${{EDITOR:-vi}} {shlex.quote(shown)}", "an example, as a comment"))
    steps.append(("claimcli check", "whether the files are in order"))
    width = max(len(command) for command, _ in steps)
    return [f"{command:{width}}  # {about}" if about else command for command, about in steps]


def _worth_entering(folder: Path) -> bool:
    """Return whether it is another folder, of a name that a terminal can show as it is."""
    return folder.resolve() != Path.cwd() and str(folder).isprintable()
