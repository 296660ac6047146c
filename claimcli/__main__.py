"""The process: ``python -m claimcli``, and the function that the ``claimcli`` script calls."""

import gc
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import NoReturn


def main() -> NoReturn:
    """Run one command in this process, and exit at once when it is done.

    Garbage collection, and unloading all modules at the end, would take a tenth of the time of a
    short command. Both streams are flushed; nothing here relies on exit handlers.
    """
    gc.disable()
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the calling process
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - until the end
    try:
        if sys.argv[1:2] == ["--complete"]:  # called by a shell when the tab key is pressed
            from claimcli.cli.completion import main as complete

            complete(sys.argv[2:])
        from claimcli.cli import main as run

        run()
    except SystemExit as done:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError):  # reported already, if there is someone to report it to
                stream.flush()
        os._exit(done.code if isinstance(done.code, int) else 0)


if __name__ == "__main__":
    main()
