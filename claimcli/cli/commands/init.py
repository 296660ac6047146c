from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

from claimcli.cli.options import argument, option
from claimcli.cli.session import BareSession

FolderArgument = Annotated[Path, argument("[DIR]", "The folder; by default this one.")]
IgnoreOption = Annotated[
    bool, option("--ignore-fetched", "Have git ignore the pages that 'claimcli fetch' downloads.")
]


def init(
    session: BareSession,
    folder: FolderArgument = Path(),
    ignore_fetched: IgnoreOption = False,
) -> None:
    """Start a dossier in a folder.

    Writes settings, a first file, and what editors need; with --sample NAME, a copy of that
    dossier. Existing files stay as they are.
    """
    from claimcli.cli.output import say, write
    from claimcli.core.problems import ClaimcliError
    from claimcli.dossier.data_folders import sample
    from claimcli.edit.init import init as init_dossier

    if session.options.get("data"):
        raise ClaimcliError("--data has no meaning here", "name only the folder")
    name = session.options.get("sample")
    started = init_dossier(folder, sample(name) if name else None, ignore_fetched=ignore_fetched)
    for note in started.notes:
        say(note)
    for path in started.existing:
        say(f"exists already, and stays: {path}")
    for path in started.written:
        say(f"wrote {path}")
    say("next:")
    write("".join(f"  {line}\n" for line in _next_steps(started, folder)))


def _next_steps(started: Any, folder: Path) -> Iterable[str]:
    """Yield the commands to try next, aligned: viewing if there are claims, else writing."""
    steps = [*_enter(folder), *(_viewing(started) or _writing(started, folder))]
    steps.append(("claimcli check", "whether the files are in order"))
    width = max(len(command) for command, _ in steps)
    return (f"{command:{width}}  # {about}" if about else command for command, about in steps)


def _enter(folder: Path) -> list[tuple[str, str]]:
    """Return how to go to the folder, if it is another one and its name can be shown safely."""
    import shlex

    is_needed = folder.resolve() != Path.cwd() and str(folder).isprintable()
    return [(f"cd {shlex.quote(str(folder))}", "")] if is_needed else []


def _viewing(started: Any) -> list[tuple[str, str]]:
    from collections import Counter

    from claimcli.dossier.open import open_dossier

    claims = open_dossier([started.data]).claims if started.data.exists() else ()
    counts = Counter(party for claim in claims for party in claim.parties)
    if not counts:
        return []
    steps = [("claimcli list", "the claims")]
    parties = sorted(counts, key=lambda party: (-counts[party], party))[:2]
    if len(parties) == 2:
        steps.append((f"claimcli diff {' '.join(parties)}", "two accounts side by side"))
    return steps


def _writing(started: Any, folder: Path) -> list[tuple[str, str]]:
    import os
    import shlex

    steps = [
        ("claimcli add", "a first claim; it asks for each field"),
        ("claimcli rebut CLAIM", "another party's answer to it"),
    ]
    first = next(iter(started.written), None)
    if first and first.is_relative_to(started.data):
        path = Path(os.path.relpath(first, folder)).as_posix()
        steps.append((f"${{EDITOR:-vi}} {shlex.quote(path)}", "an example, as a comment"))
    return steps
