"""Reads many files into rows: in this process, or in several if there is much to read."""

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.dossier.index.rows import FileRows, FileToRead, rows_of
from claimcli.dossier.reader import RecordBatch, read_bytes, read_file

ENOUGH = 4 * 1024 * 1024
"""Number of bytes from which starting other processes pays off."""
PIPE = 1024 * 1024
"""Size of the pipes in bytes: the maximum that Linux allows without privileges."""
BATCH = 256 * 1024
"""Bytes of files in one batch, so that no process waits long for another."""


def read_all(
    jobs: Sequence[FileToRead],
    *,
    processes: int,
    progress: Callable[[int, int], None],
    overrides: Mapping[str, bytes] = MappingProxyType({}),
) -> Iterator[FileRows]:
    """Yield the rows of all files, in the order of the files, and report progress in bytes.

    ``overrides`` has the bytes to read instead of a file's, by its real path. Raises ClaimcliError
    if another process ends early.
    """
    sizes = {job.file: job.size for job in jobs}
    total, done = sum(sizes.values()), 0
    for piece in _pieces(jobs, total, processes, overrides):
        yield piece
        done += sizes.pop(piece.file, 0)
        progress(done, total)


def _pieces(
    jobs: Sequence[FileToRead], size: int, processes: int, overrides: Mapping[str, bytes]
) -> Iterator[FileRows]:
    if processes < 2 or size < ENOUGH or not _can_fork():
        return _read(jobs, overrides)
    return _read_in_processes(_batches(jobs), processes, overrides)


def processors() -> int:
    """Return the number of processors that this process can use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _can_fork() -> bool:
    """A fork copies only one thread: it could wait forever for the locks of the others."""
    return hasattr(os, "fork") and threading.active_count() == 1


def _read(jobs: Iterable[FileToRead], overrides: Mapping[str, bytes]) -> Iterator[FileRows]:
    for job in jobs:
        data = overrides.get(os.path.realpath(job.path)) if overrides else None
        batches = read_file(Path(job.path)) if data is None else read_bytes(data)
        yield from file_rows(job.file, batches)


def file_rows(file: int, batches: Iterable[RecordBatch]) -> Iterator[FileRows]:
    """Yield the rows of a file's records; ``file`` is its key in the index."""
    number = 0
    for batch in batches:
        rows = rows_of(file, number, batch.records, batch.problems, batch.unread)
        number += len(rows.records.get("claim", ()))
        yield rows


def read_instead(
    jobs: Iterable[FileToRead], *, readings: Mapping[str, Iterable[RecordBatch]]
) -> Iterator[FileRows]:
    """Yield the rows of files; ``readings`` replaces the content of the files at its paths."""
    for job in jobs:
        batches = readings[job.path] if job.path in readings else read_file(Path(job.path))
        yield from file_rows(job.file, batches)


def _batches(jobs: Iterable[FileToRead]) -> list[list[FileToRead]]:
    batches: list[list[FileToRead]] = []
    left = 0
    for job in jobs:
        if left <= 0:
            batches.append([])
            left = BATCH
        batches[-1].append(job)
        left -= job.size + 1000
    return batches


def _read_in_processes(
    batches: Sequence[Sequence[FileToRead]], processes: int, overrides: Mapping[str, bytes]
) -> Iterator[FileRows]:
    """Let each process read every n-th batch, and yield the rows in the order of the files.

    The processes send MessagePack, and wait while their pipes are full. Raises ClaimcliError if one
    cannot be started or ends early.
    """
    import multiprocessing

    context: Any = multiprocessing.get_context("fork")
    ends: list[Any] = []
    workers = []
    for number in range(processes):
        ours, theirs = context.Pipe(duplex=False)
        _widen(ours.fileno())
        ends.append(ours)
        mine = batches[number::processes]
        worker = context.Process(
            target=_work, args=(mine, theirs, tuple(ends), overrides), daemon=True
        )
        try:
            worker.start()
        except OSError as error:
            message = f"no process to read files can be started: {error.strerror}"
            raise ClaimcliError(message, "try again", code=ExitCode.UNREADABLE) from None
        theirs.close()
        workers.append(worker)
    try:
        decoder = msgspec.msgpack.Decoder(list[FileRows])
        for number in range(len(batches)):
            while data := _receive(ends[number % processes]):
                yield from decoder.decode(data)
    finally:
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.join()


def _widen(pipe: int) -> None:
    """Enlarge a pipe, so that the writer need not wait for each message."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE)


def _receive(end: Any) -> bytes:
    try:
        data: bytes = end.recv_bytes()
    except EOFError:
        message = "another process that reads files ended early"
        raise ClaimcliError(message, "try again", code=ExitCode.UNREADABLE) from None
    return data


def _work(
    batches: Iterable[Iterable[FileToRead]],
    out: Any,
    ends: Iterable[Any],
    overrides: Mapping[str, bytes],
) -> None:
    """Read batches and send their rows, with an empty message after each batch."""
    for end in ends:
        end.close()
    encoder = msgspec.msgpack.Encoder()
    try:
        for batch in batches:
            pieces: list[FileRows] = []
            size = 0
            for piece in _read(batch, overrides):
                pieces.append(piece)
                size += len(piece.records.get("claim", ())) + 1
                if size > MAX_PER_MESSAGE:
                    out.send_bytes(encoder.encode(pieces))
                    pieces, size = [], 0
            if pieces:
                out.send_bytes(encoder.encode(pieces))
            out.send_bytes(b"")
    except (BrokenPipeError, KeyboardInterrupt):
        os._exit(1)


MAX_PER_MESSAGE = 300
"""Records in one message."""
