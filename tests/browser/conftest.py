"""One browser and one site for the whole run, one context for each test."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect
from pytest_django.plugin import DjangoDbBlocker

from config.environment import find_browser
from tests import net
from tests.browser.site import Site, database_address, running_site

FOLDER = Path(__file__).parent
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# ms. A test that passes does not wait; a machine with much else to do may need this long.
PATIENCE = 15_000
expect.set_options(timeout=PATIENCE)
# The policy's own event: what the browser refuses ends up among the console's errors.
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright's loop bars Django's ORM in the same thread."""
    for item in items:
        if FOLDER in item.path.parents:
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def internet() -> Iterator[net.Loopback]:
    """The made-up sites that the worker fetches from."""
    with net.serving() as sites:
        yield sites


@pytest.fixture(scope="session")
def site(
    internet: net.Loopback,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """The running site, on a database of its own that is dropped afterwards.

    A clone of the migrated test database; without other tests there is none, and the site migrates.
    """
    with django_db_blocker.unblock():
        settings = connection.settings_dict
        name = f"browser_{os.getpid()}"
        template = settings["NAME"] if settings["NAME"].startswith("test_") else "template0"
        connections.close_all()  # a template must have no other users
        _on_server(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        static = tmp_path_factory.mktemp("static")
        address = database_address(settings, name)
        with running_site(address, static, internet.environment) as running:
            yield running
    finally:
        # in a thread of its own: Playwright's loop may still run in this one
        with ThreadPoolExecutor(1) as thread, django_db_blocker.unblock():
            thread.submit(_on_server, f'DROP DATABASE "{name}" WITH (FORCE)').result()


def _on_server(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture(scope="session")
def browser_type_launch_args(site: Site) -> dict[str, Any]:
    """Debian's Chromium. Without one the tests are skipped, or fail where CI wants them."""
    found = find_browser()
    if found is None:
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail("CI=true wants browser tests, but Chromium is missing.")
        pytest.skip("Chromium is missing (Debian: chromium).")
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else list(FLAGS)
    return {"executable_path": found, "args": flags}


class People:
    """Signed-in contexts: each person signs in once, through the form."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.browser = browser
        self.site = site
        self.states: dict[str, Any] = {}

    def state(self, name: str) -> Any:
        """The cookies of a signed-in person."""
        if name not in self.states:
            with self.browser.new_context() as context:
                page = context.new_page()
                page.goto(self.site.url("/sign-in/"))
                page.get_by_label("User name").fill(name)
                page.get_by_label("Password").fill(f"demo-{name}")
                page.get_by_role("button", name="Sign in").click()
                page.wait_for_url(self.site.url("/"))
                self.states[name] = context.storage_state()
        return self.states[name]


@pytest.fixture(scope="session")
def people(browser: Browser, site: Site) -> People:
    """Everybody who can sign in."""
    return People(browser, site)


class Visits:
    """Opens pages as somebody, and keeps what their consoles complained of."""

    def __init__(self, browser: Browser, people: People) -> None:
        self.browser = browser
        self.people = people
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def open(self, path: str, *, person: str | None = "editor", **options: Any) -> Page:
        """A page of its own context; `options` are those of Playwright's contexts."""
        state = self.people.state(person) if person else None
        size = options.pop("size", (1440, 900))
        context = self.browser.new_context(
            storage_state=state, viewport={"width": size[0], "height": size[1]}, **options
        )
        context.set_default_timeout(PATIENCE)
        context.add_init_script(REPORT_VIOLATIONS)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(self.people.site.url(path))
        return page

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text}")


@pytest.fixture
def visits(browser: Browser, people: People) -> Iterator[Visits]:
    """Pages to open; the test fails if a console complained or the policy was violated."""
    opened = Visits(browser, people)
    yield opened
    for context in opened.contexts:
        context.close()
    assert opened.complaints == []
