"""A small internet on loopback: made-up sites for all tests of what is fetched.

    def test_something(loopback):                       # the fixture, in tests/conftest.py
        loopback.put("https://news.example/a", Answer("<article>…</article>"))
        fetch("https://news.example/a", net=LOOPBACK)   # services do so by themselves:
                                                        # tests/settings.py names it in FETCH_NET
        loopback.asked                                  # what came to the sites, in order

Names under .example resolve to made-up addresses that count as global, other names to nothing;
`loopback.names` says otherwise, also for each time anew. Connections to any address end at the
local server. Sites of `SECURE` also have a certificate. A process that a test starts takes part
when it runs with the settings `tests.net_settings` and `loopback.environment`: so do the web server
and the worker of the browser tests, whose fixture is `internet`.
"""

import os
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from zlib import crc32

import httpcore

from reader.ingest.fetch import Net

HERE = "127.0.0.1"
PEM = Path(__file__).parent / "tls" / "sites.pem"
SECURE = "news.example www.news.example m.news.example herald.example wire.example feeds.example"
_PORTS = "TESTS_NET_PORTS"  # read here only: the ports of the server of another process


@dataclass(frozen=True)
class Asked:
    """What was asked of a site; the names of headers are in lower case."""

    address: str
    headers: Mapping[str, str]
    sni: str | None = None


@dataclass(frozen=True)
class Answer:
    """What a site answers."""

    body: str | bytes = b""
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    def as_bytes(self) -> bytes:
        body = self.body.encode() if isinstance(self.body, str) else self.body
        told = {"Content-Type": self.content_type, "Content-Length": str(len(body)), **self.headers}
        lines = [f"HTTP/1.1 {self.status} Said", *(f"{key}: {told[key]}" for key in told)]
        return "\r\n".join([*lines, "", ""]).encode() + (b"" if self.status == 304 else body)


# What a wild site sends, piece by piece, headers and all; it ends when the asker is gone.
Pieces = Callable[[Asked], Iterator[bytes]]
Replying = Callable[[Asked], Answer]


def redirect(address: str, status: int = 302, headers: Mapping[str, str] | None = None) -> Answer:
    """A site that sends on to another address."""
    return Answer(status=status, headers={"Location": address, **(headers or {})})


class Loopback:
    """The made-up sites of a test, while it runs."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.connected: list[str] = []
        self.names: dict[str, Sequence[str] | Callable[[], Sequence[str]]] = {}
        self.down: set[str] = set()  # addresses at which nobody listens
        self.over = threading.Event()
        self._answers: dict[str, Answer | Replying] = {}
        self._wild: dict[str, Pieces] = {}
        self.ports: dict[int, int] = {}

    @property
    def environment(self) -> dict[str, str]:
        """What a child process is told so that it meets the same sites."""
        return {_PORTS: f"{self.ports[80]},{self.ports[443]}"}

    def put(self, address: str, answer: Answer | Replying | str) -> None:
        """Let a site answer so at this address, from now on."""
        self._answers[address] = Answer(answer) if isinstance(answer, str) else answer

    def let_loose(self, address: str, pieces: Pieces) -> None:
        """Let a site send anything at all at this address."""
        self._wild[address] = pieces

    def reply(self, asked: Asked) -> Iterator[bytes]:
        """The bytes that answer a question."""
        self.asked.append(asked)
        if wild := self._wild.get(asked.address):
            yield from wild(asked)
            return
        found = self._answers.get(asked.address, Answer("Nothing here", status=404))
        yield (found(asked) if callable(found) else found).as_bytes()


class _Server(ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, sites: Loopback, context: ssl.SSLContext | None) -> None:
        self.sites = sites
        self.context = context
        super().__init__((HERE, 0), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Askers hang up as they like."""


class _Handler(StreamRequestHandler):
    server: _Server

    def setup(self) -> None:
        self.sni: str | None = None
        if self.server.context:
            self.request = self.server.context.wrap_socket(self.request, server_side=True)
            self.sni = getattr(self.request, "told_name", None)
        super().setup()

    def finish(self) -> None:
        with suppress(OSError, ValueError):
            super().finish()
        self.request.close()

    def handle(self) -> None:
        if asked := self._question():
            for piece in self.server.sites.reply(asked):
                if self.server.sites.over.is_set():
                    return
                self.request.sendall(piece)

    def _question(self) -> Asked | None:
        line = self.rfile.readline().decode("latin-1").split()
        headers: dict[str, str] = {}
        while (row := self.rfile.readline().decode("latin-1").strip()) and len(headers) < 100:
            name, _, value = row.partition(":")
            headers[name.lower()] = value.strip()
        if len(line) != 3:
            return None
        scheme = "https" if self.server.context else "http"
        return Asked(f"{scheme}://{headers.get('host', '')}{line[1]}", headers, self.sni)


@contextmanager
def sites() -> Iterator[Loopback]:
    """Made-up sites that `LOOPBACK` finds while the block lasts; one block at a time."""
    global _running  # noqa: PLW0603 - LOOPBACK is named by a setting, so it must find them itself
    with serving() as here:
        _running = here
        try:
            yield here
        finally:
            _running = None


@contextmanager
def serving() -> Iterator[Loopback]:
    """Made-up sites for other processes: those that are told of `environment`."""
    here = Loopback()
    servers = [_Server(here, None), _Server(here, _certified())]
    here.ports = {80: servers[0].server_address[1], 443: servers[1].server_address[1]}
    for server in servers:
        threading.Thread(target=server.serve_forever, args=(0.005,), daemon=True).start()
    try:
        yield here
    finally:
        here.over.set()
        for server in servers:
            server.shutdown()
            server.server_close()


def _certified() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(PEM)

    def told(connection: ssl.SSLSocket | ssl.SSLObject, name: str | None, _: object) -> None:
        connection.told_name = name  # type: ignore[union-attr]

    context.sni_callback = told
    return context


def resolve(name: str, port: int) -> Sequence[str]:
    """Made-up addresses of the open internet for names under .example; no DNS is ever asked."""
    said = _running.names.get(name) if _running else None
    if said is not None:
        return said() if callable(said) else said
    if not name.endswith(".example"):
        raise socket.gaierror(socket.EAI_NONAME, "no such name")
    return [f"93.184.215.{crc32(name.encode()) % 254 + 1}"]


def connect(ip: str, port: int, seconds: float) -> httpcore.NetworkStream:
    """A connection to the local server, whatever the address; nobody listens without one."""
    if _running:
        _running.connected.append(ip)
        ports = {} if ip in _running.down else _running.ports
    else:
        told = os.environ.get(_PORTS, "")
        ports = dict(zip((80, 443), map(int, told.split(",")), strict=True)) if told else {}
    if port not in ports:
        raise ConnectionRefusedError
    return httpcore.SyncBackend().connect_tcp(HERE, ports[port], timeout=seconds)


def trust() -> ssl.SSLContext:
    """Trust in the certificate of the made-up sites alone; all checks as for the internet."""
    return ssl.create_default_context(cafile=str(PEM))


_running: Loopback | None = None
LOOPBACK = Net(resolve=resolve, connect=connect, trust=trust)
