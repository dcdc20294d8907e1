"""The script behind the Makefile: what it says when something is missing, and what it lists."""

import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from config import demo, environment
from config.localpg import Failure


def run(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "config/make.py", *arguments]
    return subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)


def test_help_lists_every_target_of_the_makefile(checkout: Path) -> None:
    phony = (checkout / "Makefile").read_text().split(".PHONY:")[1].splitlines()[0].split()
    listed = [line.split()[1] for line in run(checkout, "help").stdout.splitlines()]
    assert listed == phony


def test_unknown_target_is_refused_in_one_line(checkout: Path) -> None:
    done = run(checkout, "demoo")
    assert done.returncode == 2
    assert done.stderr.startswith("Unknown target demoo; there are: demo,")


def test_script_runs_without_any_package(checkout: Path) -> None:
    command = [sys.executable, "-I", "-S", "config/make.py", "help"]
    assert "make demo" in subprocess.check_output(command, cwd=checkout, text=True)


def test_missing_venv_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(environment.Missing, match=r"\(Debian: python3-venv\)"):
        environment._make_venv()


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARALLAX_CHROMIUM", "/nowhere/chromium")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.delenv("CI", raising=False)


@pytest.mark.usefixtures("no_browser")
def test_missing_browser_is_one_loud_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert environment.ensure_browser() is False
    assert "!!!! Chromium is missing (Debian: chromium)" in capsys.readouterr().err


@pytest.mark.usefixtures("no_browser")
def test_missing_browser_is_a_failure_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(environment.Missing, match="CI=true"):
        environment.ensure_browser()


def test_taken_port_is_refused_when_it_was_named() -> None:
    with socket.socket() as taken:
        taken.bind((demo.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Failure, match=f"Port {port} is taken"):
            demo.choose_port(port)


def test_next_free_port_is_taken_and_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:
        taken.bind((demo.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setattr(demo, "FIRST_PORT", port)
        assert demo.choose_port(None) > port
    assert f"Port {port} is taken" in capsys.readouterr().out


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_number_that_is_no_port_is_refused(port: int) -> None:
    with pytest.raises(Failure, match="is not a port"):
        demo.choose_port(port)


@pytest.mark.parametrize(("code", "said"), [(0, ""), (1, "WARNING: it is odd\n")])
def test_pip_is_heard_only_when_it_fails(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], code: int, said: str
) -> None:
    run = subprocess.run

    def pip(command: object, **options: Any) -> subprocess.CompletedProcess[str]:
        program = f"import sys; print('WARNING: it is odd', file=sys.stderr); sys.exit({code})"
        return run([sys.executable, "-c", program], **options)

    monkeypatch.setattr("subprocess.run", pip)
    assert environment._pip("anything") is (code == 0)
    assert capfd.readouterr().err == said
