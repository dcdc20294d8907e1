"""The site that the browser tests look at: a cloned database, a web server and a worker."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote

from config.children import Children

ROOT = Path(__file__).resolve().parent.parent.parent
HOST = "127.0.0.1"
PATIENCE = 60  # seconds that the web server may take to answer


@dataclass(frozen=True, kw_only=True)
class Site:
    """Where it is, and what is in it."""

    address: str
    mails: Path
    story: int
    points: list[int]
    six_points: list[int]
    texts: dict[str, str]
    article: int
    imports: dict[str, int]
    renewed: int
    right_to_left: int

    def url(self, path: str) -> str:
        """The full address of a path."""
        return self.address + path


def database_address(settings: Mapping[str, Any], name: str) -> str:
    """The DATABASE_URL of another database on the same server."""
    person = quote(settings["USER"] or "postgres")
    password = f":{quote(settings['PASSWORD'])}" if settings["PASSWORD"] else ""
    port = f":{settings['PORT']}" if settings["PORT"] else ""
    return f"postgres://{person}{password}@{quote(settings['HOST'] or '', safe='')}{port}/{name}"


def environment(database_url: str, static: Path) -> dict[str, str]:
    """What the children are told: a demo's settings, the cloned database, made-up sites."""
    return {
        **os.environ,
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "tests.net_settings",
        "PARALLAX_SECRET_KEY": "only-for-browser-tests",
        "PARALLAX_DEMO": "True",
        "PARALLAX_DEBUG": "False",
        "PARALLAX_HTTPS": "False",
        "PARALLAX_HOSTS": HOST,
        "PARALLAX_STATIC_ROOT": str(static),
        "PARALLAX_SMTP_HOST": "",
        "PARALLAX_MAIL_FOLDER": str(mail_folder(static)),
        "PARALLAX_LOG_LEVEL": "WARNING",
    }


def mail_folder(static: Path) -> Path:
    """Where the children put the mails that they would send, beside the static files."""
    return static.with_name(f"{static.name}-mails")


@contextmanager
def running_site(database_url: str, static: Path, more: Mapping[str, str]) -> Iterator[Site]:
    """Fill the database, collect the static files, and serve until the block ends.

    `more` is what the children are told besides: where the made-up sites are.
    """
    told = {**environment(database_url, static), **more}
    _run(told, "manage.py", "migrate", "--no-input", "--verbosity", "0")
    _run(told, "manage.py", "collectstatic", "--no-input", "--verbosity", "0")
    seeded = json.loads(_run(told, "-m", "tests.browser.seed").splitlines()[-1])
    with closing(socket.socket()) as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    children = Children()
    try:
        web = ["-m", "uvicorn", "config.asgi:application", "--host", HOST, "--port", str(port)]
        web += ["--lifespan", "off", "--log-level", "warning", "--no-proxy-headers"]
        children.start("web", [sys.executable, *web, "--timeout-graceful-shutdown", "2"], told)
        children.start("worker", [sys.executable, "manage.py", "procrastinate", "worker"], told)
        _wait(port, children)
        yield Site(address=f"http://{HOST}:{port}", mails=mail_folder(static), **seeded)
    finally:
        children.stop()


def _run(told: Mapping[str, str], *command: str) -> str:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**told},
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr[-3000:]}")
    return done.stdout


def _wait(port: int, children: Children) -> None:
    """Wait until the web server answers that it is ready."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if ended := children.ended():
            raise RuntimeError(f"{ended[0]} ended with {ended[1]}; see its lines above.")
        with closing(HTTPConnection(HOST, port, timeout=5)) as connection:
            try:
                connection.request("GET", "/readyz")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.1)
    raise RuntimeError("The web server did not become ready.")
