"""A site of its own that is killed in the middle of an import, and what must hold afterwards.

Everything is real: an embedded Postgres that syncs to disk, a web server, a worker, a browser's
requests. Only a dead worker's heartbeat is aged, so that its job is put back at once and not after
half a minute.
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg

from config import localpg
from config.localpg import places, processes

ROOT = Path(__file__).resolve().parent.parent.parent
HOST = "127.0.0.1"
PATIENCE = 90.0  # seconds for anything to come to its end
PERSON = "driller"
SEED_PEOPLE = f"""
from reader.models import Desk, Membership, Role, User
desk = Desk.objects.create(name="Drill", slug="drill")
user = User.objects.create_user({PERSON!r}, "driller@example.org", "a long password of ours")
Membership.objects.create(user=user, desk=desk, role=Role.ADMIN)
"""


class Drill:
    """Postgres, web server and worker, each of which can be killed and started again."""

    def __init__(self, data: Path) -> None:
        """Begin with nothing running; `data` is the folder of the database cluster."""
        self.data = data
        with closing(socket.socket()) as probe:
            probe.bind((HOST, 0))
            self.port = probe.getsockname()[1]
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.cookies = SimpleCookie()

    def start_all(self) -> None:
        """Start whatever does not run."""
        if not localpg.is_serving(self.data):
            localpg.start(self.data)
        self.start_children()

    def start_children(self) -> None:
        """Start web server and worker where they have ended, as a supervisor does."""
        for name, command in self._commands().items():
            child = self.running.get(name)
            if child is None or child.poll() is not None:
                self.running[name] = subprocess.Popen(
                    [sys.executable, *command],
                    cwd=ROOT,
                    env=self._told(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )

    def _commands(self) -> Mapping[str, list[str]]:
        web = ["-m", "uvicorn", "config.asgi:application", "--host", HOST, "--lifespan", "off"]
        return {
            "web": [*web, "--port", str(self.port), "--no-proxy-headers"],
            "worker": ["manage.py", "procrastinate", "worker"],
        }

    def _told(self) -> dict[str, str]:
        return {
            **os.environ,
            "DATABASE_URL": localpg.database_url(self.data),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PARALLAX_SECRET_KEY": "only-for-the-drill",
            "PARALLAX_DEBUG": "True",
            "PARALLAX_HTTPS": "False",
            "PARALLAX_HOSTS": HOST,
        }

    def prepare(self) -> None:
        """Start Postgres, make the tables and one admin of one desk."""
        localpg.start(self.data)
        for command in (["migrate"], ["shell", "--command", SEED_PEOPLE]):
            subprocess.run(
                [sys.executable, "manage.py", *command, "--verbosity", "0"],
                cwd=ROOT,
                env=self._told(),
                check=True,
            )

    def kill(self, name: str) -> None:
        """End one with kill -9, in the middle of whatever it does."""
        if name == "postgres":
            place = places.find_place(self.data)
            found = processes.read_pid_file(place.cluster) if place else None
            if found is not None:
                with suppress(ProcessLookupError):
                    os.kill(found.pid, signal.SIGKILL)
                processes.wait_for_orphans(found)
            return
        child = self.running[name]
        child.kill()
        child.wait()

    def stop_all(self) -> None:
        """End what runs, in order."""
        for child in self.running.values():
            child.terminate()
        for child in self.running.values():
            with suppress(subprocess.TimeoutExpired):
                child.wait(15)
            child.kill()
            child.wait()
        localpg.stop(self.data)

    def sql(self, statement: str, *params: Any) -> list[tuple[Any, ...]]:
        """The rows that the database answers with."""
        address = localpg.database_url(self.data)
        with psycopg.connect(address, autocommit=True, connect_timeout=5) as connection:
            cursor = connection.execute(statement, params)
            return cursor.fetchall() if cursor.description else []

    def put_back_jobs(self) -> None:
        """Let the dead worker's heartbeat be old, and put its job back as the tick would."""
        self.sql(
            """UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'
               WHERE last_heartbeat < now() - interval '3 seconds'"""
        )
        self.sql(
            """UPDATE procrastinate_jobs SET status = 'todo', worker_id = NULL, attempts = 0,
                      scheduled_at = NULL
               WHERE queue_name IN ('reader', 'claims') AND (
                   status = 'doing' AND (worker_id IS NULL OR worker_id IN (
                       SELECT id FROM procrastinate_workers
                       WHERE last_heartbeat < now() - interval '1 minute'))
                   OR status = 'todo' AND scheduled_at > now())"""
        )

    def post(self, path: str, fields: Mapping[str, str], table: str = "") -> str | None:
        """Send a form as a browser would; the address that it leads to, None if nobody answers."""
        token = self.cookies["parallax-csrf"].value if "parallax-csrf" in self.cookies else ""
        filled = {**fields, "csrfmiddlewaretoken": token}
        if table:
            body, kind = _multipart(filled, table)
        else:
            body, kind = urlencode(filled).encode(), "application/x-www-form-urlencoded"
        return self._ask("POST", path, body, kind)

    def sign_in(self) -> None:
        """Hold the cookies of an admin of the desk."""
        self._wait_for_web()
        self._ask("GET", "/sign-in/")
        self.post("/sign-in/", {"username": PERSON, "password": "a long password of ours"})
        assert "parallax-session" in self.cookies

    def _wait_for_web(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while self._ask("GET", "/readyz") is None:
            assert time.monotonic() < deadline, "the web server does not come back"
            time.sleep(0.1)

    def _ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> str | None:
        """Where the answer leads to, else its path; None where there is none."""
        sent = {"Cookie": "; ".join(f"{key}={one.value}" for key, one in self.cookies.items())}
        with closing(http.client.HTTPConnection(HOST, self.port, timeout=20)) as connection:
            try:
                headers = {**sent, **({"Content-Type": kind} if kind else {})}
                connection.request(method, path, body or None, headers)
                answer = connection.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException):
                return None
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies.load(line)
        if answer.status >= 500:  # without its database a server may say so, and only then
            return None
        assert answer.status < 400, f"{method} {path}: {answer.status}"
        return answer.headers.get("Location", path)


def _multipart(fields: Mapping[str, str], table: str) -> tuple[bytes, str]:
    line = "--drill-boundary"
    parts = [
        f'{line}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    head = 'Content-Disposition: form-data; name="table"; filename="reports.csv"'
    parts.append(f"{line}\r\n{head}\r\nContent-Type: text/csv\r\n\r\n{table}\r\n{line}--\r\n")
    return "".join(parts).encode(), "multipart/form-data; boundary=drill-boundary"


@contextmanager
def drill(data: Path) -> Iterator[Drill]:
    """A prepared drill with everything running and an admin signed in."""
    site = Drill(data)
    try:
        site.prepare()
        site.start_all()
        site.sign_in()
        yield site
    finally:
        site.stop_all()
