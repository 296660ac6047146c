"""Templates of the user's, filled apart from this process and within bounds."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.core.text.escaping import one_line, visible_lines
from claimcli.formats.templates.protocol import MOST_SOURCE, Answer, Filled, Job, Wrong

APART = "claimcli.formats.templates.sandbox"
"""The module that fills, imported by the other process alone."""
PATIENCE = 3
"""How many times as long as its time on a processor filling may take on the clock."""


class Bounds(Struct, frozen=True):
    """What filling may take: seconds on a processor, bytes of memory, characters of text."""

    seconds: int = 5
    memory: int = 1024 * 1024 * 1024
    text: int = 64 * 1024 * 1024


def fill(
    path: Path,
    form: str,
    context: Mapping[str, Any],
    bounds: Bounds = Bounds(),  # noqa: B008 - frozen
) -> Filled:
    """Return a template's text, in which every value is escaped for the form: md, html or text.

    What steers a terminal is spelled out, be it of the data or the template's own. A long context
    is given more time and memory. Raises ClaimcliError, with the line of the template, where it
    cannot be read or filled, or does not keep within its bounds.
    """
    source = _read(path)
    encoded = msgspec.json.encode(context)
    job = Job(
        name=path.name,
        source=source,
        folder=str(path.parent),
        form=form,
        context=dict(context),
        seconds=bounds.seconds + len(encoded) // 1_000_000,
        memory=bounds.memory + 20 * len(encoded),
        most_text=bounds.text + 4 * len(encoded),
    )
    answer = _answer(job)
    if answer is None or answer.filled is None:
        raise _wrong(path, answer.wrong if answer else None, job)
    return replace(answer.filled, text=visible_lines(answer.filled.text))


def _read(path: Path) -> str:
    if not path.is_file():
        reason = "it is no file" if path.exists() else "there is no such file"
        raise _unreadable(path, reason)
    try:
        data = path.read_bytes() if path.stat().st_size <= MOST_SOURCE else None
    except OSError as error:
        raise _unreadable(path, error.strerror or type(error).__name__) from None
    if data is None:
        raise _unreadable(path, f"it has more than {MOST_SOURCE:,} bytes")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unreadable(path, "it is no UTF-8") from None


def _unreadable(path: Path, reason: str) -> ClaimcliError:
    message = f"the template '{path}' cannot be read: {reason}"
    return ClaimcliError(message, "name a Jinja2 template", code=ExitCode.UNREADABLE)


def _answer(job: Job) -> Answer | None:
    """Return what the other process answers, None where it came to its bounds."""
    places = os.pathsep.join(str(Path(place).absolute()) for place in sys.path if place)
    try:
        done = subprocess.run(  # noqa: S603 - this very Python, with a module of ours
            [sys.executable, "-P", "-m", APART],
            input=msgspec.json.encode(job),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": places, "PYTHONHASHSEED": "0"},
            timeout=job.seconds * PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    except OSError as error:
        message = f"no process to fill a template can be started: {error.strerror}"
        raise ClaimcliError(message, "try again", code=ExitCode.UNREADABLE) from None
    try:
        return msgspec.json.decode(done.stdout, type=Answer)
    except msgspec.DecodeError:
        return None


def _wrong(path: Path, wrong: Wrong | None, job: Job) -> ClaimcliError:
    if wrong is None:
        return ClaimcliError(
            f"the template '{path}' takes more than {job.seconds} seconds or "
            f"{job.memory // 1024**2:,} MiB of memory",
            "let it do less",
        )
    name = str(path) if wrong.name == path.name else wrong.name
    place = f"{name}:{wrong.line}" if wrong.line else name
    return ClaimcliError(f"{one_line(place)}: {wrong.message}", wrong.hint)
