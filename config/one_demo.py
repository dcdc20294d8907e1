"""One demo at a time: the lock that it holds, who holds it, and how it is ended from elsewhere."""

import contextlib
import fcntl
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from config.localpg import Failure

STOPPING_SECONDS = 60  # web server, worker and database end one after the other
STEP = 0.1


@contextlib.contextmanager
def only_one(folder: Path) -> Iterator[Path]:
    """Hold the demo's lock; yields the file that tells others where this demo is.

    Raises Failure when the folder cannot be written, or a demo runs already.
    """
    note = folder / "demo.address"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "demo.lock").open("a+", encoding="ascii")
    except OSError as error:
        raise Failure(f"{folder} cannot be written by this user.") from error
    with lock:
        if not _lock(lock):
            where = note.read_text(encoding="ascii") if note.exists() else "and is starting"
            raise Failure(f"The demo runs already: {where}")
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        try:
            yield note
        finally:
            note.unlink(missing_ok=True)


def stop_running(folder: Path) -> bool:
    """End the demo of `folder` as Ctrl-C would and wait for that; returns whether there was one.

    Raises Failure when it belongs to another user or does not end.
    """
    try:
        lock = (folder / "demo.lock").open(encoding="ascii")
    except FileNotFoundError:
        return False
    except OSError as error:
        raise Failure(f"{folder} cannot be read by this user.") from error
    with lock:
        if _lock(lock):
            return False
        holder = lock.read().strip()
        try:
            os.kill(int(holder), signal.SIGTERM)
        except ProcessLookupError:
            pass  # it has just ended
        except (PermissionError, ValueError) as error:
            reason = "A demo uses this database, and it cannot be ended from here"
            raise Failure(f"{reason}: press Ctrl-C where it runs.") from error
        deadline = time.monotonic() + STOPPING_SECONDS
        while not _lock(lock):
            if time.monotonic() > deadline:
                raise Failure(f"The demo (process {holder}) does not end.")
            time.sleep(STEP)
    return True


def _lock(file: TextIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


class MakeAbove:
    """The make that runs this process, to end with it.

    make passes SIGTERM on to what it runs, but not SIGINT, which a terminal sends to all of them:
    sent to make alone it is taken, and make waits for the demo. It no longer catches it then, which
    only Linux shows.
    """

    def __init__(self) -> None:
        """Look at it once; without make there is nothing to watch."""
        self._pid = os.getppid() if os.environ.get("MAKELEVEL") else None
        self._catches = self._catches_interrupts()

    def was_ended(self) -> bool:
        """Whether it has gone, or was interrupted and waits for this process."""
        if self._pid is None:
            return False
        return os.getppid() != self._pid or (self._catches and not self._catches_interrupts())

    def _catches_interrupts(self) -> bool:
        try:
            lines = Path(f"/proc/{self._pid}/status").read_text(encoding="ascii").splitlines()
        except (OSError, UnicodeDecodeError):
            return False
        caught = next((line.split()[1] for line in lines if line.startswith("SigCgt:")), "0")
        return bool(int(caught, 16) >> (signal.SIGINT - 1) & 1)
