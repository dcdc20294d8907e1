"""The site as a child process, and a browser's side of the connection to it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from pathlib import Path

from django.conf import settings

HOST = "127.0.0.1"
UNCHANGED = HTTPStatus.NOT_MODIFIED
PATIENCE = 60  # seconds that the server may take to answer
WEB = ["-m", "uvicorn", "config.asgi:application", "--host", HOST, "--lifespan", "off"]
WEB += ["--log-level", "warning", "--no-access-log", "--no-proxy-headers"]
WEB += ["--timeout-keep-alive", "3600"]  # seconds: a connection rests while other cases run


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back; `body` is as it was sent, compressed where the server did so."""

    status: int
    etag: str
    encoding: str
    body: bytes


@dataclass(kw_only=True)
class Visitor:
    """One connection that stays open, with its cookies."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    @cached_property
    def connection(self) -> HTTPConnection:
        """Opened at the first request."""
        return HTTPConnection(HOST, self.port, timeout=PATIENCE)

    def get(self, path: str, *, etag: str = "", status: int = HTTPStatus.OK) -> Answer:
        """Ask for an address. Raises `RuntimeError` for any other answer than `status`."""
        headers = {"Accept-Encoding": "gzip"}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if etag:
            headers["If-None-Match"] = etag
        self.connection.request("GET", path, headers=headers)
        response = self.connection.getresponse()
        body = response.read()
        if response.status != status:
            raise RuntimeError(f"{path} answered {response.status} instead of {status}.")
        for line in response.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: part.value for name, part in SimpleCookie(line).items()}
        return Answer(
            status=response.status,
            etag=response.headers.get("ETag", ""),
            encoding=response.headers.get("Content-Encoding", ""),
            body=body,
        )


@contextmanager
def running_site(database_url: str, static: Path) -> Iterator[int]:
    """Serve the site as production would, static files collected in `static`, until the block ends.

    Yields the port.
    """
    told = environment(database_url, static)
    _run([sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"], told)
    with closing(socket.socket()) as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    command = [sys.executable, *WEB, "--port", str(port)]
    with subprocess.Popen(command, cwd=settings.BASE_DIR, env=told) as web:
        try:
            _wait(port, web)
            yield port
        finally:
            web.terminate()


def environment(database_url: str, static: Path) -> dict[str, str]:
    """The variables of a process of ours that uses the database."""
    return {
        **os.environ,
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PARALLAX_SECRET_KEY": settings.SECRET_KEY,
        "PARALLAX_DEBUG": "False",
        "PARALLAX_HTTPS": "False",
        "PARALLAX_HOSTS": HOST,
        "PARALLAX_STATIC_ROOT": str(static),
        "PARALLAX_LOG_LEVEL": "WARNING",
    }


def _run(command: list[str], told: dict[str, str]) -> None:
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=told, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed: {done.stderr[-1000:]}")


def _wait(port: int, web: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if web.poll() is not None:
            raise RuntimeError(f"The web server ended with {web.returncode}; see its lines above.")
        with closing(HTTPConnection(HOST, port, timeout=5)) as connection:
            try:
                connection.request("GET", "/readyz")
                if connection.getresponse().status == HTTPStatus.OK:
                    return
            except OSError:
                time.sleep(0.1)
    raise RuntimeError("The web server did not become ready.")
