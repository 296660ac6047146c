"""``python -m claimcli``, and what the ``claimcli`` script calls."""

import gc
from typing import NoReturn


def main() -> NoReturn:
    """Run one command in a process of its own, which is too short to collect garbage in."""
    gc.disable()
    from claimcli import cli

    cli.main()


if __name__ == "__main__":
    main()
