"""Read git's index: the content that the work tree's files had when git last looked, and the stamps
that show whether they are unchanged. The index is never written.
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
"""The index stores the lowest 32 bits of inode numbers and sizes (gitformat-index)."""
_NOT_CHECKED_OUT = 0x40000000
_SECOND = 1_000_000_000


class IndexEntry(Struct, frozen=True):
    """A file in the index: its mode, the name of its content, and its stamps at that time.

    A file that is not ``checked_out`` is left out of the work tree by a sparse checkout.
    """

    mode: str
    name: str
    stamp: tuple[int, ...] = ()
    checked_out: bool = True

    def is_still(self, status: os.stat_result, written: int) -> bool:
        """Return whether a file with this status certainly has the same content.

        ``written`` is the time in ns when the index was written; later changes may not be visible.
        """
        stamps = (
            *divmod(status.st_ctime_ns, _SECOND), *divmod(status.st_mtime_ns, _SECOND),
            status.st_ino & _KEPT, status.st_size & _KEPT,
        )  # fmt: skip
        regular = stat.S_ISREG(status.st_mode)
        return regular and self.stamp == stamps and status.st_mtime_ns < written


def read_index(repository: Repository) -> tuple[dict[str, IndexEntry], int]:
    """Return the entries of the index by path, and the time in ns when it was written.

    The format of the stamps may change in future versions of git: unreadable stamps are empty.
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
    stamps = _STAMP.match(more)
    if not stamps:
        return IndexEntry(mode, name)
    *stamp, flags = stamps.groups()
    out = not int(flags, 16) & _NOT_CHECKED_OUT
    return IndexEntry(mode, name, tuple(map(int, stamp)), out)
