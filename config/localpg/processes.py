"""Whether the server that a data folder remembers is still alive.

A pid file proves nothing: its process may be gone, may be another one that got the number since, or
may be a zombie that nobody reaps (as in containers whose first process does not). Linux is asked
through /proc, other systems through `ps`.
"""

import contextlib
import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from config.localpg.failure import Failure
from config.localpg.places import PORT

PROC = Path("/proc")
State = Literal["gone", "zombie", "other", "serving"]
ORPHANS_SECONDS = 30  # what a dead server's children may need to notice its death


@dataclass(frozen=True)
class PidFile:
    """What a server has written about itself in its cluster."""

    path: Path
    pid: int
    sockets: str
    memory: int | None  # id of the shared memory by which Postgres knows its own
    is_ready: bool  # it has said that it takes connections

    @property
    def socket(self) -> Path:
        """The socket that it has made."""
        return Path(self.sockets) / f".s.PGSQL.{PORT}"

    def remove(self) -> None:
        """Remove the file and the lock beside the socket. Only for a server known to be dead."""
        self.path.unlink(missing_ok=True)
        if self.sockets:
            self.socket.unlink(missing_ok=True)
            self.socket.with_name(f"{self.socket.name}.lock").unlink(missing_ok=True)


def read_pid_file(cluster: Path) -> PidFile | None:
    """The pid file of the server of `cluster`; None when there is none or half of one."""
    path = cluster / "postmaster.pid"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        pid = int(lines[0])
    except (FileNotFoundError, ValueError, IndexError):
        return None
    except PermissionError as error:
        raise Failure(f"{path} cannot be read by this user.") from error
    memory = lines[6].split() if len(lines) > 6 else []
    number = int(memory[1]) if len(memory) == 2 and memory[1].isdigit() else None
    is_ready = len(lines) > 7 and lines[7].strip() == "ready"
    return PidFile(path, abs(pid), lines[4] if len(lines) > 4 else "", number, is_ready)


def state(pid: int, cluster: Path) -> State:
    """What process `pid` is now: `serving` if it is the living server of `cluster`."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)  # reaps it if it was ours; others' children are not touched
    status, command = _process(pid)
    if not status:
        return "gone"
    if status.startswith(("Z", "X")):
        return "zombie"
    words = command.split("\0") if "\0" in command else command.split(" ")
    is_server = Path(words[0]).name == "postgres" and str(cluster) in command
    return "serving" if is_server else "other"


def wait_for_orphans(found: PidFile) -> None:
    """Wait until no process of a dead server uses its shared memory any more.

    A killed server leaves children that end soon, but may still write. Raises Failure when they
    stay, or when it cannot be found out: starting then could spoil the data.
    """
    deadline = time.monotonic() + ORPHANS_SECONDS
    while time.monotonic() < deadline:
        users = _memory_users(found.memory)
        if users == 0:
            return
        if users is None:
            break
        time.sleep(0.05)
    raise Failure(
        f"An earlier server was killed and may have left processes behind. When there are none, "
        f"remove {found.path} and start again."
    )


def _process(pid: int) -> tuple[str, str]:
    """The status letters and the command line of a process; empty when there is none."""
    if not (PROC / "self").exists():
        command = ["/bin/ps", "-ww", "-o", "stat=,command=", "-p", str(pid)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        status, _, rest = done.stdout.strip().partition(" ")
        return status, rest.strip()
    try:
        stat = (PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
        command_line = (PROC / str(pid) / "cmdline").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return "", ""
    return stat.rpartition(")")[2].split()[0], command_line


def _memory_users(memory: int | None) -> int | None:
    """How many processes are attached to a shared memory segment; None if that is not known."""
    if memory is None:
        return 0  # the server died before it had any
    try:
        table = (PROC / "sysvipc" / "shm").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    columns = table[0].split()
    for line in table[1:]:
        row = dict(zip(columns, line.split(), strict=False))
        if int(row["shmid"]) == memory:
            return int(row["nattch"])
    return 0
