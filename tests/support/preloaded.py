"""Processes that start quickly: each is forked from one that has imported the program already.

Most of a command's time is that of imports. This file is a program, too: it imports everything,
waits for requests at a socket, and forks for each; the child becomes what ``python -m claimcli``
would be. Set CLAIMCLI_TEST_PROCESSES=new to start every command as a new Python process instead.
"""

import array
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

_ROOT = Path(__file__).parent.parent.parent
_PER_PROCESS = ("PYTHON", "LC_", "LANG", "LD_", "MALLOC", "COVERAGE")
"""Beginnings of variables that Python reads when it starts; they need a new process."""
_LONGEST = 600.0
"""Seconds after which a command is killed."""


def available(env: Mapping[str, str]) -> bool:
    """Return whether a command with this environment can be forked."""
    if os.environ.get("CLAIMCLI_TEST_PROCESSES") == "new" or not hasattr(os, "fork"):
        return False
    return _read_at_start(env) == _read_at_start(_server()[1])


def _read_at_start(env: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in env.items() if name.startswith(_PER_PROCESS)}


@cache
def _server() -> tuple[str, dict[str, str]]:
    """Start the process that forks; return the address of its socket, and its environment."""
    env = dict(os.environ)
    alive, held = os.pipe()  # it ends when this process, which holds the other end, does
    process = subprocess.Popen(
        [sys.executable, "-W", "error", __file__],
        stdin=alive,
        stdout=subprocess.PIPE,
        cwd=_ROOT,
        env=env,
        text=True,
    )
    os.close(alive)
    os.set_inheritable(held, False)
    assert process.stdout
    address = process.stdout.readline().strip()
    process.stdout.close()
    process.returncode = 0  # nobody waits for it, and Python must not warn of that
    return address, env


def run(
    arguments: Sequence[str], *, cwd: Path, env: Mapping[str, str], stdin: bytes
) -> tuple[int, bytes, bytes]:
    """Run ``claimcli`` with arguments; return its exit code, standard output and error."""
    request = json.dumps({"arguments": [*arguments], "cwd": str(cwd), "env": dict(env)}).encode()
    ends = [os.pipe() for _ in range(3)]
    (reads, feed), (out, out_end), (err, err_end) = ends
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.connect(_server()[0])
        connection.settimeout(_LONGEST)
        passed = array.array("i", [reads, out_end, err_end])
        connection.sendmsg(
            [len(request).to_bytes(8, "big")], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, passed)]
        )
        connection.sendall(request)
        for end in (reads, out_end, err_end):
            os.close(end)
        outputs: dict[int, bytes] = {}
        threads = [
            threading.Thread(target=lambda fd=fd: outputs.update({fd: _all_of(fd)}), daemon=True)
            for fd in (out, err)
        ]
        for thread in threads:
            thread.start()
        with suppress(BrokenPipeError), os.fdopen(feed, "wb") as file:
            file.write(stdin)
        pid = int.from_bytes(_exactly(connection, 8), "big")
        try:
            code = int.from_bytes(_exactly(connection, 8), "big", signed=True)
        except TimeoutError:
            os.kill(pid, signal.SIGKILL)
            raise
        for thread in threads:
            thread.join(_LONGEST)
    return code, outputs[out], outputs[err]


def _all_of(fd: int) -> bytes:
    with os.fdopen(fd, "rb") as file:
        return file.read()


def _exactly(connection: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        part = connection.recv(size - len(data))
        if not part:
            raise EOFError("the process that forks commands has ended")
        data += part
    return data


def _import_everything() -> None:
    import pkgutil

    import claimcli

    for module in pkgutil.walk_packages(claimcli.__path__, "claimcli."):
        if not module.name.startswith(("claimcli.__main__", "claimcli.web")):
            with suppress(ImportError):
                __import__(module.name)


def _serve() -> list[str]:
    """Fork for each request; return in the child, with the arguments of its command."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind("")  # Linux gives it a name of its own in an abstract namespace
    listener.listen(64)
    name = listener.getsockname()
    os.write(1, (name if isinstance(name, str) else name.decode("latin-1")).encode() + b"\n")
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    running: dict[int, socket.socket] = {}
    while True:
        ready, _, _ = select.select([listener, woken, 0], [], [])
        if 0 in ready:
            os._exit(0)
        if woken in ready:
            os.read(woken, 4096)
            _report(running)
        if listener in ready:
            connection, _ = listener.accept()
            request, fds = _received(connection)
            pid = os.fork()
            if pid == 0:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                for other in (listener, connection, *running.values()):
                    other.close()
                os.close(woken)
                os.close(wake)
                return _become(request, fds)
            for fd in fds:
                os.close(fd)
            running[pid] = connection
            connection.sendall(pid.to_bytes(8, "big"))


def _report(running: dict[int, socket.socket]) -> None:
    """Send the exit codes of the children that have ended."""
    with suppress(ChildProcessError):
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            with running.pop(pid) as connection, suppress(OSError):
                code = os.waitstatus_to_exitcode(status)
                connection.sendall(code.to_bytes(8, "big", signed=True))


def _received(connection: socket.socket) -> tuple[dict[str, Any], list[int]]:
    size, control, _, _ = connection.recvmsg(8, socket.CMSG_SPACE(3 * 4))
    fds = array.array("i")
    for _, _, data in control:
        fds.frombytes(data)
    return json.loads(_exactly(connection, int.from_bytes(size, "big"))), fds.tolist()


def _become(request: dict[str, Any], fds: list[int]) -> list[str]:
    for target, fd in enumerate(fds):
        os.dup2(fd, target)
        os.close(fd)
    os.environ.clear()
    os.environ.update(request["env"])
    os.chdir(request["cwd"])
    sys.path[0] = request["cwd"]
    return list(request["arguments"])


def _main() -> NoReturn:
    import gc
    import runpy
    import time

    sys.path[0] = str(_ROOT)
    _import_everything()
    gc.collect()
    gc.freeze()
    sys.argv = ["claimcli", *_serve()]
    time.tzset()
    runpy.run_module("claimcli", run_name="__main__", alter_sys=True)
    sys.exit()


if __name__ == "__main__":
    _main()
