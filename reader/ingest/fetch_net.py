"""The net as the fetcher sees it: names resolved, machines judged, bytes and seconds counted."""

import ipaddress
import queue
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cache
from time import monotonic
from typing import Any

import certifi
import httpcore

from reader.ingest.fetch_address import is_public
from reader.ingest.refusals import Reason, Refused

_FIRST_TRY = 5.0  # seconds for one of several machines of a site, so that the next has its turn


class Unreachable(Refused):
    """An address gave nothing that can be used. Holds no word of the answer and no address.

    `status` is that of the site's answer, 0 where there was none; `retry_after` the seconds that it
    asks to be left alone, where it does.
    """

    def __init__(self, reason: Reason, status: int = 0, retry_after: int | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.retry_after = retry_after


def resolve(name: str, port: int) -> Sequence[str]:
    """The machines behind a name, as the system finds them. Raises `OSError`."""
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def connect(ip: str, port: int, seconds: float) -> httpcore.NetworkStream:
    """A connection to a machine of the open internet, and to no other. Raises `Unreachable`."""
    if not is_public(ip):
        raise Unreachable("blocked")
    return httpcore.SyncBackend().connect_tcp(ip, port, timeout=seconds)


@cache
def trust() -> ssl.SSLContext:
    """Certificates are checked, and the names in them; the system's roots count, and certifi's."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _nobody(host: str) -> bool:
    return False


def _at_once(host: str) -> AbstractContextManager[None]:
    return nullcontext()


@dataclass(frozen=True, kw_only=True)
class Net:
    """What a fetch goes through; a test stands a server on loopback in for it.

    `resolve(name, port)` gives numeric addresses, `connect(ip, port, seconds)` a stream to one that
    has been judged; `trust()` is asked for https. `is_own(host)` says which hosts are Parallax
    itself; `turn(host)` is held while a host is asked, so that it is asked one thing at a time.
    """

    resolve: Callable[[str, int], Sequence[str]]
    connect: Callable[[str, int, float], httpcore.NetworkStream]
    trust: Callable[[], ssl.SSLContext] = trust
    is_own: Callable[[str], bool] = _nobody
    turn: Callable[[str], AbstractContextManager[None]] = _at_once


INTERNET = Net(resolve=resolve, connect=connect)


class Clock:
    """The seconds that a whole fetch may take, whatever a site does in them."""

    def __init__(self, seconds: float) -> None:
        self._end = monotonic() + seconds

    def left(self) -> float:
        """The seconds that are left. Raises `Unreachable` when there are none."""
        left = self._end - monotonic()
        if left <= 0:
            raise Unreachable("slow_site")
        return left

    def add(self, seconds: float) -> None:
        """Give back what was spent waiting for a turn."""
        self._end += seconds


class Meter:
    """The bytes of an answer before its body: they have a largest number."""

    def __init__(self, most: int) -> None:
        self._left = most
        self.in_head = True

    def room(self, wanted: int) -> int:
        """How many bytes may be read next. Raises `Unreachable` for a head that does not end."""
        if not self.in_head:
            return wanted
        if self._left <= 0:
            raise Unreachable("bad_answer")
        return min(wanted, self._left)

    def count(self, size: int) -> None:
        """Count what was read."""
        self._left -= size


class Timed(httpcore.NetworkStream):
    """A stream of which every step ends with the clock: a socket's timeout restarts at each byte.

    The timeouts that httpcore passes are therefore not looked at.
    """

    def __init__(self, stream: httpcore.NetworkStream, clock: Clock, meter: Meter) -> None:
        self._stream = stream
        self._clock = clock
        self._meter = meter

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """The next bytes, no more than the head may have."""
        size = self._meter.room(max_bytes)
        found = self._stream.read(size, timeout=self._clock.left())
        self._meter.count(len(found))
        return found

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send what is asked."""
        self._stream.write(buffer, timeout=self._clock.left())

    def close(self) -> None:
        """End it."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """The same under TLS, for the site's name, which the certificate must bear."""
        try:
            left = self._clock.left()
        except Unreachable:
            self.close()  # httpcore closes only what it fails at itself
            raise
        secure = self._stream.start_tls(ssl_context, server_hostname, timeout=left)
        return Timed(secure, self._clock, self._meter)

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks about a connection."""
        return self._stream.get_extra_info(info)


class Gate(httpcore.NetworkBackend):
    """Where httpcore opens a connection: by name, and here it is decided which machine that means.

    The name is resolved once and the address that was judged is the one connected to, so that a
    name cannot mean another machine a moment later.
    """

    def __init__(self, net: Net, clock: Clock, meter: Meter) -> None:
        self._net = net
        self._clock = clock
        self._meter = meter

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first machine of this name that answers and may be talked to."""
        found = self._machines(host, port)
        public = [ip for ip in found if is_public(ip)]
        if not public:
            raise Unreachable("blocked" if found else "unknown_host")
        for number, ip in enumerate(public, start=1):
            left = self._clock.left()
            seconds = left if number == len(public) else min(_FIRST_TRY, left)
            try:
                stream = self._net.connect(ip, port, seconds)
            except (OSError, httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
            return Timed(stream, self._clock, self._meter)
        self._clock.left()
        raise Unreachable("no_connection")

    def _machines(self, host: str, port: int) -> Sequence[str]:
        try:
            return [str(ipaddress.ip_address(host))]
        except ValueError:
            pass
        try:
            return _in_time(lambda: self._net.resolve(host, port), self._clock.left())
        except (OSError, UnicodeError):
            raise Unreachable("unknown_host") from None


def _in_time(ask: Callable[[], Sequence[str]], seconds: float) -> Sequence[str]:
    """What a resolver answers; the system's own cannot be told when to stop, so it is left."""
    answers: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

    def run() -> None:
        try:
            answers.put(ask())
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=run, daemon=True).start()
    try:
        found = answers.get(timeout=seconds)
    except queue.Empty:
        raise Unreachable("slow_site") from None
    if isinstance(found, Exception):
        raise found
    return found
