"""The demo's child processes: named output, noticed ends, and nothing left behind."""

import os
import sys
import time

import pytest

from config.children import Children


def test_output_carries_the_name(capfd: pytest.CaptureFixture[str]) -> None:
    children = Children()
    children.start("web", [sys.executable, "-c", "print('hello')"], os.environ)
    wait_for_end(children)
    children.stop()
    assert capfd.readouterr().out == "web    | hello\n"


def test_end_of_one_is_noticed_and_stop_ends_the_others() -> None:
    children = Children()
    children.start("worker", ["sleep", "600"], os.environ)
    left = children._running["worker"].pid
    children.start("web", [sys.executable, "-c", "raise SystemExit(3)"], os.environ)
    assert wait_for_end(children) == ("web", 3)
    children.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(left, 0)


def test_stop_also_ends_what_a_child_has_started() -> None:
    children = Children()
    children.start("web", ["sh", "-c", "sleep 600 & sleep 600"], os.environ)
    group = children._running["web"].pid
    children.stop()
    for _ in range(1000):  # orphans are reaped by process 1, in its own time
        if not group_exists(group):
            return
        time.sleep(0.01)
    raise AssertionError("a process is left")


def group_exists(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def wait_for_end(children: Children) -> tuple[str, int]:
    for _ in range(1000):
        ended = children.ended()
        if ended:
            return ended
        time.sleep(0.01)
    raise AssertionError("no child ended")
