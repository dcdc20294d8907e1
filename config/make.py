#!/usr/bin/env python3
"""What the Makefile's targets do. Runs without make, and with no package installed.

python3 config/make.py demo|test|check|bench|soak|env|stop|help
"""

import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - said in a line before anything newer is read
    sys.exit(
        "Python 3.11 or newer is needed, this is %d.%d (Debian: python3). "  # noqa: UP031 - any Python
        "Another one: make PYTHON=python3.12" % sys.version_info[:2]
    )

import re
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path[0] = str(CHECKOUT)  # not config/, whose modules are not meant as top-level ones

from config import environment  # noqa: E402 - needs the path above
from config.localpg import (  # noqa: E402
    Failure,
    data_folder,
    is_serving,
    known_folders,
)
from config.localpg import stop as stop_server  # noqa: E402
from config.one_demo import stop_running as stop_demo  # noqa: E402

MOST_WORKERS = 4  # each has a site and a browser of its own; more want memory


def demo(arguments: Sequence[str]) -> int:
    """Make the environment, then become the demo's supervisor."""
    python = str(environment.make())
    os.chdir(CHECKOUT)
    sys.stdout.flush()
    os.execv(python, [python, "-m", "config.demo", *arguments])


def test(arguments: Sequence[str]) -> int:
    """Run the tests, after getting a browser where that is possible; on several cores at once."""
    python = environment.make()
    browser = environment.ensure_browser()
    workers = ["-n", str(min(os.cpu_count() or 1, MOST_WORKERS))]
    command = [str(python), "-m", "pytest", *workers, *arguments]
    done = subprocess.run(command, cwd=CHECKOUT, check=False)
    if not browser:
        environment.say_loudly("The browser tests were skipped: Chromium is not installed.")
    return done.returncode


def soak(arguments: Sequence[str]) -> int:
    """Run the long drills, one after the other: they start and kill servers of their own."""
    python = environment.make()
    environment.ensure_browser()
    command = [str(python), "-m", "pytest", "--soak", "-v", "-s", "tests/soak", *arguments]
    return subprocess.run(command, cwd=CHECKOUT, check=False).returncode


def check(arguments: Sequence[str]) -> int:
    """Run every check, whatever the others say, and name those that failed."""
    python = environment.make()
    scripts = python.parent
    templates = sorted(str(path) for path in (CHECKOUT / "templates").rglob("*.html"))
    without_database = "ignore:Got an error checking a consistent migration history"
    commands: dict[str, list[str | Path]] = {
        "format": [scripts / "ruff", "format", "--check", "."],
        "lint": [scripts / "ruff", "check", "."],
        "types": [scripts / "mypy"],
        "imports": [scripts / "lint-imports"],
        "migrations": [python, "-W", without_database, "manage.py", "makemigrations", "--check"],
        "templates": [scripts / "djade", "--check", "--target-version", "5.2", *templates],
    }
    failed = []
    for name, command in commands.items():
        print(f"== {name}", flush=True)
        if subprocess.run(command, cwd=CHECKOUT, check=False).returncode != 0:
            failed.append(name)
    print(f"Failed: {', '.join(failed)}." if failed else "All checks passed.")
    return 1 if failed else 0


def bench(arguments: Sequence[str]) -> int:
    """Run the benchmarks; an embedded server that was not running before is stopped again."""
    python = environment.make()
    found_running = is_serving(data_folder())
    try:
        command = [str(python), "manage.py", "bench", *arguments]
        return subprocess.run(command, cwd=CHECKOUT, check=False).returncode
    finally:
        if not found_running:
            stop_server(data_folder())


def env(arguments: Sequence[str]) -> int:
    """Make or update the environment."""
    print(f"The environment is ready: {environment.make(retry_model=True)}")
    return 0


def stop(arguments: Sequence[str]) -> int:
    """End the demos of this checkout, then its embedded servers, whoever started them."""
    found = False
    for stop_it, name in ((stop_demo, "demo"), (stop_server, "database server")):
        for folder in known_folders():
            if stop_it(folder):
                print(f"Stopped the {name} of {folder}.", flush=True)
                found = True
    if not found:
        print("No demo and no database server of this checkout is running.")
    return 0


def show_help(arguments: Sequence[str]) -> int:
    """List the targets, from the lines of the Makefile that define them."""
    makefile = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
    for name, text in re.findall(r"^(\w+):.*?## (.+)$", makefile, re.MULTILINE):
        print(f"make {name:7} {text}")
    return 0


TARGETS: dict[str, Callable[[Sequence[str]], int]] = {
    "demo": demo,
    "test": test,
    "check": check,
    "bench": bench,
    "soak": soak,
    "env": env,
    "stop": stop,
    "help": show_help,
}


def main(arguments: Sequence[str]) -> int:
    """Run one target; what is missing is said in one line."""
    target = TARGETS.get(arguments[0] if arguments else "help")
    if target is None:
        print(f"Unknown target {arguments[0]}; there are: {', '.join(TARGETS)}.", file=sys.stderr)
        return 2
    try:
        return target(arguments[1:])
    except (Failure, environment.Missing) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
