"""Formatting of files or standard input, with a message on each file."""

from collections.abc import Sequence
from pathlib import Path

from claimcli.cli.change_messages import patch_name, show_patch
from claimcli.cli.inputs import standard_input
from claimcli.cli.output import say, write
from claimcli.cli.session import Session
from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.core.text.escaping import one_line
from claimcli.core.text.word_diff import plural
from claimcli.dossier.atomic import reason_not_written
from claimcli.dossier.files import find_files
from claimcli.edit.fmt.format import canonical_bytes, read_formatted
from claimcli.edit.fmt.styled_nodes import CannotFormatError
from claimcli.edit.journal import FileWrite, write_possible
from claimcli.formats.patch import patch

STDIN = "-"


def stdin_name(paths: Sequence[Path], name: str | None) -> str | None:
    """Return the file name of standard input if that is to be formatted, else None.

    Raises ClaimcliError if files are named too.
    """
    named = [str(path) for path in paths]
    if name is None and STDIN not in named:
        return None
    if named not in ([], [STDIN]):
        raise ClaimcliError("standard input and files exclude each other", "name one of them")
    return name or STDIN


def refuse_sample(session: Session) -> None:
    """Raise ClaimcliError if the dossier is a bundled sample."""
    if session.options.get("sample"):
        raise ClaimcliError("a sample cannot be changed", "add --check or --diff")


class Formatter:
    """Formats files one after another, reports each, and counts them."""

    def __init__(
        self, session: Session, *, writes: bool, shows_patch: bool, keep_order: bool
    ) -> None:
        self.session = session
        self.writes = writes
        self.shows_patch = shows_patch
        self.keep_order = keep_order
        self.files_to_write: list[FileWrite] = []
        self.changed = self.same = self.skipped = 0

    def files(self, paths: Sequence[Path]) -> None:
        """Format all YAML files under the paths. Raises ClaimcliError if a path does not exist."""
        found = find_files(paths)
        for note in found.notes:
            say(note)
        for root, path, *_ in found.stamps:
            name = found.path(root, path)
            try:
                self._file(Path(name), name)
            except BrokenPipeError:  # the reader of the output has closed it
                raise
            except (OSError, CannotFormatError) as error:
                self._skip(name, error)
        self._write(paths)
        self._summary()

    def _file(self, path: Path, name: str) -> None:
        before, after = read_formatted(path, keep_order=self.keep_order)
        if before == after:
            self.same += 1
        elif self.writes:
            self.files_to_write.append(FileWrite(path, before, after))
        else:
            self.changed += 1
            self._show(before, after, name)

    def _write(self, paths: Sequence[Path]) -> None:
        roots, files = self.session.roots_of(paths), self.files_to_write
        refused = write_possible(roots, files, "fmt") if files else {}
        for file in files:
            if file.path in refused:
                self._skip(str(file.path), refused[file.path])
            else:
                self.changed += 1
                say(f"formatted {file.path}")

    def standard_input(self, name: str) -> None:
        """Format standard input to standard output; write nothing if it cannot be read."""
        data = standard_input()
        try:
            formatted = canonical_bytes(data, keep_order=self.keep_order)
        except CannotFormatError as error:
            self._skip(name, error)
            return
        if self.writes:
            write(formatted.decode())
        else:
            self.changed += formatted != data
            self._show(data, formatted, name)

    def _show(self, before: bytes, after: bytes, name: str) -> None:
        """Show what would change: a patch, or only the name of the file."""
        if before == after:
            return
        if not self.shows_patch:
            write(f"{one_line(name)}\n")
            return
        top = self.session.configuration().path
        show_patch(patch(patch_name(name, top), before, after), self.session.color)

    def _skip(self, name: str, error: OSError | CannotFormatError) -> None:
        self.skipped += 1
        if isinstance(error, CannotFormatError):
            say(f"{name}:{error.span.line}:{error.span.column}: left unchanged: {error.reason}")
        else:
            say(f"{name}: left unchanged: {reason_not_written(error)}")

    def _summary(self) -> None:
        done, kept = ("formatted", "unchanged") if self.writes else ("would change", "would not")
        skipped = f", {self.skipped} could not be formatted" if self.skipped else ""
        say(f"{plural(self.changed, 'file')} {done}, {self.same} {kept}{skipped}")

    @property
    def exit_code(self) -> int:
        """The exit code of the command."""
        if self.skipped:
            return ExitCode.UNREADABLE
        return ExitCode.FINDINGS if self.changed and not self.writes else ExitCode.DONE
