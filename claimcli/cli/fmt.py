"""How ``fmt`` goes through files or standard input, and what it says about each."""

from collections.abc import Sequence
from pathlib import Path

from claimcli.cli.change_messages import name_from, show_patch
from claimcli.cli.output import talk, write
from claimcli.cli.session import Session
from claimcli.cli.standard_input import standard_input
from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.core.text.escaping import one_line
from claimcli.core.text.word_diff import counted
from claimcli.dossier.atomic import why
from claimcli.dossier.files import find_files
from claimcli.edit.fmt.apply import canonical_bytes, format_file, read_formatted
from claimcli.edit.fmt.styled_nodes import CannotFormatError
from claimcli.formats.patch import patch

STDIN = "-"


def stdin_name(paths: Sequence[Path], name: str | None) -> str | None:
    """Return what standard input is called where it is to be formatted, else None.

    Raises ClaimcliError where files are to be formatted too.
    """
    named = [str(path) for path in paths]
    if name is None and STDIN not in named:
        return None
    if named not in ([], [STDIN]):
        raise ClaimcliError("standard input and files exclude each other", "name one of them")
    return name or STDIN


def refuse_sample(session: Session) -> None:
    """Raise ClaimcliError where the files to write would be those that the package carries."""
    if session.given.get("sample"):
        raise ClaimcliError("a sample is not written to", "add --check or --diff")


class Formatter:
    """Formats files one after another, says what became of each, and counts them."""

    def __init__(
        self, session: Session, *, writes: bool, shows_patch: bool, keep_order: bool
    ) -> None:
        self.session = session
        self.writes = writes
        self.shows_patch = shows_patch
        self.keep_order = keep_order
        self.changed = self.same = self.left = 0

    def files(self, paths: Sequence[Path]) -> None:
        """Format all YAML files under the paths. Raises ClaimcliError where a path is not there."""
        found = find_files(paths)
        for root, path, *_ in found.stamps:
            name = found.path(root, path)
            try:
                self._file(Path(name), name)
            except BrokenPipeError:  # whoever reads the output wants no more of it
                raise
            except (OSError, CannotFormatError) as error:
                self._leave(name, error)
        self._summary()

    def _file(self, path: Path, name: str) -> None:
        if self.writes:
            changed = format_file(path, keep_order=self.keep_order)
            if changed:
                talk(f"formatted {name}")
        else:
            before, after = read_formatted(path, keep_order=self.keep_order)
            changed = before != after
            self._show(before, after, name)
        self.changed += changed
        self.same += not changed

    def standard_input(self, name: str) -> None:
        """Format standard input to standard output; what cannot be read leaves that empty."""
        data = standard_input()
        try:
            formed = canonical_bytes(data, keep_order=self.keep_order)
        except CannotFormatError as error:
            self._leave(name, error)
            return
        if self.writes:
            write(formed.decode())
        else:
            self.changed += formed != data
            self._show(data, formed, name)

    def _show(self, before: bytes, after: bytes, name: str) -> None:
        """Show what would change: as a patch, or only the name of the file."""
        if before == after:
            return
        if not self.shows_patch:
            write(f"{one_line(name)}\n")
            return
        top = self.session.configuration().path
        show_patch(patch(name_from(name, top), before, after), self.session.color)

    def _leave(self, name: str, error: OSError | CannotFormatError) -> None:
        self.left += 1
        if isinstance(error, CannotFormatError):
            place = f"{name}:{error.span.line}:{error.span.column}"
            talk(f"{place}: left as it stands: {error.reason}")
        else:
            talk(f"{name}: left as it stands: {why(error)}")

    def _summary(self) -> None:
        done, kept = ("formatted", "unchanged") if self.writes else ("would change", "would not")
        left = f", {self.left} left as {'it stands' if self.left == 1 else 'they stand'}"
        changed = f"{counted(self.changed, 'file')} {done}"
        talk(f"{changed}, {self.same} {kept}{left if self.left else ''}")

    @property
    def exit_code(self) -> int:
        """What the command ends with."""
        if self.left:
            return ExitCode.UNREADABLE
        return ExitCode.FINDINGS if self.changed and not self.writes else ExitCode.DONE
