"""Connections to public network addresses only, with a deadline."""

import ipaddress
import socket
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeoutError
from typing import Any

import httpcore


class RefusedHostError(Exception):
    """A host that must not be connected to: the reason and a hint."""

    def __init__(self, reason: str, hint: str) -> None:
        self.hint = hint
        super().__init__(reason)


class GuardedBackend(httpcore.NetworkBackend):
    """Connects only to addresses that it has checked itself.

    A name is resolved once and that address is used, so that it cannot change between check and
    connection. At ``deadline``, a time of ``clock`` in seconds, every operation ends.
    """

    def __init__(self, *, private: bool, deadline: float, clock: Callable[[], float]) -> None:
        self.private = private
        self.deadline = deadline
        self.clock = clock
        self.inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of the host that accepts."""
        failed: Exception = RefusedHostError(f"'{host}' has no address", RETRY_HINT)
        addresses = self._addresses(host, port)
        for number, address in enumerate(addresses):
            share = self.left(timeout) / (len(addresses) - number)
            try:
                stream = self.inner.connect_tcp(address, port, share, local_address, socket_options)
                return _LimitedStream(stream, self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed

    def left(self, timeout: float | None) -> float:
        """Return the seconds left for an operation. Raises ReadTimeout after the deadline."""
        remaining = self.deadline - self.clock()
        if remaining <= 0:
            raise httpcore.ReadTimeout("the time is over")
        return min(timeout, remaining) if timeout else remaining

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            results = self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            reason = getattr(error, "strerror", None) or "it is not a host name"
            raise RefusedHostError(f"'{host}' cannot be resolved: {reason}", RETRY_HINT) from None
        addresses = list(dict.fromkeys(str(info[4][0]) for info in results))
        if not self.private:
            for address in addresses:
                if not is_public(address):
                    what = f"'{host}' is at a private address, {address}"
                    raise RefusedHostError(what, "'--allow-private' allows private addresses")
        return addresses

    def _resolve(self, host: str, port: int) -> list[Any]:
        """Resolve a name before the deadline. Raises OSError and httpcore.ReadTimeout."""
        executor = ThreadPoolExecutor(1)
        try:
            done = executor.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
            return done.result(self.left(None))
        except FutureTimeoutError:
            raise httpcore.ReadTimeout("the time is over") from None
        finally:
            executor.shutdown(wait=False)


class _LimitedStream(httpcore.NetworkStream):
    """A stream whose operations end at the deadline."""

    def __init__(self, inner: httpcore.NetworkStream, guard: GuardedBackend) -> None:
        self.inner = inner
        self.guard = guard

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return bytes(self.inner.read(max_bytes, self.guard.left(timeout)))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.inner.write(buffer, self.guard.left(timeout))

    def close(self) -> None:
        self.inner.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self.inner.start_tls(ssl_context, server_hostname, self.guard.left(timeout))
        return _LimitedStream(stream, self.guard)

    def get_extra_info(self, info: str) -> Any:
        return self.inner.get_extra_info(info)


def is_public(address: str) -> bool:
    """Return whether an IP address, and any address embedded in it, is public."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = [parsed.ipv4_mapped, parsed.sixtofour, *(parsed.teredo or ())]
        if parsed in _NAT64:
            inner.append(ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF))
        if any(one is not None and not is_public(str(one)) for one in inner):
            return False
        if parsed.ipv4_mapped or parsed in _NAT64:
            return True
        tunnelled = (int(parsed) >> 32) & 0xFCFFFFFF == 0x00005EFE  # ISATAP, RFC 5214
        if tunnelled or parsed not in _GLOBAL or parsed in _DOCUMENTATION:
            return False
    return parsed.is_global and not parsed.is_multicast


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_GLOBAL = ipaddress.IPv6Network("2000::/3")
_DOCUMENTATION = ipaddress.IPv6Network("3fff::/20")
RETRY_HINT = "check the address, or try again later"
