"""The server's process: its socket on this machine, and its end."""

import socket
import sys

import uvicorn

from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.web.serve.protection import Application

HOST = "127.0.0.1"
"""The only address that the server listens at, which other machines cannot reach."""
GRACE = 1
"""Seconds that running requests have after Ctrl-C."""


def listen(port: int) -> socket.socket:
    """Return a socket that browsers can connect to; port 0 selects a free one.

    Raises ClaimcliError if the port cannot be used.
    """
    opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform != "win32":  # where it would let two servers have one port
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((HOST, port))
        opened.listen(128)
    except OSError as error:
        opened.close()
        message = f"port {port} cannot be used: {(error.strerror or str(error)).lower()}"
        hint = "name another with --port, or take a free one with --port 0"
        raise ClaimcliError(message, hint, code=ExitCode.UNREADABLE) from None
    return opened


def run(application: Application, opened: socket.socket) -> None:
    """Answer requests until the process is interrupted."""
    config = uvicorn.Config(
        application,
        http="h11",
        ws="none",
        loop="asyncio",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE,
    )
    uvicorn.Server(config).run(sockets=[opened])
