"""Starting and stopping the embedded server of a data folder."""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from config.localpg.binaries import check_major, find_programs
from config.localpg.failure import Failure
from config.localpg.places import (
    NAME,
    PORT,
    Place,
    Say,
    find_place,
    make_folder,
    make_socket_folder,
    settle_place,
)
from config.localpg.processes import read_pid_file, state, wait_for_orphans

if TYPE_CHECKING:
    import psycopg

STARTING_SECONDS = 300  # recovery after a crash may have much to replay
STOPPING_SECONDS = 60
LOG_LINES = 15
# What tests may do without: their data need not outlive a power cut.
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
# Nothing of the caller's environment changes how the server behaves.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def start(data: Path, *, durable: bool = True, say: Say = lambda line: None) -> bool:
    """Make sure that the server of `data` answers; returns whether it had to be started.

    Safe to call from any number of processes at once. `durable=False` is for tests only. `say` is
    told where the data is when that is not in `data`. Raises Failure, with the tail of the server's
    log where there is one.
    """
    with _alone(data):
        place = settle_place(data, say)
        programs = find_programs(place)
        if not place.cluster.exists():
            _initialise(place, programs, durable)
        check_major(programs, place.cluster)
        make_socket_folder(place)
        started = not _is_serving(place)
        if started:
            _launch(place, programs, durable)
        _create_database(place)
        return started


def is_serving(data: Path) -> bool:
    """Whether the server process of `data` is alive; cheap, and does not ask whether it answers."""
    place = find_place(data)
    found = read_pid_file(place.cluster) if place else None
    return bool(place and found and state(found.pid, place.cluster) == "serving")


def stop(data: Path) -> bool:
    """Stop the server of `data`, whoever started it; returns whether there was one to stop.

    Sessions are ended, work that is not committed is rolled back. Raises Failure when the server
    belongs to another user or does not stop.
    """
    if find_place(data) is None:
        return False
    with _alone(data):
        place = find_place(data)
        found = read_pid_file(place.cluster) if place else None
        if place is None or found is None or state(found.pid, place.cluster) != "serving":
            return False
        try:
            os.kill(found.pid, signal.SIGINT)
        except PermissionError as error:
            raise Failure(f"The server of {data} was started by another user.") from error
        deadline = time.monotonic() + STOPPING_SECONDS
        while state(found.pid, place.cluster) == "serving":
            if time.monotonic() > deadline:
                raise Failure(f"The server of {data} (process {found.pid}) does not stop.")
            time.sleep(0.02)
        with contextlib.suppress(OSError):
            place.sockets.rmdir()
        return True


@contextlib.contextmanager
def _alone(data: Path) -> Iterator[None]:
    """Let one process at a time start or stop the server of `data`."""
    make_folder(data, 0o755)
    path = data / "postgres.lock"
    try:
        lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        reason = f"{path} cannot be written ({error.strerror})"
        raise Failure(f"{reason}: name a folder of your own with PARALLAX_DATA.") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _initialise(place: Place, programs: Path, durable: bool) -> None:
    """Make an empty cluster, whole or not at all."""
    fresh = place.home / "cluster.new"
    shutil.rmtree(fresh, ignore_errors=True)
    make_folder(fresh, 0o700, place.account)
    command = [str(programs / "initdb"), "-D", str(fresh), "-U", NAME, "--auth=trust"]
    command += ["--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"]
    command += [] if durable else ["--no-sync"]
    done = subprocess.run(
        command,
        cwd="/",
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        text=True,
        **place.options(),  # type: ignore[call-overload]
    )
    if done.returncode != 0:
        shutil.rmtree(fresh, ignore_errors=True)
        raise Failure(f"The database could not be made:\n{done.stderr.strip()}")
    fresh.rename(place.cluster)


def _is_serving(place: Place) -> bool:
    """Whether the server runs and answers. What a dead one has left behind is cleared away."""
    found = read_pid_file(place.cluster)
    if found is None:
        return False
    if state(found.pid, place.cluster) != "serving":
        wait_for_orphans(found)
        found.remove()
        return False
    if found.sockets and Path(found.sockets) != place.sockets:
        reason = f"The server of {place.home} was started for another folder"
        raise Failure(f"{reason} (process {found.pid}): stop it there first.")
    if found.is_ready and not found.socket.exists():
        reason = f"The socket of the running server (process {found.pid}) has been removed"
        raise Failure(f"{reason}: run `make stop`, then start again.")
    if _wait_for_answer(place, found.pid):
        return True
    wait_for_orphans(found)  # it was on its way down
    found.remove()
    return False


def _launch(place: Place, programs: Path, durable: bool) -> None:
    """Start the server in the background, outside our process group, and wait for its answer."""
    if not place.log.exists():
        place.log.touch(0o600)
        if place.account:
            os.chown(place.log, place.account.uid, place.account.gid)
    from_byte = place.log.stat().st_size
    settings = ["listen_addresses=", f"unix_socket_directories={place.sockets}", f"port={PORT}"]
    settings += ["unix_socket_permissions=0700", *(() if durable else CARELESS)]
    command = [str(programs / "postgres"), "-D", str(place.cluster)]
    for setting in settings:
        command += ["-c", setting]
    # The shell ends at once, so that the server is nobody's child and outlives this process.
    shell = 'log=$1; shift; "$@" </dev/null >>"$log" 2>&1 & echo $!'
    done = subprocess.run(
        ["/bin/sh", "-c", shell, "sh", str(place.log), *command],
        cwd="/",
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        start_new_session=True,
        check=True,
        **place.options(),  # type: ignore[call-overload]
    )
    if not _wait_for_answer(place, int(done.stdout)):
        with place.log.open("rb") as log:
            log.seek(from_byte)
            lines = log.read().decode("utf-8", errors="replace").splitlines()
        tail = "\n".join(lines[-LOG_LINES:])
        raise Failure(f"The database server ended at once. Its log, {place.log}, says:\n{tail}")


def _wait_for_answer(place: Place, pid: int) -> bool:
    """Wait until the server answers a query; returns False when its process has ended instead."""
    deadline = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < deadline:
        try:
            with _connect(place) as connection:
                connection.execute("SELECT 1")
            return True
        except _psycopg().OperationalError:
            if state(pid, place.cluster) in ("gone", "zombie"):
                return False
        time.sleep(0.02)
    raise Failure(f"The database server (process {pid}) does not answer; its log is {place.log}.")


def _create_database(place: Place) -> None:
    """Make the one database of the cluster if it is not there yet."""
    with _connect(place) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
        if found.fetchone() is None:
            connection.execute(f"CREATE DATABASE {NAME}")


def _connect(place: Place) -> "psycopg.Connection":
    connection: psycopg.Connection = _psycopg().connect(
        host=str(place.sockets),
        port=PORT,
        user=NAME,
        dbname="postgres",
        connect_timeout=5,
        autocommit=True,
    )
    return connection


def _psycopg() -> ModuleType:
    """The driver, loaded late: `stop` must also work where it is not installed."""
    import psycopg

    return psycopg
