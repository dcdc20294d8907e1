"""One demo at a time, ended from elsewhere as by Ctrl-C, and together with its make."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from config import one_demo
from config.localpg import Failure

HOLDER = """
import signal, sys, time
from pathlib import Path
from config.one_demo import only_one
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
with only_one(Path(sys.argv[1])) as note:
    note.write_text("http://127.0.0.1:8123/")
    print("held", flush=True)
    time.sleep(600)
"""
# Stands for the demo: says that it runs, and then how it ended.
WATCHER = """
import signal, time
from config.one_demo import MakeAbove
make = MakeAbove()
print("up", flush=True)
while not make.was_ended():
    time.sleep(0.05)
print("ended", flush=True)
"""
# A run of the tests in the background ignores Ctrl-C, and what it starts would do so as well. Tests
# that make runs are below it, and a make below another says which folder it enters.
MAKE = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execvp("make", ["make", "--no-print-directory", "-f", sys.argv[1]])
"""


@contextmanager
def process(command: list[str], checkout: Path) -> Iterator[subprocess.Popen[str]]:
    """A process in a group of its own, of which nothing is left afterwards."""
    with subprocess.Popen(
        command, cwd=checkout, stdout=subprocess.PIPE, text=True, process_group=0
    ) as running:
        try:
            yield running
        finally:
            with suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)


@contextmanager
def demo(folder: Path, checkout: Path) -> Iterator[subprocess.Popen[str]]:
    with process([sys.executable, "-c", HOLDER, str(folder)], checkout) as running:
        assert running.stdout
        assert running.stdout.readline() == "held\n"
        yield running


def test_a_second_demo_is_told_where_the_first_is(tmp_path: Path, checkout: Path) -> None:
    with (
        demo(tmp_path, checkout),
        pytest.raises(Failure, match="runs already: http:"),
        one_demo.only_one(tmp_path),
    ):
        pass


def test_a_running_demo_is_ended_and_its_address_forgotten(tmp_path: Path, checkout: Path) -> None:
    with demo(tmp_path, checkout) as running:
        assert one_demo.stop_running(tmp_path) is True
        assert running.wait(30) == 0
    assert not (tmp_path / "demo.address").exists()
    assert one_demo.stop_running(tmp_path) is False


def test_where_no_demo_ever_ran_there_is_none_to_stop(tmp_path: Path) -> None:
    assert one_demo.stop_running(tmp_path) is False


def test_another_users_demo_is_left_to_them(
    tmp_path: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(pid: int, number: int) -> None:
        raise PermissionError

    with demo(tmp_path, checkout):
        monkeypatch.setattr("os.kill", refuse)
        with pytest.raises(Failure, match="press Ctrl-C where it runs"):
            one_demo.stop_running(tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows what a process catches")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_make_takes_its_demo_along(tmp_path: Path, checkout: Path, number: signal.Signals) -> None:
    (tmp_path / "watcher.py").write_text(WATCHER)
    makefile = tmp_path / "Makefile"
    makefile.write_text(
        f"demo:\n\t@exec env PYTHONPATH='{checkout}' '{sys.executable}' '{tmp_path}/watcher.py'\n"
    )
    with process([sys.executable, "-c", MAKE, str(makefile)], checkout) as make:
        assert make.stdout
        assert make.stdout.readline() == "up\n"
        os.kill(make.pid, number)
        assert make.stdout.readline() == "ended\n"
