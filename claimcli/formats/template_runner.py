"""Fill users' templates in a separate process with limited time and memory."""

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
from claimcli.formats.templates.protocol import (
    MAX_TEMPLATE_BYTES,
    FilledTemplate,
    FillRequest,
    FillResponse,
    TemplateProblem,
)

SANDBOX_MODULE = "claimcli.formats.templates.sandbox"
"""Runs in the other process only."""
CLOCK_FACTOR = 3
"""Allowed wall-clock time, as a multiple of the allowed CPU time."""


class FillLimits(Struct, frozen=True):
    """Limits for filling a template: CPU seconds, bytes of memory, characters of text."""

    seconds: int = 5
    memory: int = 1024 * 1024 * 1024
    text: int = 64 * 1024 * 1024


def fill_template(
    path: Path,
    form: str,
    context: Mapping[str, Any],
    limits: FillLimits = FillLimits(),  # noqa: B008 - frozen
) -> FilledTemplate:
    """Return a template filled with data that is escaped for the form: md, html or text.

    Control characters are made visible. The limits grow with the size of the context. Raises
    ClaimcliError, with the template's line, if it cannot be read or filled within the limits.
    """
    encoded = msgspec.json.encode(context)
    request = FillRequest(
        name=path.name,
        source=_read(path),
        folder=str(path.parent),
        form=form,
        context=dict(context),
        seconds=limits.seconds + len(encoded) // 1_000_000,
        memory=limits.memory + 20 * len(encoded),
        most_text=limits.text + 4 * len(encoded),
    )
    response = _run_sandbox(request)
    if response is None or response.filled is None:
        raise _template_error(path, response.problem if response else None, request)
    return replace(response.filled, text=visible_lines(response.filled.text))


def _read(path: Path) -> str:
    if not path.is_file():
        reason = "it is not a file" if path.exists() else "no such file"
        raise _unreadable_template(path, reason)
    try:
        data = path.read_bytes() if path.stat().st_size <= MAX_TEMPLATE_BYTES else None
    except OSError as error:
        raise _unreadable_template(path, error.strerror or type(error).__name__) from None
    if data is None:
        raise _unreadable_template(path, f"it has more than {MAX_TEMPLATE_BYTES:,} bytes")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unreadable_template(path, "it is not UTF-8") from None


def _unreadable_template(path: Path, reason: str) -> ClaimcliError:
    message = f"the template '{path}' cannot be read: {reason}"
    return ClaimcliError(message, "name a Jinja2 template", code=ExitCode.UNREADABLE)


def _run_sandbox(request: FillRequest) -> FillResponse | None:
    """Return the other process's response, or None if it exceeded its limits."""
    import_path = os.pathsep.join(str(Path(entry).absolute()) for entry in sys.path if entry)
    try:
        done = subprocess.run(  # noqa: S603 - the same interpreter with a module of this package
            [sys.executable, "-P", "-m", SANDBOX_MODULE],
            input=msgspec.json.encode(request),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": import_path, "PYTHONHASHSEED": "0"},
            timeout=request.seconds * CLOCK_FACTOR,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    except OSError as error:
        message = f"cannot start the process that fills the template: {error.strerror}"
        raise ClaimcliError(message, "try again", code=ExitCode.UNREADABLE) from None
    try:
        return msgspec.json.decode(done.stdout, type=FillResponse)
    except msgspec.DecodeError:
        return None


def _template_error(
    path: Path, problem: TemplateProblem | None, request: FillRequest
) -> ClaimcliError:
    if problem is None:
        return ClaimcliError(
            f"the template '{path}' takes more than {request.seconds} seconds or "
            f"{request.memory // 1024**2:,} MiB of memory",
            "simplify the template",
        )
    name = str(path) if problem.name == path.name else problem.name
    location = f"{name}:{problem.line}" if problem.line else name
    return ClaimcliError(f"{one_line(location)}: {problem.message}", problem.hint)
