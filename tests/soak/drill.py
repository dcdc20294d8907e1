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
from random import Random
from typing import Any
from urllib.parse import urlencode

import psycopg

from config import localpg
from config.localpg import places, processes
from reader.text import text_sha256

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


def reports(number: int, count: int) -> list[tuple[str, str, str, str]]:
    """Rows of a table: source, title, published, text; no two are alike in any round."""
    return [
        (
            f"Outlet {row % 5}",
            f"Report {row} of round {number}",
            f"2026-02-{1 + row % 28:02}T0{row % 10}:00+00:00",
            _told(number, row),
        )
        for row in range(count)
    ]


def _told(number: int, row: int) -> str:
    votes = f"In round {number} the council of district {row} counted {1000 + row} votes."
    return f"{votes} Nobody in ward {row * 7} had said so before day {number}."


def one_round(site: Drill, number: int, count: int, victim: str, chance: Random) -> None:
    """Import a table, kill the victim at a random moment, and state that all is there once."""
    story = f"Round {number}"
    rows = reports(number, count)
    table = "source,title,published,text\r\n" + "".join(
        ",".join(f'"{cell}"' for cell in row) + "\r\n" for row in rows
    )
    killed_at = time.monotonic() + chance.uniform(0.0, 4.0)
    deadline = time.monotonic() + PATIENCE
    killed = False
    while True:
        if not killed and time.monotonic() >= killed_at:
            site.kill(victim)
            site.start_all()
            killed = True
        with suppress(psycopg.OperationalError):
            if killed:
                site.put_back_jobs()
            if _step(site, story, table) and killed:
                break
        assert time.monotonic() < deadline, f"round {number}, {victim}: {_where(site, story)}"
        time.sleep(0.05)
    check(site, story, rows)


def _step(site: Drill, story: str, table: str) -> bool:
    """Do what a person who looks at the page would do next; whether the import is done.

    Nobody sends a table twice that went in: without an answer they look into the list first.
    """
    found = site.sql(
        "SELECT id, state FROM reader_importbatch WHERE new_story = %s ORDER BY id", story
    )
    assert len(found) <= 1
    if not found:
        site.post("/import/", {"way": "table", "new_story": story, "zone": "UTC"}, table)
        return False
    ((batch, state),) = found
    if state == "mapping":
        chosen = {f"column_{at}": name for at, name in enumerate(_COLUMNS)}
        site.post(f"/import/{batch}/columns/", {**chosen, "zone": "UTC"})
    elif state == "waiting":
        site.post(f"/import/{batch}/items/", {"verb": "confirm_all"})
    return bool(state == "done")


_COLUMNS = ("source", "title", "published", "text")


def _where(site: Drill, story: str) -> object:
    return site.sql(
        """SELECT b.state, i.status, i.reason, count(*) FROM reader_importbatch b
           LEFT JOIN reader_importitem i ON i.batch_id = b.id WHERE b.new_story = %s
           GROUP BY 1, 2, 3""",
        story,
    ), site.sql("SELECT task_name, status, count(*) FROM procrastinate_jobs GROUP BY 1, 2")


def check(site: Drill, story: str, rows: list[tuple[str, str, str, str]]) -> None:
    """Nothing lost, doubled or half-written: each report once, whole, with its audit entry."""
    assert site.sql("SELECT count(*) FROM reader_story WHERE title = %s", story) == [(1,)]
    stored = site.sql(
        """SELECT v.text, v.text_sha256, a.current_sha256, v.number, s.name, a.title,
                  octet_length(r.content) > 0,
                  (SELECT count(*) FROM reader_auditentry e
                    WHERE e.object_type = 'reader.article' AND e.object_id = a.id
                      AND e.action = 'reader.article.added'),
                  (SELECT count(*) FROM reader_importitem i WHERE i.version_id = v.id
                      AND i.status = 'created')
           FROM reader_article a JOIN reader_story t ON t.id = a.story_id
           LEFT JOIN reader_articleversion v ON v.article_id = a.id
           LEFT JOIN reader_rawdocument r ON r.id = v.raw_document_id
           JOIN reader_source s ON s.id = a.source_id WHERE t.title = %s""",
        story,
    )
    expected = sorted((text, source, title) for source, title, _published, text in rows)
    assert sorted((row[0], row[4], row[5]) for row in stored) == expected
    for text, digest, current, number, _source, _title, has_raw, added, items in stored:
        assert (text_sha256(text), digest, number) == (digest, current, 1)
        assert (has_raw, added, items) == (True, 1, 1)
