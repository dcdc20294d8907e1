"""What all tests share: a database server of their own, and a last word on what was skipped."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest

from config import localpg
from tests import net
from tests.settings import TEST_DATA
from tests.testdata import REASON

SOAK = Path(__file__).parent / "soak"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--soak`, which `make soak` gives: the long drills of tests/soak are run."""
    parser.addoption("--soak", action="store_true", help="run the long drills of tests/soak too")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave the long drills out of every other run."""
    long_drill = SOAK in (collection_path, *collection_path.parents)
    return True if long_drill and not config.getoption("soak") else None


@contextmanager
def running_server(config: pytest.Config) -> Iterator[None]:
    """The tests' own Postgres, stopped at the end. Two runs at once would share a test database."""
    if os.environ.get("DATABASE_URL", "").strip():
        yield
        return
    TEST_DATA.mkdir(parents=True, exist_ok=True)
    with (TEST_DATA / "run.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            terminal = config.pluginmanager.get_plugin("terminalreporter")
            assert terminal
            terminal.write_line("Another run of the tests uses the database; waiting for its end.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        localpg.start(TEST_DATA, durable=False)
        yield
        localpg.stop(TEST_DATA)


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop(session: pytest.Session) -> Iterator[None]:
    """Start one server for all workers of a run; each worker has a database of its own."""
    if getattr(session.config.option, "numprocesses", None):
        with running_server(session.config):
            return (yield)
    return (yield)


@pytest.fixture(scope="session")
def database_server(pytestconfig: pytest.Config) -> Iterator[None]:
    """A running Postgres: a worker's is that of the whole run."""
    with nullcontext() if hasattr(pytestconfig, "workerinput") else running_server(pytestconfig):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    database_server: None, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Called by pytest-django before it makes the test database, one for each worker."""


@pytest.fixture
def loopback() -> Iterator[net.Loopback]:
    """Made-up sites on loopback, which is all the internet that tests have."""
    with net.sites() as sites:
        yield sites


def pytest_itemcollected(item: pytest.Item) -> None:
    """Refuse a test elsewhere that takes a fixture of the browser tests, or one of that name.

    It would be run among them, while their event loop bars the ORM to all tests that follow.
    """
    taken = "browser_name" in getattr(item, "fixturenames", ())
    if taken and "browser" not in item.path.parts:
        raise pytest.UsageError(f"{item.nodeid} asks for a fixture that only tests/browser may use")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Iterator[None]:
    """Say, after all else, how many tests did not run for want of other people's data."""
    yield
    skipped = terminalreporter.getreports("skipped")
    count = sum(REASON in str(report.longrepr) for report in skipped)
    if count:
        line = f"{count} tests skipped for want of data: PARALLAX_TESTDATA names its folder."
        terminalreporter.write_line(line, yellow=True)
    else:
        terminalreporter.write_line("No test was skipped for want of PARALLAX_TESTDATA.")
