"""`make demo`: the database, the demo story, a web server and a worker, until Ctrl-C.

Runs with DEBUG off and collected static files, as a real server would. Everything that it has
started ends with it; if one part dies, all end.
"""

import argparse
import http.client
import os
import signal
import socket
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from types import FrameType

from config import env
from config.children import CHECKOUT, Children
from config.localpg import Failure, data_folder, is_serving, stop
from config.one_demo import MakeAbove, only_one
from config.serving import prepare

HOST = "127.0.0.1"
FIRST_PORT = 8000
PORTS_TRIED = 50
STARTING_SECONDS = 60
STEP = 0.25  # seconds between two looks at the children


class Stopped(Exception):
    """Somebody asked the demo to end."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the demo. Returns 0 after Ctrl-C, 1 when something failed."""
    parser = argparse.ArgumentParser(prog="make demo")
    parser.add_argument("--port", type=int, help=f"port to listen on (else {FIRST_PORT} or next)")
    wanted: int | None = parser.parse_args(arguments).port
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, _raise_stopped)
    try:
        with only_one(data_folder()) as note:
            return _run(wanted, note)
    except Stopped:
        return 0
    except (Failure, env.BadSetting) as error:
        print(error, file=sys.stderr)
        return 1


def _raise_stopped(number: int, frame: FrameType | None) -> None:
    raise Stopped


def _run(wanted: int | None, note: Path) -> int:
    """Start everything, say where it is, and watch it."""
    port = choose_port(wanted)
    address = f"http://{HOST}:{port}/"
    _set_environment()
    os.chdir(CHECKOUT)
    print("Starting the database.", flush=True)
    found_running = env.text("DATABASE_URL") or is_serving(data_folder())
    children = Children()
    make = MakeAbove()
    try:
        prepare()
        _fill_database()
        note.write_text(address, encoding="ascii")
        _start_children(children, port)
        _wait_for_story(children, port)
        _print_welcome(address)
        while True:
            _check_parts(children)
            if make.was_ended():
                raise Stopped
            time.sleep(STEP)
    except Stopped:
        print("Stopping the demo.", flush=True)
        return 0
    finally:
        # A second Ctrl-C must not leave half of it running.
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, signal.SIG_IGN)
        children.stop()
        if not found_running:
            stop(data_folder())


def choose_port(wanted: int | None) -> int:
    """The port named, or the first free one from 8000 on. Raises Failure when there is none."""
    if wanted is not None:
        if not 0 < wanted < 65536:
            raise Failure(f"{wanted} is not a port: name one from 1 to 65535.")
        if not _is_free(wanted):
            raise Failure(f"Port {wanted} is taken: name another one, as in make demo PORT=8123.")
        return wanted
    for port in range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        if _is_free(port):
            if port != FIRST_PORT:
                print(f"Port {FIRST_PORT} is taken, so the demo takes {port}.", flush=True)
            return port
    raise Failure(f"No port is free from {FIRST_PORT} on: name one, as in make demo PORT=8123.")


def _is_free(port: int) -> bool:
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def _set_environment() -> None:
    """Make the settings those of a demo, whatever the shell says, before Django reads them."""
    os.environ.update(
        DJANGO_SETTINGS_MODULE="config.settings",
        PARALLAX_DEMO="True",
        PARALLAX_DEBUG="False",
        PARALLAX_HTTPS="False",
        PARALLAX_BEHIND_PROXY="False",
        PARALLAX_HOSTS="127.0.0.1,localhost",
        PARALLAX_TRUSTED_ORIGINS="",
        PARALLAX_SMTP_HOST="",  # the demo's mails are printed here, and reach nobody
        PARALLAX_MAIL_FOLDER="",
        PARALLAX_STATIC_ROOT=str(data_folder() / "static"),
    )


def _fill_database() -> None:
    """Bring tables, static files, people and the demo story up to date, in this process."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from config import demo_story

    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    demo_story.make_people()
    demo_story.import_story()
    connections.close_all()


def _start_children(children: Children, port: int) -> None:
    web = ["uvicorn", "config.asgi:application", "--host", HOST, "--port", str(port)]
    # No proxy stands before the demo, so nobody may say on whose behalf they ask.
    web += ["--no-proxy-headers", "--lifespan", "off", "--log-level", "warning"]
    web += ["--timeout-graceful-shutdown", "3"]
    worker = ["manage.py", "procrastinate", "worker", "--shutdown-graceful-timeout", "5"]
    children.start("web", [sys.executable, "-m", *web], os.environ)
    children.start("worker", [sys.executable, *worker], os.environ)


def _wait_for_story(children: Children, port: int) -> None:
    """Wait until the web server answers and the demo story is compared."""
    from django.db import connections

    from config import demo_story

    deadline = time.monotonic() + STARTING_SECONDS
    while not _is_ready(port):
        if time.monotonic() > deadline:
            raise Failure("The web server does not answer; see the lines above.")
        _check_parts(children)
        time.sleep(STEP)
    print("Comparing the demo story.", flush=True)
    while (found := demo_story.comparison_state())[0] == "pending":
        _check_parts(children)
        time.sleep(STEP)
    connections.close_all()
    state, reason = found
    if state != "ready":
        raise Failure(f"The demo story could not be compared ({reason or state}).")


def _is_ready(port: int) -> bool:
    """Whether the web server says that it can serve."""
    with closing(http.client.HTTPConnection(HOST, port, timeout=5)) as connection:
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == http.HTTPStatus.OK
        except OSError:
            return False


def _check_parts(children: Children) -> None:
    """Raise Failure when a part of the demo has ended by itself."""
    ended = children.ended()
    if ended:
        raise Failure(f"{ended[0]} ended with code {ended[1]}, so the demo stops.")
    if not env.text("DATABASE_URL") and not is_serving(data_folder()):
        raise Failure("The database server ended, so the demo stops.")


def _print_welcome(address: str) -> None:
    from config.demo_story import PEOPLE, SLUG, password_of

    lines = ["", "The demo is ready.", "", f"  {address}stories/{SLUG}/", ""]
    lines += [f"  {name:12} {password_of(name)}" for name, _ in PEOPLE]
    lines += ["", "These sign-ins work on this computer only. Ctrl-C stops the demo.", ""]
    print("\n".join(lines), flush=True)


if __name__ == "__main__":
    sys.exit(main())
