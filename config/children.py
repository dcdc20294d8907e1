"""Child processes of the demo: started together, watched, and stopped together."""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

CHECKOUT = Path(__file__).resolve().parent.parent
PATIENCE = 10  # seconds a child has to end before it is killed


class Children:
    """A few processes whose output is printed with their names in front."""

    def __init__(self) -> None:
        """Start with none."""
        self._running: dict[str, subprocess.Popen[str]] = {}
        self._printers: list[threading.Thread] = []

    def start(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start one, in a session of its own: Ctrl-C reaches it through `stop`, in order."""
        child = subprocess.Popen(
            command,
            cwd=CHECKOUT,
            env={**environment, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        self._running[name] = child
        assert child.stdout
        printer = threading.Thread(target=_pass_on, args=(name, child.stdout), daemon=True)
        printer.start()
        self._printers.append(printer)

    def ended(self) -> tuple[str, int] | None:
        """The name and exit code of one that has ended by itself, if any has."""
        for name, child in self._running.items():
            code = child.poll()
            if code is not None:
                return name, code
        return None

    def stop(self) -> None:
        """Ask all to end, then kill what is left of them and of what they have started."""
        for child in self._running.values():
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + PATIENCE
        for child in self._running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(max(0.0, deadline - time.monotonic()))
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
        for printer in self._printers:
            printer.join(PATIENCE)
        self._running.clear()
        self._printers.clear()


def _pass_on(name: str, stream: IO[str]) -> None:
    with stream:
        for line in stream:
            print(f"{name:6} | {line}", end="", flush=True)
