"""``python -m claimcli``, and what the ``claimcli`` script calls."""

import gc
import os
import sys
from pathlib import Path
from typing import NoReturn


def main() -> NoReturn:
    """Run one command in a process of its own, which is too short to tidy up after.

    Collecting garbage and taking every module apart at the end would cost a tenth of the time of
    a short command. Both streams are flushed; nothing here relies on exit handlers.
    """
    gc.disable()
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started it
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - to the end
    try:
        if sys.argv[1:2] == ["--complete"]:  # asked by a shell, at the press of a key
            from claimcli.cli import completion

            completion.main(sys.argv[2:])
        from claimcli import cli

        cli.main()
    except SystemExit as done:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(done.code if isinstance(done.code, int) else 0)


if __name__ == "__main__":
    main()
