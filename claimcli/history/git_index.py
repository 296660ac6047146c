"""What git's index says of the work tree's files: what they held when git last looked, and the
stamps by which to see that it is still so. The index is read, not written.
"""

import os
import re
import stat

from msgspec import Struct

from claimcli.history.git_process import git
from claimcli.history.repository import Repository

_LISTED = re.compile(rb"(\d{6}) ([0-9a-f]{40,64}) 0\t([^\0]+)\0((?:  [^\n]*\n)*)")
_STAMP = re.compile(
    rb"  ctime: (\d+):(\d+)\n  mtime: (\d+):(\d+)\n  dev: \d+\tino: (\d+)\n"
    rb"  uid: \d+\tgid: \d+\n  size: (\d+)\tflags: ([0-9a-f]+)\n"
)
_KEPT = 0xFFFFFFFF
"""The index keeps this much of an inode's number, and of a size (gitformat-index)."""
_NOT_CHECKED_OUT = 0x40000000
_SECOND = 1_000_000_000


class IndexEntry(Struct, frozen=True):
    """A file in the index: its mode, the name of its content, and the stamps it then had.

    One that is not ``checked_out`` is left in the index alone by a sparse checkout.
    """

    mode: str
    name: str
    stamp: tuple[int, ...] = ()
    checked_out: bool = True

    def is_still(self, status: os.stat_result, written: int) -> bool:
        """Return whether a file with this status is sure to hold what it held.

        ``written`` is when the index was, in ns: what changed no earlier may show the same stamps.
        """
        stamps = (
            *divmod(status.st_ctime_ns, _SECOND), *divmod(status.st_mtime_ns, _SECOND),
            status.st_ino & _KEPT, status.st_size & _KEPT,
        )  # fmt: skip
        regular = stat.S_ISREG(status.st_mode)
        return regular and self.stamp == stamps and status.st_mtime_ns < written


def read_index(repository: Repository) -> tuple[dict[str, IndexEntry], int]:
    """Return what the index says of each file by its path, and when it was written, in ns.

    How git lists stamps may change: of a file whose stamps cannot be read here there are none.
    """
    listed = git(repository.top, "ls-files", "--stage", "--debug", "-z", "--full-name")
    files = {
        os.fsdecode(path): _entry(mode.decode(), name.decode(), more)
        for mode, name, path, more in _LISTED.findall(listed)
    }
    place = os.fsdecode(git(repository.top, "rev-parse", "--git-path", "index").rstrip(b"\n"))
    try:
        return files, (repository.top / place).stat().st_mtime_ns
    except OSError:
        return files, 0


def _entry(mode: str, name: str, more: bytes) -> IndexEntry:
    found = _STAMP.match(more)
    if not found:
        return IndexEntry(mode, name)
    *stamp, flags = found.groups()
    out = not int(flags, 16) & _NOT_CHECKED_OUT
    return IndexEntry(mode, name, tuple(map(int, stamp)), out)
