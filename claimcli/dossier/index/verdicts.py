"""Verdicts that are kept for the next check, in a file next to the index of a dossier.

Each is found by a hash of all that it depends on, so that none can be out of date. The file is
separate from the index because an index is rebuilt more often, and can be left out.
"""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from zlib import crc32

import msgspec

from claimcli.dossier.atomic import replace_file
from claimcli.dossier.files import DataFiles
from claimcli.dossier.index.cache_files import VERDICTS, cache_key

_CHECKSUM_BYTES = 4
Verdicts = dict[bytes, bytes]
"""Encoded verdicts by hash."""


def verdict_file(cache: Path, roots: DataFiles) -> Path:
    """Return the path of the file with the verdicts of a dossier, which need not exist."""
    return cache / f"{cache_key(roots)}{VERDICTS}"


def load_verdicts(path: str) -> Verdicts:
    """Return the verdicts in a file; none if it is missing, damaged or unreadable."""
    try:
        data = Path(path).read_bytes()
        if crc32(data[_CHECKSUM_BYTES:]) == int.from_bytes(data[:_CHECKSUM_BYTES]):
            return msgspec.msgpack.decode(data[_CHECKSUM_BYTES:], type=Verdicts)
    except (OSError, msgspec.MsgspecError):
        pass
    return {}


def save_verdicts(path: str, used: Mapping[bytes, bytes], old: Mapping[bytes, bytes]) -> None:
    """Write the used verdicts, and at most as many others, for example of another git branch.

    Errors are ignored: the verdicts are then determined again.
    """
    others = [pair for pair in old.items() if pair[0] not in used][: len(used)]
    data = msgspec.msgpack.encode({**used, **dict(others)})
    with suppress(OSError):
        Path(path).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        Path(path).touch(mode=0o600)  # a mode that replacing keeps
        replace_file(Path(path), crc32(data).to_bytes(_CHECKSUM_BYTES) + data)
