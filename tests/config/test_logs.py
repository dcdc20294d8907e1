"""What reaches the console: refusals in a line, faults with their traceback."""

import io
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import logs


@pytest.fixture
def console() -> Iterator[io.StringIO]:
    """What a handler with the console's filters prints."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(logs.is_telling)
    handler.addFilter(logs.shorten_refusal)
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


def log(name: str, level: int, *, failed: bool) -> None:
    try:
        raise RuntimeError("why")
    except RuntimeError:
        logging.getLogger(name).log(level, "said", exc_info=failed)


def test_a_refused_request_is_one_line(console: io.StringIO) -> None:
    log("django.request", logging.WARNING, failed=True)
    assert console.getvalue() == "said\n"


@pytest.mark.parametrize(
    ("name", "level"),
    [("django.request", logging.ERROR), ("reader", logging.WARNING)],
)
def test_a_fault_keeps_its_traceback(console: io.StringIO, name: str, level: int) -> None:
    log(name, level, failed=True)
    assert "RuntimeError: why" in console.getvalue()


def test_the_job_queue_tells_of_failures_only(
    console: io.StringIO, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    log("procrastinate.worker", logging.INFO, failed=False)
    assert console.getvalue() == ""
    log("procrastinate.worker", logging.INFO, failed=True)
    assert "RuntimeError: why" in console.getvalue()


def test_the_console_uses_both_filters(checkout: Path) -> None:
    program = (
        "import django, logging; django.setup()\n"
        "try: raise RuntimeError('why')\n"
        "except RuntimeError: logging.getLogger('django.request').warning('no', exc_info=True)\n"
        "logging.getLogger('procrastinate').info('a job')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=checkout,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == "WARNING django.request: no\n"


def test_files_are_served_without_a_warning_about_iterators(checkout: Path) -> None:
    program = (
        "import config.asgi, warnings\n"
        "warnings.warn('StreamingHttpResponse must consume synchronous iterators in order')\n"
        "warnings.warn('another one')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=checkout,
        env={**os.environ, "PARALLAX_SECRET_KEY": "x" * 60},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "iterators in order" not in done.stderr
    assert "another one" in done.stderr
